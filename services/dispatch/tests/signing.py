"""A client who signs by a link, over HTTP as a phone does it."""

from base64 import b64encode
from typing import Any

from flask import Flask

from .drawings import drawing

SIGN_OFF = "/v1/public/sign-off"
CLIENT_NAME = "李华生"
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36"


class Phone:
    """What a client's phone sends."""

    def __init__(self, app: Flask, url: str) -> None:
        self.code = url.partition("#")[2]
        self._client = app.test_client()
        self._sent = 0

    def read(self, **headers: str) -> Any:
        given = {"Sign-Off-Code": self.code, "User-Agent": PHONE, **headers}
        return self._client.get(SIGN_OFF, headers=given)

    def body(self, **other: Any) -> dict[str, Any]:
        given = {
            "digest": self.read().json["digest"],
            "name": CLIENT_NAME,
            "relation": "owner",
            "device_at": "2026-02-13T17:03:41+08:00",
            "drawing": b64encode(drawing()).decode(),
            "spot": {"latitude": 31.2, "longitude": 121.5, "accuracy_m": 12},
        }
        return {**given, **other}

    def sign(self, body: dict[str, Any] | None = None, **headers: str) -> Any:
        self._sent += 1
        given = {
            "Sign-Off-Code": self.code,
            "User-Agent": PHONE,
            "Idempotency-Key": f"sign-{self._sent}",
            **headers,
        }
        return self._client.post(SIGN_OFF, json=body or self.body(), headers=given)
