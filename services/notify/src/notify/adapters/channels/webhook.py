"""The channel that posts to a URL, signed as Standard Webhooks has it (S39, S40)."""

import json
import ssl
from collections.abc import Callable, Sequence
from datetime import datetime

from notify.adapters.channels.posting import Poster, is_success
from notify.adapters.channels.signing import signed
from notify.adapters.channels.webhook_targets import Resolve, resolve
from notify.domain.delivery import Outcome, Parcel, Result


class WebhookChannel:
    """The receiver knows a repetition by the header ``webhook-id``, which is the message's id.

    All of ``secrets`` sign, so that a receiver may have the present one or one before it. ``now``
    is real time, for the signature.
    """

    repeatable = True
    needs_address = True

    def __init__(
        self,
        *secrets: str,
        now: Callable[[], datetime],
        allow_loopback: bool = False,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve = resolve,
    ) -> None:
        self._secrets: Sequence[str] = secrets
        self._now = now
        self._poster = Poster("webhook", allow_loopback=allow_loopback, tls=tls, resolve=resolve)

    def send(self, parcel: Parcel) -> Outcome:
        target = self._poster.target(parcel.address)
        if isinstance(target, Outcome):
            return target
        body = _body(parcel)
        signature = signed(self._secrets, str(parcel.message_id), body, self._now())
        headers = {"Content-Type": "application/json", **signature}
        answer = self._poster.post(target, body.encode(), headers)
        if isinstance(answer, Outcome):
            return answer
        delivered = is_success(answer.status)
        return Outcome(Result.DELIVERED) if delivered else self._poster.failed(answer.status)


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
