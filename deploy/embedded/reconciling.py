"""Hold the outboxes of all services against the inboxes of those who listen."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session, sessionmaker

from shared.housekeeping import PUBLISHED
from shared.tables import inbox, inbox_quarantine, outbox, timers
from shared.topology import subscribers
from shared.transaction import reading

DONE = ("handled", "ignored")


class Kept(Protocol):
    """What one service keeps: Parts, or whatever else reads its database."""

    @property
    def sessions(self) -> sessionmaker[Session]: ...


@dataclass(frozen=True)
class Reconciliation:
    """``missing``: told and not handled by a listener. ``unexpected``: handled and told by nobody.
    An inbox has one row an event by its primary key, so handled means handled once."""

    told: int
    handled: int
    missing: list[str]
    unexpected: list[str]
    unpublished: int
    parked: int
    quarantined: int

    @property
    def clean(self) -> bool:
        return not (
            self.missing or self.unexpected or self.unpublished or self.parked or self.quarantined
        )

    def to_data(self) -> dict[str, Any]:
        return {**asdict(self), "clean": self.clean}


def reconcile(parts: Mapping[str, Kept]) -> Reconciliation:
    """Compare what every service told with what every listener has handled."""
    expected = {
        (listener, event_id)
        for name in parts
        for event_id, type_, private in _told(parts[name])
        for listener in subscribers(type_, private=private)
    }
    got = {name: _states(parts[name]) for name in parts}
    handled = {(name, id_) for name, ids in got.items() for id_, state in ids if state in DONE}
    return Reconciliation(
        told=sum(len(_told(one)) for one in parts.values()),
        handled=len(handled),
        missing=sorted(f"{name} {id_}" for name, id_ in expected - handled),
        unexpected=sorted(f"{name} {id_}" for name, id_ in handled - expected),
        unpublished=sum(
            _count(one, outbox, outbox.c.published_at.is_(None)) for one in parts.values()
        ),
        parked=sum(1 for ids in got.values() for _, state in ids if state == "parked")
        + sum(_count(one, timers, timers.c.parked) for one in parts.values()),
        quarantined=sum(_count(one, inbox_quarantine) for one in parts.values()),
    )


def _told(parts: Kept) -> list[Any]:
    with reading(parts.sessions) as session:
        return list(session.execute(select(outbox.c.event_id, outbox.c.type, outbox.c.private)))


def _states(parts: Kept) -> list[Any]:
    """Only what came while its outbox row is sure to be still there."""
    since = datetime.now(UTC) - PUBLISHED
    query = select(inbox.c.event_id, inbox.c.state).where(inbox.c.received_at > since)
    with reading(parts.sessions) as session:
        return list(session.execute(query))


def _count(parts: Kept, table: Table, *conditions: Any) -> int:
    with reading(parts.sessions) as session:
        return session.scalars(select(func.count()).select_from(table).where(*conditions)).one()
