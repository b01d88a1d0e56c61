"""The two tables that say what wakes a service: SUBSCRIPTIONS (events) and TIMERS (time)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marshmallow import Schema

from shared.envelope import Received


@dataclass(frozen=True)
class Subscription:
    """How a service reads one event type, and who handles it.

    ``reads`` is the service's own schema of ``data`` (``unknown = EXCLUDE``). The handler runs in
    one transaction with the inbox row. A RuleBroken that it raises is a fact that came too late:
    the event is done with and the rule is noted in the subject's timeline. Any other exception is
    retried with backoff, then parked.
    """

    reads: Schema
    handler: Callable[[Any, Received, Any], None]  # (tx, event, data)


@dataclass(frozen=True)
class Fired:
    """A timer that came due. ``tx.now`` is when it fired; ``due_at`` when it should have."""

    kind: str
    subject: str
    due_at: datetime
    data: dict[str, Any]


Subscriptions = Mapping[str, Subscription]
Timers = Mapping[str, Callable[[Any, Fired], None]]  # (tx, fired)
