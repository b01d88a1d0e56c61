"""What was drawn is a signature, or is refused before it can do harm."""

import contextlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch.domain.drawings import (
    MOST_PIXELS,
    DrawingBlank,
    DrawingTooLarge,
    DrawingUnreadable,
    check_drawing,
)

from .drawings import BLACK, START, WHITE, chunk, drawing, png

KIB = 96


def filtered(row: bytes, above: bytes, way: int, size: int) -> bytes:
    """A row as PNG filters it (PNG, 9.2), byte by byte."""
    made = bytearray([way])
    for at, value in enumerate(row):
        left = row[at - size] if at >= size else 0
        up, corner = above[at], above[at - size] if at >= size else 0
        nearest = min((left, up, corner), key=lambda one: abs(left + up - corner - one))
        told = (0, left, up, (left + up) // 2, nearest)[way]
        made.append((value - told) % 256)
    return bytes(made)


def picture(rows: list[bytes], ways: list[int], width: int) -> bytes:
    above = [bytes(len(rows[0])), *rows[:-1]]
    made = [filtered(row, up, way, 4) for row, up, way in zip(rows, above, ways, strict=True)]
    return png(made, width=width)


def test_a_line_on_white_is_a_signature():
    check_drawing(drawing(), largest_kib=KIB)


# However a program filters it, nothing is nothing and something is something.
@given(
    pixel=st.binary(min_size=4, max_size=4),
    ways=st.lists(st.integers(0, 4), min_size=1, max_size=6),
    width=st.integers(1, 9),
    data=st.data(),
)
def test_a_picture_of_one_colour_is_blank_and_any_other_is_not(pixel, ways, width, data):
    rows = [pixel * width for _ in ways]
    with pytest.raises(DrawingBlank):
        check_drawing(picture(rows, ways, width), largest_kib=KIB)

    if width * len(ways) > 1:
        other = bytes([pixel[0] ^ 1]) + pixel[1:]
        row, at = divmod(data.draw(st.integers(1, width * len(ways) - 1)), width)
        rows[row] = pixel * at + other + pixel * (width - at - 1)
        check_drawing(picture(rows, ways, width), largest_kib=KIB)


# S20: a small file that unfolds into a large one is refused by what its head says, and what its
# head does not say is never unfolded.
def test_a_bomb_is_refused():
    many = png([b""], width=MOST_PIXELS, height=2)
    with pytest.raises(DrawingTooLarge):
        check_drawing(many, largest_kib=KIB)
    more = png([b"\0" * 50_000_000], width=10, height=10)
    assert len(more) < KIB * 1024
    with pytest.raises(DrawingUnreadable):
        check_drawing(more, largest_kib=KIB)


def test_more_bytes_than_the_pack_allows_are_refused():
    with pytest.raises(DrawingTooLarge):
        check_drawing(drawing() + bytes(1024), largest_kib=1)


GOOD = drawing()
ROW = b"\0" + WHITE * 3 + BLACK


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff\xe0 no PNG",
        START,
        GOOD[:-20],
        GOOD + b"more",
        GOOD[:50] + b"\x01" + GOOD[51:],
        START + chunk(b"IEND", b""),
        START + chunk(b"IHDR", b"") + chunk(b"IEND", b""),
        START + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b""),
        png([ROW], width=5),
        png([ROW], width=3),
        png([b"\x05" + ROW[1:]], width=4),
        png([ROW], width=4, head=b"\x10\x06\0\0\0"),
        png([ROW], width=4, head=b"\x08\x03\0\0\0"),
        png([ROW], width=4, head=b"\x08\x06\0\0\x01"),
        png([], width=0),
        png([ROW], width=4)[:8] + b"\x00\x00\x00\x0dIHDR<script>1" + GOOD[33:],
    ],
)
def test_what_is_broken_or_of_another_kind_is_refused(content):
    with pytest.raises(DrawingUnreadable):
        check_drawing(content, largest_kib=KIB)


@given(st.binary(max_size=300), st.integers(0, 200))
def test_whatever_comes_is_refused_and_never_a_fault(noise, at):
    for content in (START + noise, GOOD[:at] + noise + GOOD[at + len(noise) :]):
        with contextlib.suppress(DrawingUnreadable, DrawingTooLarge, DrawingBlank):
            check_drawing(content, largest_kib=KIB)
