"""Bearer tokens: JWTs signed with EdDSA or RS256, checked against the keys of one issuer."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from joserfc import jws
from joserfc.errors import ExpiredTokenError, JoseError, UnsupportedAlgorithmError
from joserfc.jws import JWSRegistry
from joserfc.jwt import JWTClaimsRegistry

from shared.web.keys import ALGORITHMS, Keys, source

LENGTH_LIMIT = 8192
TYPES = frozenset({"jwt", "at+jwt"})
# Each of these lets the token itself say how it is to be read or by which key it is to be checked.
REFUSED_HEADERS = frozenset({"jku", "jwk", "x5u", "x5c", "crit", "b64", "cty", "zip"})


class TokenInvalid(Exception):
    """The token proves nothing. The text says why and holds nothing of the token."""


class TokenExpired(TokenInvalid):
    """The token was good once."""


class SigningRegistry(JWSRegistry):
    """The two algorithms that Huiyin takes, and no warning that one of them has a newer name."""

    def get_alg(self, name: str) -> Any:
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError
        return self.algorithms[name]


REGISTRY = SigningRegistry()


class Verifier:
    """Checks tokens for one audience (the service) from one issuer; expiry is by real time.

    ``leeway`` is in seconds and at most 60; ``now`` gives real seconds since 1970 and is set by
    tests alone.
    """

    def __init__(
        self,
        keys: Keys,
        *,
        audience: str,
        issuer: str,
        leeway: int = 60,
        now: Callable[[], int] | None = None,
    ) -> None:
        if not 0 <= leeway <= 60:
            raise ValueError("the leeway for clocks that differ is 0 to 60 seconds")
        self._keys = keys
        self._claims = JWTClaimsRegistry(
            now=now,
            leeway=leeway,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            sub={"essential": True},
            exp={"essential": True},
        )

    @classmethod
    def from_jwks(
        cls,
        where: str | Path,
        *,
        audience: str,
        issuer: str,
        leeway: int = 60,
        now: Callable[[], int] | None = None,
    ) -> Self:
        """A verifier with the keys of a JWKS file, or of an http(s) URL, read anew as they change.

        A file is read at once: OSError or ValueError when it is missing or holds no usable key.
        """
        keys = Keys(source(where))
        if not str(where).startswith(("http://", "https://")):
            keys.refresh()
        return cls(keys, audience=audience, issuer=issuer, leeway=leeway, now=now)

    def verify(self, token: str) -> dict[str, Any]:
        """The claims of ``token``. Raises TokenInvalid, or TokenExpired where only time ran out."""
        if len(token) > LENGTH_LIMIT:
            raise TokenInvalid("the token is too long")
        try:
            claims = self._signed(token)
            self._claims.validate(claims)
        except ExpiredTokenError:
            raise TokenExpired("the token has expired") from None
        except (JoseError, ValueError, TypeError, RecursionError):
            # The text of these errors may repeat the token, which must not reach a log.
            raise TokenInvalid("the token cannot be trusted") from None
        return claims

    def _signed(self, token: str) -> dict[str, Any]:
        raw = token.encode("ascii")
        signed = jws.extract_compact(raw, registry=REGISTRY)
        header = signed.headers()
        _check_header(header)
        key = self._keys.find(header["kid"])
        if ALGORITHMS[header["alg"]] != key.key_type:
            raise TokenInvalid("the key is not of the kind that the token names")
        if not jws.validate_compact(signed, key, [header["alg"]], registry=REGISTRY):
            raise TokenInvalid("the signature is not that of the key")
        claims = json.loads(signed.payload or b"")
        if not isinstance(claims, dict):
            raise TokenInvalid("the token holds no claims")
        return claims


def _check_header(header: dict[str, Any]) -> None:
    if header.get("alg") not in ALGORITHMS:
        raise TokenInvalid("the token is signed by an algorithm that is not accepted")
    if str(header.get("typ")).lower() not in TYPES:
        raise TokenInvalid("the token is of another type")
    if REFUSED_HEADERS & header.keys():
        raise TokenInvalid("the token says itself how it wants to be checked")
    if not isinstance(header.get("kid"), str):
        raise TokenInvalid("the token does not name its key")
