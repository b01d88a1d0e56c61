"""Customers at the public routes, each from an address of his own."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from shared.ids import new_id

FILING = "/v1/public/complaints"
TRACKING = "/v1/public/tracking"
MATTER = {
    "org_unit": "shop-01",
    "complainant": "consumer",
    "about": "product_quality",
    "reason": "a seam is open",
    "complainant_name": "李华",
    "complainant_phone": "13812345678",
}


@dataclass(frozen=True)
class Stranger:
    """Somebody without a token."""

    app: Flask
    address: str = "192.0.2.1"

    def file(self, *, key: str | None = None, **changes: Any) -> TestResponse:
        told = {**MATTER, **changes}
        said = {name: value for name, value in told.items() if value is not None}
        return self.send("POST", FILING, key=key, json=said)

    def look(self, code: str) -> TestResponse:
        return self.send("GET", TRACKING, code=code)

    def say(self, code: str, content: str, *, key: str | None = None) -> TestResponse:
        return self.send(
            "POST", f"{TRACKING}/messages", code=code, key=key, json={"content": content}
        )

    def send(
        self,
        method: str,
        path: str,
        *,
        code: str | None = None,
        key: str | None = None,
        headers: dict[str, str] | None = None,
        **options: Any,
    ) -> TestResponse:
        own = {"Idempotency-Key": key or str(new_id()), **(headers or {})}
        if code is not None:
            own["Tracking-Code"] = code
        came = {"REMOTE_ADDR": self.address}
        client = self.app.test_client()
        return client.open(path, method=method, headers=own, environ_base=came, **options)
