"""The channel that posts to a URL, signed as Standard Webhooks has it (S39, S40)."""

import json
import ssl
from collections.abc import Callable
from datetime import UTC, datetime

from standardwebhooks import Webhook

from notify.adapters.channels.posting import Poster, is_success
from notify.adapters.channels.webhook_targets import Resolve, resolve
from notify.domain.delivery import Outcome, Parcel, Result


class WebhookChannel:
    """The receiver knows a repetition by the header ``webhook-id``, which is the message's id.

    ``now`` is real time, for the signature.
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
        self._poster = Poster("webhook", allow_loopback=allow_loopback, tls=tls, resolve=resolve)

    def send(self, parcel: Parcel) -> Outcome:
        target = self._poster.target(parcel.address)
        if isinstance(target, Outcome):
            return target
        body = _body(parcel)
        headers = self._headers(str(parcel.message_id), body)
        answer = self._poster.post(target, body.encode(), headers)
        if isinstance(answer, Outcome):
            return answer
        delivered = is_success(answer.status)
        return Outcome(Result.DELIVERED) if delivered else self._poster.failed(answer.status)

    def _headers(self, message_id: str, body: str) -> dict[str, str]:
        at = self._now().astimezone(UTC)  # The signer takes every time for UTC.
        return {
            "Content-Type": "application/json",
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
