"""Development keys and tokens: made on this machine, trusted by nobody else."""

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import OKPKey

from shared.encryption import fresh_key
from shared.topology import SERVICES
from shared.web.tokens import REGISTRY

ISSUER = "huiyin-local"
LIFETIME_SECONDS = 30 * 24 * 3600


class DevelopmentKeys:
    """What is kept in ``home``: an Ed25519 key pair, of which the services read the public half as
    JWKS, and the keys with which each service encrypts fields."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.jwks = home / "jwks.json"
        secret = home / "signing-key.json"
        if not secret.exists():
            self._make(secret)
        self._key = OKPKey.import_key(json.loads(secret.read_text()))
        fields = home / "field-keys.json"
        if not fields.exists():
            _keep(fields, {name: _field_keys() for name in SERVICES})
        self._fields: dict[str, dict[str, str]] = json.loads(fields.read_text())

    def of_fields(self, service: str) -> dict[str, Any]:
        """The settings of a service that hold keys for its fields."""
        return self._fields[service]

    def token(
        self, person: str, *, roles: Sequence[str], unit: str, audience: Sequence[str]
    ) -> str:
        """A bearer token for ``person``, good for 30 days of real time."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "sub": person,
            "aud": list(audience),
            "roles": list(roles),
            "org_unit": unit,
            "iat": now,
            "exp": now + LIFETIME_SECONDS,
        }
        header = {"alg": "EdDSA", "kid": self._key.kid, "typ": "JWT"}
        return jwt.encode(header, claims, self._key, registry=REGISTRY)

    def _make(self, secret: Path) -> None:
        key = OKPKey.generate_key("Ed25519", auto_kid=True)
        public = {**key.as_dict(private=False), "kid": key.kid, "use": "sig", "alg": "EdDSA"}
        self.jwks.write_text(json.dumps({"keys": [public]}))
        _keep(secret, key.as_dict(private=True))  # Last: it makes the pair count.


def _field_keys() -> dict[str, str]:
    return {"field_keys": f"local:{fresh_key()}", "index_key": fresh_key()}


def _keep(path: Path, secret: Mapping[str, Any]) -> None:
    """Write a file that only its owner reads; what is killed before it has its name begins anew."""
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(secret))
    fresh.replace(path)
