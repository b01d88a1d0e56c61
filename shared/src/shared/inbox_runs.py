"""What applying reads and writes: subjects are claimed, their runs are read and ticked off."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from marshmallow import ValidationError
from sqlalchemy import CompoundSelect, Select, bindparam, case, func, select, union_all, update
from sqlalchemy.orm import Session

from shared.failures import describe
from shared.handling import HANDLED, IGNORED, Row
from shared.rules import RuleBroken
from shared.tables import UtcDateTime, inbox, inbox_subjects

ATTEMPTS = 12
ATTEMPTS_LATER = 300  # Half a day: what a rule waits for comes from others, who may be away.

# Statements are made once: to make one costs more than to run it.
KEPT = case((inbox.c.private, ""), else_=inbox.c.body)  # of a body, once it is done with
TICK = (
    update(inbox)
    .where(inbox.c.event_id.in_(bindparam("ids", expanding=True)))
    .values(
        state=case(
            (inbox.c.event_id.in_(bindparam("ignored", expanding=True)), IGNORED), else_=HANDLED
        ),
        handled_at=bindparam("at"),
        body=KEPT,
    )
)
MOVE = (
    update(inbox_subjects)
    .where(inbox_subjects.c.subject == bindparam("of_subject"))
    .values({name: bindparam(name) for name in ("applied", "gap_since", "due_at", "parked")})
)


class Failure(NamedTuple):
    """The event that stopped a run, and why."""

    row: Row
    error: Exception

    @property
    def parked(self) -> bool:
        """What the service's own schema refuses will never read better; the rest has its tries."""
        most = most_attempts(self.error)
        return isinstance(self.error, ValidationError) or self.row.attempts + 1 >= most


def most_attempts(error: Exception) -> int:
    """How often to try what failed with ``error`` before it is parked."""
    return ATTEMPTS_LATER if isinstance(error, RuleBroken) and error.later else ATTEMPTS


@dataclass
class Run:
    """A subject in hand, its row locked: how far it was and is, and what became of its events."""

    subject: str
    applied: int
    gap_since: datetime | None
    rows: list[Row] = field(default_factory=list)
    outcomes: list[tuple[Row, str]] = field(default_factory=list)
    failure: Failure | None = None

    @property
    def following(self) -> Row | None:
        """The event that is next in line, present or behind a gap."""
        return next((row for row in self.rows if row.sequence > self.applied), None)


def claim(session: Session, *, most: int, now: datetime) -> list[Run]:
    """Lock the subjects that are due longest and that nobody else holds. ``now`` is real."""
    connection = session.connection()
    query = _claiming(connection.dialect.name)
    return [Run(*row) for row in connection.execute(query, {"most": most, "now": now})]


def read_rows(session: Session, runs: Sequence[Run], *, most: int) -> None:
    """Read, for each subject, the events behind the one that was applied last, and one more than
    ``most``. One statement, of which each part walks an index, however much waits behind."""
    by_subject = {run.subject: run for run in runs}
    values: dict[str, Any] = {"most": most + 1}
    for number, run in enumerate(runs):
        values |= {f"subject_{number}": run.subject, f"applied_{number}": run.applied}
    for subject, *row in session.connection().execute(_rows_of(len(runs)), values):
        by_subject[subject].rows.append(Row(*row))
    for run in runs:
        run.rows.sort(key=lambda row: row.sequence)


def tick_off(session: Session, runs: Sequence[Run], *, at: datetime) -> None:
    """Mark what was handled or ignored; what it held of personal data goes with it."""
    outcomes = [outcome for run in runs for outcome in run.outcomes]
    if outcomes:
        ids = [row.event_id for row, _ in outcomes]
        ignored = [row.event_id for row, what in outcomes if what == IGNORED]
        session.connection().execute(TICK, {"ids": ids, "ignored": ignored, "at": at})


def tick_off_stale(session: Session, run: Run, *, at: datetime) -> None:
    """Tick off what came although the subject began behind it (``inbox.start_at``)."""
    of = inbox.c
    stale = (of.subject == run.subject, of.sequence <= run.applied, of.state == "pending")
    session.execute(update(inbox).where(*stale).values(state="ignored", body=KEPT, handled_at=at))


def record(session: Session, failure: Failure) -> None:
    """Keep the failure in the row of its event."""
    session.execute(
        update(inbox)
        .where(inbox.c.event_id == failure.row.event_id)
        .values(
            attempts=failure.row.attempts + 1,
            last_error=describe(failure.error),
            state="parked" if failure.parked else "pending",
        )
    )


def move(session: Session, moved: Sequence[dict[str, Any]]) -> None:
    """Write how far each ``of_subject`` is and when to look at it again."""
    session.connection().execute(MOVE, list(moved))


def release(session: Session, subject: str, *, due_at: datetime, **values: Any) -> None:
    """Let a parked subject be looked at again."""
    of = inbox_subjects
    changed = {"parked": False, "due_at": due_at, **values}
    session.execute(update(of).where(of.c.subject == subject).values(changed))


@cache
def _claiming(dialect: str) -> Select[Any]:
    of = inbox_subjects.c
    moment = func.now() if dialect == "postgresql" else bindparam("now", type_=UtcDateTime())
    query = select(of.subject, of.applied, of.gap_since).where(of.due_at <= moment)
    return query.order_by(of.due_at).limit(bindparam("most")).with_for_update(skip_locked=True)


@cache
def _rows_of(subjects: int) -> CompoundSelect[Any]:
    """The statement that reads that many subjects; each part ends by itself."""
    return union_all(*(select(_behind(number).subquery()) for number in range(subjects)))


def _behind(number: int) -> Select[Any]:
    columns = (inbox.c[name] for name in ("subject", *Row._fields))
    query = select(*columns).where(inbox.c.subject == bindparam(f"subject_{number}"))
    query = query.where(inbox.c.sequence > bindparam(f"applied_{number}"))
    return query.order_by(inbox.c.sequence).limit(bindparam("most"))
