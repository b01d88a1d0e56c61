"""Codes that stand for somebody without an account: 128 bits that nobody can guess, of which a
digest alone is kept."""

import re
from base64 import b32encode
from hashlib import sha256

FORM = re.compile(r"[A-Z2-7]{26}")  # 16 bytes in base32
DIGEST_BYTES = 32


def spelt(secret: bytes) -> str:
    """A code of 16 bytes that nobody can guess, in letters and digits that are not taken for each
    other."""
    return b32encode(secret).decode().rstrip("=")


def read_code(written: str) -> str | None:
    """The code as it was issued, however it was written; None for what is none."""
    code = "".join(written.split()).replace("-", "").upper()
    return code if FORM.fullmatch(code) else None


def digest(code: str) -> bytes:
    """What is kept of a code."""
    return sha256(code.encode()).digest()
