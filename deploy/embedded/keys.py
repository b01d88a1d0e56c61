"""Development keys and tokens: made on this machine, trusted by nobody else."""

import json
import time
from collections.abc import Sequence
from pathlib import Path

from joserfc import jwt
from joserfc.jwk import OKPKey

from shared.web.tokens import REGISTRY

ISSUER = "huiyin-local"
LIFETIME_SECONDS = 30 * 24 * 3600


class DevelopmentKeys:
    """An Ed25519 key pair kept in ``home``; the public half is the JWKS that the services read."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.jwks = home / "jwks.json"
        secret = home / "signing-key.json"
        if not secret.exists():
            self._make(secret)
        self._key = OKPKey.import_key(json.loads(secret.read_text()))

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
        # The pair counts once the secret has its name: what is killed before begins anew.
        fresh = secret.with_suffix(".new")
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(key.as_dict(private=True)))
        fresh.replace(secret)
