"""A service on SQLite that hears of complaints and whose handler fails as told.

Only for tests.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from marshmallow import EXCLUDE, Schema, fields
from sqlalchemy import Column, MetaData, String, Table, insert, select, text

from shared.applying import Applier
from shared.clock import SimulatedClock
from shared.envelope import Received
from shared.inbox import store
from shared.reading_envelopes import Delivery
from shared.subscriptions import Subscription
from shared.tables import inbox, inbox_subjects
from shared.testing import memory
from shared.transaction import Transaction, beginner

BUSINESS_NOW = datetime(2031, 5, 1, 8, 0, tzinfo=UTC)
REAL_NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
state = MetaData()
seen = Table("seen", state, Column("what", String, primary_key=True))


class Reading(Schema):
    class Meta:
        unknown = EXCLUDE

    text = fields.String(required=True)


@dataclass(frozen=True)
class WorkOrderOpened:
    type: ClassVar[str] = "dispatch.work_order_opened.v1"
    subject: ClassVar[str] = "work_order/{work_order_id}"
    work_order_id: str


def note_it(tx: Transaction, event: Received, _data: dict[str, Any]) -> None:
    """Leaves a row and an event behind, so that what is undone can be seen."""
    tx.session.execute(insert(seen).values(what=f"{event.subject}#{event.sequence}"))
    tx.emit(WorkOrderOpened(event.subject.partition("/")[2]))


class Bench:
    """A service that hears of complaints, with a real clock that the test moves."""

    def __init__(self, tmp_path: Path) -> None:
        self.sessions = memory(state)
        self.real = SimulatedClock(tmp_path / "real.json", REAL_NOW)
        self.before: Callable[[Received], None] = lambda _event: None
        self.after: Callable[[Received], None] = lambda _event: None
        self.told = 0
        self.applier = Applier(
            service="dispatch",
            begin=beginner(self.sessions, Transaction, "dispatch", told=self._tell),
            subscriptions={"complaint.filed.v1": Subscription(Reading(), self._handle)},
            clock=SimulatedClock(tmp_path / "business.json", BUSINESS_NOW),
            real=self.real,
            wait=lambda attempt, *, first, cap: min(cap, first * 2 ** (attempt - 1)),
        )

    def store(self, *deliveries: Delivery) -> None:
        with self.sessions.begin() as session:
            store(session, deliveries, now=self.real.now())

    def apply(self) -> None:
        while self.applier.apply_next():
            pass

    def later(self, seconds: float) -> None:
        self.real.move(self.real.now() + timedelta(seconds=seconds))

    def rows(self, query: Any) -> list[tuple[Any, ...]]:
        with self.sessions() as session:
            return [tuple(row) for row in session.execute(query)]

    @property
    def seen(self) -> list[str]:
        return [what for (what,) in self.rows(select(seen.c.what).order_by(text("rowid")))]

    def subject(self, subject: str = "complaint/1") -> tuple[Any, ...]:
        of = inbox_subjects.c
        columns = (of.applied, of.due_at, of.gap_since, of.parked)
        (row,) = self.rows(select(*columns).where(of.subject == subject))
        return row

    def states(self) -> list[tuple[int, str]]:
        of = inbox.c
        return self.rows(select(of.sequence, of.state).order_by(of.subject, of.sequence))

    def _tell(self) -> None:
        self.told += 1

    def _handle(self, tx: Transaction, event: Received, data: dict[str, Any]) -> None:
        self.before(event)
        note_it(tx, event, data)
        self.after(event)


def failing(*, at: int, times: int = 10**9, error: Exception | None = None) -> Any:
    counter = Counter[str]()

    def fail(event: Received) -> None:
        if event.sequence == at and counter["failures"] < times:
            counter["failures"] += 1
            raise error or ZeroDivisionError

    return fail
