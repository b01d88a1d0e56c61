"""One POST to a checked address, over within seconds, whatever the other side does (S39)."""

import json
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any

from notify.adapters.channels.webhook_targets import (
    PORTS,
    Resolve,
    Target,
    TargetRefused,
    resolve,
    target_of,
)
from notify.domain.delivery import Outcome, Result
from notify.domain.reach import Gone

SECONDS = 5.0  # for everything: connecting, sending and the answer
ANSWER_BYTES = 64 * 1024
TRY_AGAIN = (408, 425, 429)
NOBODY = (404, 410)


@dataclass(frozen=True)
class Answer:
    """What the other side said: its status and as much of its body as is sensible to read."""

    status: int
    body: bytes

    @property
    def said(self) -> Mapping[str, Any]:
        """The JSON object of the body; an empty one where there is none that one can read."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


class _Pinned(HTTPConnection):
    """Connects to the address that was checked; certificate and Host stay those of the name."""

    def __init__(self, target: Target, tls: ssl.SSLContext) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS)
        self.default_port = PORTS["https" if target.secure else "http"]
        self._target = target
        self._tls = tls

    def connect(self) -> None:
        self.sock = socket.create_connection((self._target.address, self.port), SECONDS)
        if self._target.secure:
            self.sock = self._tls.wrap_socket(self.sock, server_hostname=self._target.host)

    def cut(self) -> None:
        """End whatever is going on, from another thread."""
        if self.sock is not None:
            with suppress(OSError):  # It may have ended by itself a moment ago.
                self.sock.shutdown(socket.SHUT_RDWR)


class Poster:
    """Posts to public addresses alone. Redirects are not followed.

    ``name`` begins the codes of what went wrong: ``<name>_unreachable``. ``theirs``: the URLs are
    addresses of recipients, so that one where nothing is any more is lost. With ``allow_loopback``
    this machine is an address too, also without TLS.
    """

    def __init__(
        self,
        name: str,
        *,
        theirs: bool = True,
        allow_loopback: bool = False,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve = resolve,
    ) -> None:
        self._name = name
        self._theirs = theirs
        self._allow_loopback = allow_loopback
        self._tls = tls or ssl.create_default_context()
        self._resolve = resolve

    def target(self, url: str) -> Target | Outcome:
        """Where ``url`` leads, or why nothing can be posted there."""
        try:
            return target_of(url, allow_loopback=self._allow_loopback, resolve=self._resolve)
        except TargetRefused as refused:
            return Outcome(Result.REFUSED, f"{self._name}_{refused}")
        except (OSError, UnicodeError):
            return Outcome(Result.UNREACHABLE, f"{self._name}_unresolved")

    def post(self, target: Target, body: bytes, headers: Mapping[str, str]) -> Answer | Outcome:
        """The answer to ``body``, or why there is none; it takes ``SECONDS`` at most."""
        connection = _Pinned(target, self._tls)
        deadline = threading.Timer(SECONDS, connection.cut)
        deadline.start()
        try:
            return self._exchange(connection, target, body, headers)
        finally:
            deadline.cancel()
            connection.close()

    def failed(self, status: int) -> Outcome:
        """What a status means that is no success."""
        passing = status >= 500 or status in TRY_AGAIN
        result = Result.UNREACHABLE if passing else Result.REFUSED
        gone = Gone.ENDPOINT_GONE if self._theirs and status in NOBODY else None
        return Outcome(result, f"{self._name}_{status}", gone=gone)

    def unreadable(self, status: int) -> Outcome:
        """What an answer means of which only the status can be read: after a success nobody knows
        what was done."""
        if is_success(status):
            return Outcome(Result.DOUBTFUL, f"{self._name}_unreadable")
        return self.failed(status)

    def _exchange(
        self, connection: _Pinned, target: Target, body: bytes, headers: Mapping[str, str]
    ) -> Answer | Outcome:
        """Until the connection stands nothing can have arrived; after that, nobody knows."""
        try:
            connection.connect()
        except OSError:
            return Outcome(Result.UNREACHABLE, f"{self._name}_unreachable")
        try:
            connection.request(
                "POST", target.path, body, {**headers, "User-Agent": "huiyin-notify"}
            )
            response = connection.getresponse()
            return Answer(response.status, response.read(ANSWER_BYTES))
        except (OSError, HTTPException):
            return Outcome(Result.DOUBTFUL, f"{self._name}_interrupted")


def is_success(status: int) -> bool:
    """Whether a status says that what was asked is done."""
    return 200 <= status < 300
