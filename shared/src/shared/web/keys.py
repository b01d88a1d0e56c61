"""The public keys of the issuer of tokens: a JWKS file or URL, cached, read anew as it changes."""

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import requests
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import OKPKey, RSAKey
from joserfc.util import to_bytes, urlsafe_b64decode

logger = logging.getLogger(__name__)

# Each algorithm belongs to one type of key, so that no token can turn a public key into a secret.
ALGORITHMS: Mapping[str, str] = {"EdDSA": "OKP", "RS256": "RSA"}
RSA_BITS = 2048
FETCH_SECONDS = 3
SIZE_LIMIT = 256 * 1024

Key = OKPKey | RSAKey


def source(where: str | Path) -> Callable[[], bytes]:
    """How to read the key set at ``where``, a path or an http(s) URL."""
    if str(where).startswith(("http://", "https://")):
        return lambda: _fetch(str(where))
    return Path(where).read_bytes


def _fetch(url: str) -> bytes:
    with requests.get(url, timeout=FETCH_SECONDS, allow_redirects=False, stream=True) as answer:
        if answer.status_code != 200:
            raise OSError(f"the key set was answered with status {answer.status_code}")
        read: bytes = answer.raw.read(SIZE_LIMIT + 1, decode_content=True)
    if len(read) > SIZE_LIMIT:
        raise ValueError("the key set is too large")
    return read


def parse(document: bytes) -> dict[str, Key]:
    """The usable keys of a JWKS, by id. Raises ValueError when there is none, or an id twice."""
    found: dict[str, Key] = {}
    for data in json.loads(document)["keys"]:
        key = _usable(data)
        if key is None:
            continue
        if data["kid"] in found:
            raise ValueError("two keys of the set have the same id")
        found[data["kid"]] = key
    if not found:
        raise ValueError("the key set holds no key for EdDSA or RS256")
    return found


def _usable(data: Mapping[str, Any]) -> Key | None:
    """The key, or None where it is meant for something else."""
    if data.get("use", "sig") != "sig" or not isinstance(data.get("kid"), str):
        return None
    if data.get("alg", "EdDSA") == "EdDSA" and data.get("crv") == "Ed25519":
        return OKPKey.import_key({name: data[name] for name in ("kty", "crv", "x", "kid")})
    if data.get("alg", "RS256") == "RS256" and data.get("kty") == "RSA" and _long(data["n"]):
        return RSAKey.import_key({name: data[name] for name in ("kty", "n", "e", "kid")})
    return None


def _long(modulus: str) -> bool:
    return len(urlsafe_b64decode(to_bytes(modulus))) * 8 >= RSA_BITS


class Keys:
    """The keys as they were last read, safe for threads.

    They are read anew when ``max_age`` seconds have passed, or when a token names a key that is not
    among them, though not more often than every ``retry_after`` seconds. A source that fails leaves
    the old keys in force.
    """

    def __init__(
        self,
        load: Callable[[], bytes],
        *,
        max_age: float = 300,
        retry_after: float = 30,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._load = load
        self._max_age = max_age
        self._retry_after = retry_after
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._keys: dict[str, Key] = {}
        self._read_at: float | None = None

    def find(self, kid: str) -> Key:
        """The key of that id. Raises joserfc's InvalidKeyIdError when there is none."""
        wait = self._max_age if kid in self._keys else self._retry_after
        if self._older_than(wait):
            self._try_refresh(wait)
        if kid not in self._keys:
            raise InvalidKeyIdError
        return self._keys[kid]

    def refresh(self) -> None:
        """Read the keys now. Raises OSError or ValueError and then keeps those it had."""
        self._read_at = self._monotonic()
        try:
            self._keys = parse(self._load())
        except (JoseError, KeyError, TypeError, AttributeError) as fault:
            raise ValueError(f"the key set cannot be read ({type(fault).__name__})") from fault

    def _older_than(self, seconds: float) -> bool:
        return self._read_at is None or self._monotonic() - self._read_at >= seconds

    def _try_refresh(self, wait: float) -> None:
        with self._lock:
            if not self._older_than(wait):
                return  # Another thread was faster.
            try:
                self.refresh()
            except (OSError, ValueError) as fault:
                logger.error("key_set_unreadable", extra={"error": type(fault).__name__})
