"""A small HTTP client for the services, used by the sample loader and the story."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import uuid4

import requests

SECONDS = 600  # to move the clock over weeks takes minutes on a slow machine

# One address for all services, or one a service where each has a process of its own.
Base: TypeAlias = str | Mapping[str, str]


class Refused(Exception):
    """The answer was not 2xx. ``status`` and the problem document's ``code`` say why."""

    def __init__(self, method: str, path: str, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{method} {path}: {status} {problem}")
        self.status = status
        self.code = problem.get("code")
        self.problem = problem


@dataclass
class Client:
    """Speaks as one person (``token``), or as nobody, to the services below ``base``; ``headers``
    go with all that is sent.

    A path begins with the name of its service (``/complaint/v1/complaints``).
    """

    base: Base
    token: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    _session: requests.Session = field(default_factory=requests.Session)

    def get(self, path: str, **query: Any) -> dict[str, Any]:
        """The JSON of ``path`` (``/complaint/v1/...``). Raises Refused."""
        return self._send("GET", path, params=query)

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> dict[str, Any]:
        """Send a command under a fresh idempotency key, or under ``key``. Raises Refused."""
        return self._send("POST", path, json=body or {}, headers={"Idempotency-Key": key or _key()})

    def fetch(self, path: str) -> bytes:
        """What ``path`` holds, as it is. Raises Refused."""
        return self._answer("GET", path).content

    def version(self, path: str) -> str:
        """The version that ``path`` has now, for ``If-Match``. Raises Refused."""
        return self._answer("GET", path).headers["ETag"]

    def put(self, path: str, body: Any, *, version: str) -> dict[str, Any]:
        """Replace something whose version one has seen. Raises Refused."""
        return self._send("PUT", path, json=body, headers={"If-Match": version})

    def patch(self, path: str, body: Any, *, version: str) -> dict[str, Any]:
        """Change some fields of a thing whose version one has seen. Raises Refused."""
        return self._send("PATCH", path, json=body, headers={"If-Match": version})

    def upload(self, path: str, content: bytes, *, media_type: str) -> dict[str, Any]:
        """Send a file as it is. Raises Refused."""
        headers = {"Idempotency-Key": _key(), "Content-Type": media_type}
        return self._send("POST", path, data=content, headers=headers)

    def _send(self, method: str, path: str, **arguments: Any) -> dict[str, Any]:
        response = self._answer(method, path, **arguments)
        answer: dict[str, Any] = response.json() if response.content else {}
        return answer

    def _answer(self, method: str, path: str, **arguments: Any) -> requests.Response:
        headers = {**self.headers, **arguments.pop("headers", {})}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        response = self._session.request(
            method, self._address(path), headers=headers, timeout=SECONDS, **arguments
        )
        if not response.ok:
            raise Refused(method, path, response.status_code, response.json())
        return response

    def _address(self, path: str) -> str:
        if isinstance(self.base, str):
            return self.base + path
        service, _, rest = path.removeprefix("/").partition("/")
        return f"{self.base[service]}/{rest}"


def _key() -> str:
    return str(uuid4())
