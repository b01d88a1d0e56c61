import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from joserfc.errors import InvalidKeyIdError
from joserfc.jwk import OctKey, OKPKey, RSAKey

from shared.web.keys import Keys, parse, source
from shared.web.testing import Issuer
from shared.web.tokens import Verifier


def jwks(*keys: object) -> bytes:
    return json.dumps({"keys": keys}).encode()


def public(key: OKPKey | RSAKey, **more: str) -> dict[str, object]:
    return {**key.as_dict(private=False), **more}


ED = OKPKey.generate_key("Ed25519", {"kid": "ed"})
RSA = RSAKey.generate_key(2048, {"kid": "rsa"})


def test_keys_for_other_uses_are_left_out() -> None:
    found = parse(
        jwks(
            public(ED),
            public(RSA),
            public(ED, kid="encrypts", use="enc"),
            public(RSA, kid="other-algorithm", alg="RS512"),
            OctKey.generate_key(256, {"kid": "secret"}).as_dict(),
            OKPKey.generate_key("X25519", {"kid": "agrees"}).as_dict(private=False),
            OKPKey.generate_key("Ed448", {"kid": "long"}).as_dict(private=False),
        )
    )
    assert sorted(found) == ["ed", "rsa"]


def test_a_private_part_of_a_key_is_not_kept() -> None:
    assert not parse(jwks(ED.as_dict(private=True)))["ed"].is_private


def test_a_short_rsa_key_is_not_used() -> None:
    modulus = urlsafe_b64encode(b"\xff" * 255).decode()
    short = {"kty": "RSA", "kid": "short", "e": "AQAB", "n": modulus}
    assert list(parse(jwks(public(ED), short))) == ["ed"]


@pytest.mark.parametrize(
    "document", [b"", b"{}", b"[]", b'{"keys": []}', b'{"keys": [1]}', b"null"]
)
def test_a_key_set_without_a_usable_key_is_refused(document: bytes) -> None:
    with pytest.raises(ValueError, match=r"key|Expecting"):
        Keys(lambda: document).refresh()


def test_two_keys_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        parse(jwks(public(ED), public(RSA, kid="ed")))


def test_a_missing_file_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Verifier.from_jwks(tmp_path / "none.json", audience="a", issuer="i")


def test_a_key_set_is_read_from_a_file(tmp_path: Path) -> None:
    issuer = Issuer()
    path = tmp_path / "jwks.json"
    path.write_bytes(issuer.jwks())
    token = issuer.token("li", roles=["agent"], unit="hq", audience="a")
    claims = Verifier.from_jwks(path, audience="a", issuer="tests").verify(token)
    assert claims["sub"] == "li"


class Source:
    """A key set that changes and fails as told, and counts how often it was read."""

    def __init__(self, *kids: str) -> None:
        self.kids = kids
        self.broken = False
        self.reads = 0
        self.now = 1000.0

    def load(self) -> bytes:
        self.reads += 1
        if self.broken:
            raise OSError("gone")
        return jwks(*(public(OKPKey.generate_key("Ed25519", {"kid": kid})) for kid in self.kids))

    def keys(self) -> Keys:
        return Keys(self.load, max_age=300, retry_after=30, monotonic=lambda: self.now)


def test_keys_are_read_anew_when_they_are_old() -> None:
    source = Source("a")
    keys = source.keys()
    for now in (1000, 1299, 1300, 1301):
        source.now = now
        keys.find("a")
    assert source.reads == 2


def test_an_unknown_key_is_looked_for_but_not_at_every_token() -> None:
    source = Source("a")
    keys = source.keys()
    keys.find("a")
    source.kids = ("a", "b")
    with pytest.raises(InvalidKeyIdError):
        keys.find("b")
    source.now += 30
    assert keys.find("b").kid == "b"
    for _ in range(5):
        with pytest.raises(InvalidKeyIdError):
            keys.find("c")
    assert source.reads == 2


def test_a_key_that_was_taken_back_is_no_longer_found() -> None:
    source = Source("a", "b")
    keys = source.keys()
    keys.find("a")
    source.kids = ("b",)
    source.now += 300
    with pytest.raises(InvalidKeyIdError):
        keys.find("a")


def test_a_source_that_fails_leaves_the_old_keys() -> None:
    source = Source("a")
    keys = source.keys()
    before = keys.find("a")
    source.broken = True
    source.now += 300
    assert keys.find("a") is before
    assert source.reads == 2


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, body = self.server.answers[self.path]
        self.send_response(status)
        self.send_header("Location", "/keys")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is written where tests report."""


@pytest.fixture
def served() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.answers = {
        "/keys": (200, Issuer().jwks()),
        "/moved": (302, b""),
        "/large": (200, b" " * 300_000),
        "/down": (500, Issuer().jwks()),
    }
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_key_set_is_fetched_from_a_url(served: str) -> None:
    assert list(parse(source(f"{served}/keys")())) == ["key-1"]


@pytest.mark.parametrize("path", ["/moved", "/large", "/down"])
def test_an_answer_that_is_no_plain_key_set_is_not_followed(served: str, path: str) -> None:
    with pytest.raises((OSError, ValueError), match="key set"):
        source(f"{served}{path}")()
