"""PNGs, made by hand."""

import struct
import zlib

WHITE, BLACK = b"\xff\xff\xff\xff", b"\x00\x00\x00\xff"
START = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, body: bytes) -> bytes:
    crc = struct.pack(">I", zlib.crc32(name + body))
    return struct.pack(">I", len(body)) + name + body + crc


PLAIN = b"\x08\x06\0\0\0"  # 8 bits a sample, red, green, blue and opacity


def png(rows: list[bytes], *, width: int, height: int | None = None, head: bytes = PLAIN) -> bytes:
    """A PNG of filtered rows, each with the number of its filter in front."""
    size = struct.pack(">II", width, len(rows) if height is None else height)
    data = zlib.compress(b"".join(rows))
    parts = [(b"IHDR", size + head), (b"IDAT", data), (b"IEND", b"")]
    return START + b"".join(chunk(*part) for part in parts)


def drawing(width: int = 40, height: int = 20) -> bytes:
    """A black line on white."""
    rows = [b"\0" + WHITE * width for _ in range(height)]
    rows[height // 2] = b"\0" + WHITE * 5 + BLACK * (width - 10) + WHITE * 5
    return png(rows, width=width)
