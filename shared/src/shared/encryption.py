"""Fields that stand encrypted in the database: AES-256-GCM, and HMAC-SHA-256 to find equal ones.

A ciphertext is bound to its place: moved to another row or column it cannot be decrypted. It names
its key, so that keys can be changed while the service runs. Its form: the number of the form, the
length of the key's id, the id, 12 random bytes, what AES-GCM made of the text.
"""

import hmac
import os
import re
from base64 import b64decode, b64encode
from binascii import Error as NoBase64
from collections.abc import Mapping
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORM = 1
KEY_BYTES = 32
NONCE_BYTES = 12
INDEX_BYTES = 16
KEY_ID = re.compile(r"[a-z0-9-]{1,16}")


class KeysUnreadable(ValueError):
    """The text of a setting holds no usable keys. It does not repeat them."""


class KeysMissing(Exception):
    """Something is to be encrypted or decrypted, and this process was given no key for it."""


class DecryptionFailed(Exception):
    """A ciphertext was altered or stands in a place that it was not made for."""


class Place(NamedTuple):
    """Where a value stands. ``row`` is the id of the row."""

    table: str
    column: str
    row: object

    def __str__(self) -> str:
        return f"{self.table}/{self.column}/{self.row}"


class Encrypted(bytes):
    """A ciphertext, told from other bytes by its type."""


class Encryption:
    """The keys of one service. The first of ``keys`` encrypts, all of them decrypt."""

    def __init__(self, keys: Mapping[str, bytes], index_key: bytes = b"") -> None:
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._current = next(iter(keys), None)
        self._index_key = index_key

    @property
    def current(self) -> bytes:
        """What every ciphertext of the current key begins with. Raises KeysMissing."""
        if self._current is None:
            raise KeysMissing("FIELD_KEYS is not set.")
        return bytes((FORM, len(self._current))) + self._current.encode()

    def encrypt(self, text: str, place: Place) -> Encrypted:
        """The ciphertext of ``text`` for that place. Raises KeysMissing."""
        head, nonce = self.current, os.urandom(NONCE_BYTES)
        cipher = self._ciphers[self._current or ""]
        return Encrypted(head + nonce + cipher.encrypt(nonce, text.encode(), _bound(head, place)))

    def decrypt(self, value: bytes, place: Place) -> str:
        """What was encrypted for that place. Raises DecryptionFailed, KeysMissing."""
        head = value[: 2 + value[1]] if len(value) > 1 else b""
        if value[:1] != bytes((FORM,)) or len(value) < len(head) + NONCE_BYTES:
            raise DecryptionFailed(f"{place} holds no ciphertext of a known form.")
        key_id = head[2:].decode("ascii", "replace")
        if key_id not in self._ciphers:
            raise KeysMissing(f"{place} is encrypted under the key {key_id!r}, which is not given.")
        nonce, rest = value[len(head) :][:NONCE_BYTES], value[len(head) + NONCE_BYTES :]
        try:
            return self._ciphers[key_id].decrypt(nonce, rest, _bound(head, place)).decode()
        except InvalidTag:
            raise DecryptionFailed(f"{place} was altered, or was made for another place.") from None

    def index(self, text: str, table: str, column: str) -> bytes:
        """What equal texts of a column have in common and nobody without the key can work out.

        Raises KeysMissing.
        """
        if not self._index_key:
            raise KeysMissing("INDEX_KEY is not set.")
        told = f"{table}/{column}/{text}".encode()
        return hmac.digest(self._index_key, told, "sha256")[:INDEX_BYTES]


def read_encryption(field_keys: str, index_key: str = "") -> Encryption:
    """From the settings: ``id:key`` by commas, the current one first, each key 32 bytes in base64;
    and the key of indexes. Raises KeysUnreadable."""
    keys: dict[str, bytes] = {}
    for one in filter(None, (part.strip() for part in field_keys.split(","))):
        key_id, _, text = one.partition(":")
        if not KEY_ID.fullmatch(key_id) or key_id in keys:
            raise KeysUnreadable("Not of the form id:key,id:key with different ids of a-z, 0-9, -.")
        keys[key_id] = _key(text)
    return Encryption(keys, _key(index_key) if index_key else b"")


def fresh_key() -> str:
    """A new key in base64."""
    return b64encode(os.urandom(KEY_BYTES)).decode()


def _key(text: str) -> bytes:
    try:
        key = b64decode(text, validate=True)
    except (NoBase64, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise KeysUnreadable(f"A key is not {KEY_BYTES} bytes in base64.")
    return key


def _bound(head: bytes, place: Place) -> bytes:
    return head + str(place).encode()
