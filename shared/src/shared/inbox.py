"""The durable inbox: events of others are stored here, once, before the broker may forget them.

A subject is the unit of scheduling: its row in ``inbox_subjects`` says how far it was applied and
when to look at it next. Times in these tables are real, also under a simulated clock.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement, DateTime, func, literal, select
from sqlalchemy.orm import Session

from shared.inbox_rows import NewRow, insert_new, wake
from shared.outbox import upsert
from shared.reading_envelopes import Arrival, Delivery, read
from shared.strict_json import Unreadable
from shared.tables import UtcDateTime, inbox, inbox_quarantine, inbox_subjects
from shared.topology import PRIVATE

SEQUENCE_TAKEN = "sequence_taken"


@dataclass(frozen=True)
class Refused:
    """A delivery that cannot be taken in, and the code that says why."""

    delivery: Delivery
    reason: str


@dataclass(frozen=True)
class Stored:
    """What became of a batch: how many events were new, how many known already, what was refused
    and is in quarantine."""

    fresh: int = 0
    repeated: int = 0
    refused: tuple[Refused, ...] = ()

    def __add__(self, other: "Stored") -> "Stored":
        fresh, repeated = self.fresh + other.fresh, self.repeated + other.repeated
        return Stored(fresh, repeated, self.refused + other.refused)


def real_now(session: Session, now: datetime) -> ColumnElement[datetime]:
    """Real time as SQL: that of the database server, on which all processes agree.

    SQLite has one process and no such clock, so there it is ``now``.
    """
    if session.get_bind().dialect.name == "postgresql":
        return func.now(type_=DateTime(timezone=True))
    return literal(now, UtcDateTime())


def store(
    session: Session,
    deliveries: Sequence[Delivery],
    *,
    now: datetime,
    trusted_users: Collection[str] = (),
) -> Stored:
    """Write a batch as it came: events into the inbox, what is unreadable into quarantine.

    An event that is known already changes nothing. One whose place in its subject is taken by
    another event is quarantined. The caller commits, and only then acknowledges. ``now`` is real.
    """
    arrivals: list[tuple[Delivery, Arrival]] = []
    refused: list[Refused] = []
    for delivery in deliveries:
        try:
            arrivals.append((delivery, read(delivery, trusted_users=trusted_users)))
        except Unreadable as reason:
            refused.append(Refused(delivery, str(reason)))
    fresh = insert_new(session, [_new_row(*one) for one in arrivals], now=now)
    wake(session, {a.event.subject for _, a in arrivals if a.event.id in fresh}, now=now)
    rest = [(delivery, a) for delivery, a in arrivals if a.event.id not in fresh]
    refused.extend(_places_taken(session, rest))
    quarantine(session, refused, now=now)
    repeated = len(deliveries) - len(fresh) - len(refused)
    return Stored(len(fresh), repeated, tuple(refused))


def quarantine(session: Session, refused: Iterable[Refused], *, now: datetime) -> None:
    """Keep what cannot be read, with its bytes; the same bytes are kept once. ``now`` is real."""
    rows = [
        {
            "reason": one.reason,
            "raw": one.delivery.raw,
            "digest": sha256(one.delivery.raw).hexdigest(),
            "properties": one.delivery.properties(),
            "received_at": now,
        }
        for one in refused
    ]
    if rows:
        statement = upsert(session.get_bind().dialect)(inbox_quarantine)
        session.execute(statement.on_conflict_do_nothing(), rows)


def start_at(session: Session, subject: str, *, applied: int) -> None:
    """Let ``subject`` begin behind sequence ``applied``, for a service that starts without the log.

    A subject that is known already stays as it is.
    """
    statement = upsert(session.get_bind().dialect)(inbox_subjects)
    session.execute(
        statement.values(subject=subject, applied=applied, parked=False).on_conflict_do_nothing()
    )


def _new_row(delivery: Delivery, arrival: Arrival) -> NewRow:
    event = arrival.event
    private = delivery.exchange == PRIVATE
    return NewRow(event.id, event.type, event.subject, event.sequence, private, arrival.body)


def _places_taken(session: Session, rest: Sequence[tuple[Delivery, Arrival]]) -> list[Refused]:
    """Those that were not inserted although their id is unknown: another event has their place."""
    if not rest:
        return []
    ids = {arrival.event.id for _, arrival in rest}
    known = set(session.scalars(select(inbox.c.event_id).where(inbox.c.event_id.in_(ids))))
    return [
        Refused(delivery, SEQUENCE_TAKEN)
        for delivery, arrival in rest
        if arrival.event.id not in known
    ]
