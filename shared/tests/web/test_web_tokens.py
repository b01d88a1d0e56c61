"""A corpus of forged and worn-out tokens: none of them is let in (S11, S12)."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OKPKey, RSAKey

from shared.web.keys import Keys
from shared.web.testing import Issuer
from shared.web.tokens import REGISTRY, TokenExpired, TokenInvalid, Verifier

NOW = 1_780_000_000
ISSUER = Issuer(kid="ed")
RSA = RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"})
STRANGER = OKPKey.generate_key("Ed25519", {"kid": "ed"})
PUBLIC_PEM = RSA.as_pem(private=False)
JWKS = json.dumps(
    {"keys": [ISSUER.key.as_dict(private=False), RSA.as_dict(private=False)]}
).encode()
CLAIMS = {
    "iss": "tests",
    "aud": "complaint",
    "sub": "li",
    "exp": NOW + 600,
    "nbf": NOW - 10,
    "iat": NOW - 10,
    "roles": ["agent"],
    "org_unit": "hq",
}
HEADER = {"alg": "EdDSA", "kid": "ed", "typ": "JWT"}


def verifier(**changes: Any) -> Verifier:
    options = {"audience": "complaint", "issuer": "tests", "now": lambda: NOW, **changes}
    return Verifier(Keys(lambda: JWKS), **options)


def b64(raw: bytes | dict[str, Any]) -> str:
    data = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def signed(header: Any = HEADER, claims: Any = CLAIMS, key: Any = None) -> str:
    """A token with a right signature over whatever header and claims it has."""
    first = header if isinstance(header, bytes) else json.dumps(header).encode()
    second = claims if isinstance(claims, bytes) else json.dumps(claims).encode()
    content = f"{b64(first)}.{b64(second)}"
    private = (key or ISSUER.key).get_op_key("sign")
    return f"{content}.{b64(private.sign(content.encode()))}"


def rs256(**header: Any) -> str:
    return jwt.encode(
        {"alg": "RS256", "kid": "rsa", **header}, dict(CLAIMS), RSA, registry=REGISTRY
    )


def hs256(secret: bytes, kid: str) -> str:
    content = f"{b64({'alg': 'HS256', 'typ': 'JWT', 'kid': kid})}.{b64(CLAIMS)}"
    return f"{content}.{b64(hmac.digest(secret, content.encode(), hashlib.sha256))}"


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in CLAIMS.items() if key != name}


def swapped(claims: dict[str, Any]) -> str:
    header, _, signature = signed().split(".")
    return f"{header}.{b64(claims)}.{signature}"


FORGED = {
    "nothing": "",
    "no token": "abc",
    "two parts": "abc.def",
    "five parts like an encrypted one": "a.b.c.d.e",
    "not base64": "!!!.???.###",
    "not ascii": "令牌.令牌.令牌",
    "header is a list": signed(header=[]),
    "header is no JSON": signed(header=b"{"),
    "header nested without end": signed(header=b'{"alg":' + b"[" * 3000),
    "claims are a list": signed(claims=[]),
    "claims are no JSON": signed(claims=b"{"),
    "claims nested without end": signed(claims=b"[" * 5000),
    "too long": signed(claims={**CLAIMS, "padding": "x" * 9000}),
    "alg none": f"{b64({**HEADER, 'alg': 'none'})}.{b64(CLAIMS)}.",
    "alg None with a signature": signed(header={**HEADER, "alg": "None"}),
    "alg missing": signed(header={"kid": "ed", "typ": "JWT"}),
    "alg is a list": signed(header={**HEADER, "alg": ["EdDSA"]}),
    "HS256 with the public RSA key as secret": hs256(PUBLIC_PEM, "rsa"),
    "HS256 with the key set as secret": hs256(JWKS, "ed"),
    "HS256 with an empty secret": hs256(b"", "ed"),
    "RS256 named for an Ed25519 key": signed(header={**HEADER, "alg": "RS256"}),
    "EdDSA named for an RSA key": signed(header={**HEADER, "kid": "rsa"}),
    "RS512": signed(header={**HEADER, "alg": "RS512", "kid": "rsa"}),
    "ES256": signed(header={**HEADER, "alg": "ES256"}),
    "kid missing": signed(header={"alg": "EdDSA", "typ": "JWT"}),
    "kid unknown": signed(header={**HEADER, "kid": "other"}),
    "kid is a path": signed(header={**HEADER, "kid": "../../dev/null"}),
    "kid is a number": signed(header={**HEADER, "kid": 1}),
    "signed by a stranger": signed(key=STRANGER),
    "signature cut": signed()[:-6],
    "signature empty": signed().rpartition(".")[0] + ".",
    "claims swapped": swapped({**CLAIMS, "roles": ["admin"]}),
    "jku": signed(header={**HEADER, "jku": "https://example.com/keys"}),
    "jwk": signed(header={**HEADER, "jwk": STRANGER.as_dict(private=False)}, key=STRANGER),
    "x5u": signed(header={**HEADER, "x5u": "https://example.com/cert"}),
    "x5c": signed(header={**HEADER, "x5c": ["MIIB"]}),
    "crit": signed(header={**HEADER, "crit": ["exp"]}),
    "b64 false": signed(header={**HEADER, "b64": False, "crit": ["b64"]}),
    "typ missing": signed(header={"alg": "EdDSA", "kid": "ed"}),
    "typ of an identity token": signed(header={**HEADER, "typ": "id+jwt"}),
    "typ of a log-out token": signed(header={**HEADER, "typ": "logout+jwt"}),
    "exp missing": signed(claims=without("exp")),
    "exp is text": signed(claims={**CLAIMS, "exp": "tomorrow"}),
    "exp is null": signed(claims={**CLAIMS, "exp": None}),
    "exp is NaN": signed(claims=json.dumps({**CLAIMS, "exp": float("nan")}).encode()),
    "exp is true": signed(claims={**CLAIMS, "exp": True}),
    "nbf in the future": signed(claims={**CLAIMS, "nbf": NOW + 61}),
    "iat in the future": signed(claims={**CLAIMS, "iat": NOW + 61}),
    "aud missing": signed(claims=without("aud")),
    "aud of another service": signed(claims={**CLAIMS, "aud": "dispatch"}),
    "aud begins alike": signed(claims={**CLAIMS, "aud": "complaints"}),
    "aud is an object": signed(claims={**CLAIMS, "aud": {"complaint": True}}),
    "aud list of others": signed(claims={**CLAIMS, "aud": ["dispatch", "notify"]}),
    "iss missing": signed(claims=without("iss")),
    "iss of another house": signed(claims={**CLAIMS, "iss": "others"}),
    "iss is a list": signed(claims={**CLAIMS, "iss": ["tests"]}),
    "sub missing": signed(claims=without("sub")),
    "sub empty": signed(claims={**CLAIMS, "sub": ""}),
    "sub is a number": signed(claims={**CLAIMS, "sub": 7}),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_token_is_refused(name: str) -> None:
    with pytest.raises(TokenInvalid) as refused:
        verifier().verify(FORGED[name])
    assert type(refused.value) is TokenInvalid


def test_the_same_token_unforged_is_accepted() -> None:
    assert verifier().verify(signed()) == CLAIMS


def test_an_rsa_key_is_accepted_for_rs256() -> None:
    assert verifier().verify(rs256())["sub"] == "li"


def test_an_access_token_by_rfc_9068_is_accepted() -> None:
    assert verifier().verify(signed(header={**HEADER, "typ": "at+JWT"})) == CLAIMS


def test_one_of_several_audiences_is_enough() -> None:
    several = {**CLAIMS, "aud": ["dispatch", "complaint"]}
    assert verifier().verify(signed(claims=several)) == several


@pytest.mark.parametrize("late", [0, 59])
def test_a_token_is_good_until_the_leeway_has_passed(late: int) -> None:
    at = CLAIMS["exp"] + late
    assert verifier(now=lambda: at).verify(signed()) == CLAIMS


def test_a_token_has_expired_when_the_leeway_has_passed() -> None:
    with pytest.raises(TokenExpired):
        verifier(now=lambda: CLAIMS["exp"] + 60).verify(signed())


def test_expiry_is_by_real_time_unless_a_test_says_otherwise() -> None:
    real = Verifier(Keys(lambda: JWKS), audience="complaint", issuer="tests")
    good = {**CLAIMS, "exp": int(time.time()) + 5}
    for when in ("nbf", "iat"):
        good[when] = int(time.time())
    assert real.verify(signed(claims=good)) == good
    with pytest.raises(TokenExpired):
        real.verify(signed(claims={**good, "exp": int(time.time()) - 61}))


def test_a_leeway_beyond_a_minute_is_refused() -> None:
    with pytest.raises(ValueError, match="leeway"):
        verifier(leeway=61)


def test_a_token_of_one_service_is_refused_by_each_other() -> None:
    services = ["customer", "complaint", "dispatch", "notify"]
    accepted = []
    for audience in services:
        token = signed(claims={**CLAIMS, "aud": audience})
        for service in services:
            try:
                verifier(audience=service).verify(token)
            except TokenInvalid:
                continue
            accepted.append((audience, service))
    assert accepted == [(service, service) for service in services]
