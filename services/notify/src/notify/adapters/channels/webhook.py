"""The channel that posts to a URL, signed as Standard Webhooks has it (S39, S40)."""

import json
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException

from standardwebhooks import Webhook

from notify.adapters.channels.webhook_targets import (
    PORTS,
    Resolve,
    Target,
    TargetRefused,
    resolve,
    target_of,
)
from notify.domain.delivery import Outcome, Parcel, Result

SECONDS = 5.0  # for everything: connecting, sending and the answer
ANSWER_BYTES = 64 * 1024
TRY_AGAIN = (408, 425, 429)


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


class WebhookChannel:
    """The receiver knows a repetition by the header ``webhook-id``, which is the message's id.

    ``now`` is real time, for the signature. Redirects are not followed.
    """

    repeatable = True
    needs_address = True

    def __init__(
        self,
        secret: str,
        *,
        now: Callable[[], datetime],
        allow_loopback: bool = False,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve = resolve,
    ) -> None:
        self._signer = Webhook(secret)
        self._now = now
        self._allow_loopback = allow_loopback
        self._tls = tls or ssl.create_default_context()
        self._resolve = resolve

    def send(self, parcel: Parcel) -> Outcome:
        try:
            target = target_of(
                parcel.address, allow_loopback=self._allow_loopback, resolve=self._resolve
            )
        except TargetRefused as refused:
            return Outcome(Result.REFUSED, f"webhook_{refused}")
        except (OSError, UnicodeError):
            return Outcome(Result.UNREACHABLE, "webhook_unresolved")
        return self._post(target, parcel)

    def _post(self, target: Target, parcel: Parcel) -> Outcome:
        connection = _Pinned(target, self._tls)
        deadline = threading.Timer(SECONDS, connection.cut)
        deadline.start()
        try:
            return self._exchange(connection, target, parcel)
        finally:
            deadline.cancel()
            connection.close()

    def _exchange(self, connection: _Pinned, target: Target, parcel: Parcel) -> Outcome:
        """Until the connection stands nothing can have arrived; after that, nobody knows."""
        try:
            connection.connect()
        except OSError:
            return Outcome(Result.UNREACHABLE, "webhook_unreachable")
        body = _body(parcel)
        headers = self._headers(str(parcel.message_id), body)
        try:
            connection.request("POST", target.path, body.encode(), headers)
            response = connection.getresponse()
            response.read(ANSWER_BYTES)
        except (OSError, HTTPException):
            return Outcome(Result.DOUBTFUL, "webhook_interrupted")
        return _said(response.status)

    def _headers(self, message_id: str, body: str) -> dict[str, str]:
        at = self._now().astimezone(UTC)  # The signer takes every time for UTC.
        return {
            "Content-Type": "application/json",
            "User-Agent": "huiyin-notify",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": self._signer.sign(message_id, at, body),
        }


def _body(parcel: Parcel) -> str:
    told = {
        "type": "message",
        "data": {
            "message_id": str(parcel.message_id),
            "person_id": str(parcel.person_id),
            "reason": parcel.reason,
            "urgency": parcel.urgency,
            "title": parcel.title,
            "body": parcel.body,
        },
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _said(status: int) -> Outcome:
    if 200 <= status < 300:
        return Outcome(Result.DELIVERED)
    passing = status >= 500 or status in TRY_AGAIN
    return Outcome(Result.UNREACHABLE if passing else Result.REFUSED, f"webhook_{status}")
