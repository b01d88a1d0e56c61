"""Post an event to another system: where it may go and how long it may take is that of channels."""

import ssl
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from notify.adapters.channels.posting import Answer, Poster, is_success
from notify.adapters.channels.signing import signed
from notify.adapters.channels.webhook_targets import Resolve, resolve
from notify.domain.delivery import Outcome
from notify.domain.subscriptions.deliveries import Answered
from shared.envelope import CONTENT_TYPE

EXCERPT = 200  # characters


class Caller:
    """Several threads may use one. ``now`` is real time, for the signature."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        allow_loopback: bool = False,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve = resolve,
    ) -> None:
        self._now = now
        self._poster = Poster("webhook", allow_loopback=allow_loopback, tls=tls, resolve=resolve)

    def call(self, url: str, keys: Sequence[str], event_id: str, body: str) -> Answered:
        """Deliver one event; raises nothing. Its id is that of the webhook, however often it is
        sent. The host is looked up each time, and its addresses are checked each time."""
        started = time.monotonic()
        answer = self._post(url, keys, event_id, body)
        seconds = time.monotonic() - started
        if isinstance(answer, Outcome):
            return Answered(status=None, why=answer.why, seconds=seconds)
        why = "" if is_success(answer.status) else f"webhook_{answer.status}"
        excerpt = _shown(answer.body)
        return Answered(status=answer.status, why=why, seconds=seconds, excerpt=excerpt)

    def _post(self, url: str, keys: Sequence[str], event_id: str, body: str) -> Answer | Outcome:
        target = self._poster.target(url)
        if isinstance(target, Outcome):
            return target
        headers = {"Content-Type": CONTENT_TYPE, **signed(keys, event_id, body, self._now())}
        return self._poster.post(target, body.encode(), headers)


def _shown(body: bytes) -> str:
    """The beginning of what was answered, in characters that one can print."""
    text = body[: EXCERPT * 4].decode(errors="replace")[:EXCERPT]
    return "".join(char if char.isprintable() else " " for char in text)
