"""Requests as somebody sends them: with a token, a key for each command, and JSON."""

import time
from typing import Any

from flask import Flask
from joserfc import jwt
from joserfc.jwk import OKPKey

from shared.web.tokens import REGISTRY

from .company import Asker

ISSUER = "https://issuer.example"


class Client:
    """Sends requests as somebody: with a token, a key for each command, and JSON."""

    def __init__(self, app: Flask, key: OKPKey) -> None:
        self._client = app.test_client()
        self._key = key
        self._commands = 0

    def __call__(
        self, by: Asker | None, method: str, path: str, json: Any = None, **headers: str
    ) -> Any:
        """``headers`` are named with underscores: ``if_match``."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if method == "POST":
            self._commands += 1
            given.setdefault("idempotency-key", f"command-{self._commands}")
        if by is not None:
            given["authorization"] = f"Bearer {self.token(by)}"
        return self._client.open(path, method=method, json=json, headers=given)

    def token(self, by: Asker) -> str:
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": "dispatch",
            "sub": by.id,
            "org_unit": by.unit,
            "roles": sorted(by.roles),
            "iat": now,
            "exp": now + 300,
        }
        header = {"alg": "EdDSA", "kid": "test", "typ": "JWT"}
        return jwt.encode(header, claims, self._key, registry=REGISTRY)
