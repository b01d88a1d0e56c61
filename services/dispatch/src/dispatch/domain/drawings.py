"""A signature that was drawn: a PNG of bounded size in which something is to be seen.

Read with the standard library alone, and never beyond what its head promises and the bounds allow,
so that a small file cannot unfold into a large one.
"""

import struct
import zlib
from collections.abc import Iterator

from shared.file_types import KIB, MediaType, is_ambiguous, sniffed
from shared.rules import Invalid, RuleBroken

MOST_PIXELS = 2_000_000
HEAD = struct.Struct(">IIBBBBB")  # width, height, depth, colours, compression, filter, interlace
SAMPLES = {0: 1, 2: 3, 4: 2, 6: 4}  # by the kind of colours; palettes are no drawings
START = 8
FILTERS = 5


class DrawingUnreadable(Invalid):
    """It is no PNG of 8 bits a sample, or a broken one."""

    code = "drawing_unreadable"


class DrawingTooLarge(RuleBroken):
    """It has more bytes than the pack allows, or more pixels than any screen."""

    code = "drawing_too_large"
    status = 413


class DrawingBlank(Invalid):
    """Nothing was drawn: every pixel is like the others."""

    code = "drawing_blank"


def check_drawing(content: bytes, *, largest_kib: int) -> None:
    """Refuse what is no signature. Raises DrawingUnreadable, DrawingTooLarge, DrawingBlank."""
    if len(content) > largest_kib * KIB:
        raise DrawingTooLarge(f"A drawing has at most {largest_kib} KiB.")
    if sniffed(content) is not MediaType.PNG or is_ambiguous(content, MediaType.PNG):
        raise DrawingUnreadable("The drawing is no PNG.")
    try:
        chunks = list(_chunks(content))
        width, height, samples = _head(chunks)
        data = b"".join(body for name, body in chunks if name == b"IDAT")
        rows = _unpacked(data, (1 + width * samples) * height)
    except (struct.error, zlib.error, IndexError) as fault:
        raise DrawingUnreadable("The drawing cannot be read.") from fault
    if _is_of_one_colour(rows, width=width, samples=samples):
        raise DrawingBlank("Nothing is drawn on it.")


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of the file by their names, until its end."""
    at, name = START, b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + length]
        (crc,) = struct.unpack_from(">I", content, at + 8 + length)
        if crc != zlib.crc32(name + body):
            raise DrawingUnreadable("A part of the drawing is broken.")
        yield name, body
        at += 12 + length
    if at != len(content):
        raise DrawingUnreadable("Something follows on the drawing.")


def _head(chunks: list[tuple[bytes, bytes]]) -> tuple[int, int, int]:
    """Width and height in pixels, and how many bytes a pixel has."""
    name, body = chunks[0]
    width, height, depth, colours, compression, filtered, interlaced = HEAD.unpack(body)
    plain = (depth, compression, filtered, interlaced) == (8, 0, 0, 0)
    if name != b"IHDR" or not plain or colours not in SAMPLES or not width * height:
        raise DrawingUnreadable("The drawing is of a kind that is not read.")
    if width * height > MOST_PIXELS:
        raise DrawingTooLarge(f"A drawing has at most {MOST_PIXELS} pixels.")
    return width, height, SAMPLES[colours]


def _unpacked(data: bytes, size: int) -> bytes:
    """The ``size`` bytes that the head promises, no more and no less."""
    unpacking = zlib.decompressobj()
    rows = unpacking.decompress(data, size)
    if len(rows) != size or unpacking.decompress(unpacking.unconsumed_tail, 1):
        raise DrawingUnreadable("The drawing is not as large as it says.")
    return rows


def _is_of_one_colour(rows: bytes, *, width: int, samples: int) -> bool:
    """Whether each row is what each way of filtering makes of nothing but the first pixel."""
    length, pixel = 1 + width * samples, rows[1 : 1 + samples]
    for start in range(0, len(rows), length):
        way = rows[start]
        if way >= FILTERS:
            raise DrawingUnreadable("The drawing is filtered in a way that there is not.")
        if rows[start + 1 : start + length] != _row(way, pixel, width, first=start == 0):
            return False
    return True


def _row(way: int, pixel: bytes, width: int, *, first: bool) -> bytes:
    """A row of ``pixel`` alone as it is filtered: not at all, by what stands left of it, above it,
    by the mean of both, or by the nearest of three (PNG, 9.2)."""
    nothing = bytes(len(pixel))
    half = bytes(value - value // 2 for value in pixel)
    match way:
        case 0:
            return pixel * width
        case 2:
            return pixel * width if first else nothing * width
        case 3:
            return pixel + half * (width - 1) if first else half + nothing * (width - 1)
    return (pixel if first or way == 1 else nothing) + nothing * (width - 1)
