"""What tests of an HTTP interface start from: an issuer of tokens, a clock that stands, callers."""

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from joserfc import jwt
from joserfc.jwk import OKPKey
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from shared.ids import new_id
from shared.web.keys import Keys
from shared.web.tokens import REGISTRY, Verifier


class Issuer:
    """Signs tokens with an Ed25519 key of its own."""

    def __init__(self, name: str = "tests", *, kid: str = "key-1") -> None:
        self.name = name
        self.key = OKPKey.generate_key("Ed25519", {"kid": kid, "use": "sig"})

    def jwks(self) -> bytes:
        """The public key, in the form of a JWKS."""
        return json.dumps({"keys": [self.key.as_dict(private=False)]}).encode()

    def verifier(self, audience: str) -> Verifier:
        """What checks this issuer's tokens for the service ``audience``."""
        return Verifier(Keys(self.jwks), audience=audience, issuer=self.name)

    def token(self, subject: str, *, roles: Iterable[str], unit: str, audience: str) -> str:
        """A token that is good for an hour of real time."""
        now = int(time.time())  # noqa: TID251 - the expiry of tokens is real time.
        claims = {
            "iss": self.name,
            "sub": subject,
            "aud": audience,
            "exp": now + 3600,
            "roles": sorted(roles),
            "org_unit": unit,
        }
        header = {"alg": "EdDSA", "kid": self.key.kid}
        return jwt.encode(header, claims, self.key, registry=REGISTRY)


@dataclass
class StandingClock:
    """A clock that shows what it was set to."""

    at: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 2, 0, tzinfo=UTC))

    def now(self) -> datetime:
        return self.at

    def at_claim(self, session: Session) -> datetime:  # noqa: ARG002 - rows have no say here.
        return self.at


@dataclass(frozen=True)
class Caller:
    """A person who sends requests with his token, and with the headers that commands need.

    ``key`` is the Idempotency-Key of a POST, a fresh one by default; ``version`` is sent as
    If-Match, None sends none.
    """

    app: Flask
    token: str

    def get(self, path: str, **options: Any) -> TestResponse:
        return self._send("GET", path, options)

    def post(
        self, path: str, body: Any = None, *, key: str | None = None, **options: Any
    ) -> TestResponse:
        headers = {"Idempotency-Key": key or str(new_id())}
        return self._send("POST", path, {"json": body, **options}, headers)

    def put(
        self, path: str, body: Any = None, *, version: int | None = None, **options: Any
    ) -> TestResponse:
        return self._send("PUT", path, {"json": body, **options}, _if_match(version))

    def patch(
        self, path: str, body: Any = None, *, version: int | None = None, **options: Any
    ) -> TestResponse:
        return self._send("PATCH", path, {"json": body, **options}, _if_match(version))

    def delete(self, path: str, **options: Any) -> TestResponse:
        return self._send("DELETE", path, options)

    def _send(
        self,
        method: str,
        path: str,
        options: dict[str, Any],
        extra: dict[str, str] | None = None,
    ) -> TestResponse:
        own = {"Authorization": f"Bearer {self.token}", **(extra or {})}
        headers = {**own, **options.pop("headers", {})}
        if options.get("json") is None:
            options.pop("json", None)
        return self.app.test_client().open(path, method=method, headers=headers, **options)


def _if_match(version: int | None) -> dict[str, str]:
    return {} if version is None else {"If-Match": f'"{version}"'}


def callers(app: Flask, issuer: Issuer, *, audience: str) -> Callable[..., Caller]:
    """``as_("li", "agent", unit="shop-01")``: a person of that unit with those roles."""

    def as_(subject: str, *roles: str, unit: str) -> Caller:
        token = issuer.token(subject, roles=roles, unit=unit, audience=audience)
        return Caller(app, token)

    return as_
