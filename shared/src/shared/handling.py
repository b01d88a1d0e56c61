"""Hands one stored event to its handler, and says what became of it."""

import json
from contextlib import nullcontext
from typing import Any, NamedTuple
from uuid import UUID

from shared.envelope import Carried, Origin, Received
from shared.reading_envelopes import received
from shared.rules import RuleBroken
from shared.subscriptions import Subscriptions
from shared.transaction import Transaction

HANDLED, LATE, IGNORED = "handled", "late", "ignored"


class Row(NamedTuple):
    """A row of the inbox, as far as handling needs it."""

    event_id: UUID
    type: str
    sequence: int
    state: str
    attempts: int
    private: bool
    body: str


def handle(tx: Transaction, row: Row, subscriptions: Subscriptions, *, careful: bool) -> str:
    """Returns HANDLED, LATE or IGNORED; whatever else the handler raises goes on to the caller.

    ``careful`` sets a savepoint, so that only what this handler wrote is undone when it fails.
    What is owed to others outside is entered first, and stays when the handler fails.
    A rule that it breaks is a fact that came too late: noted in the timeline and done with. One
    that may say yes later is none: the event is tried again.
    """
    if not row.private:
        with tx.apart() if careful else nullcontext():
            tx.carry([Carried(row.event_id, row.type, row.body)])
    subscription = subscriptions.get(row.type)
    if subscription is None:
        return IGNORED
    event = received(json.loads(row.body))
    tx.origin = _origin(event)
    try:
        with tx.apart() if careful else nullcontext():
            subscription.handler(tx, event, subscription.reads.load(event.data))
            tx.settle()
    except RuleBroken as broken:
        if not careful or broken.later:
            raise
        note_late(tx, event.subject, broken, event_id=event.id)
        tx.flush()
        return LATE
    return HANDLED


def note_late(tx: Transaction, subject: str, broken: RuleBroken, **data: Any) -> None:
    """Let the timeline of ``subject`` say which rule refused a fact that came too late."""
    tx.note(subject, "late_fact", because=broken.because, code=broken.code, **data)


def _origin(event: Received) -> Origin:
    """What the handler does is done in the name of whom the event names, and caused by it."""
    return Origin(
        actor=event.actor or "event",
        correlation=event.correlation,
        causation=str(event.id),
        traceparent=event.traceparent,
    )
