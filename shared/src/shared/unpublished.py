"""The part of the outbox that the world has not heard: read it, mark it, measure it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    CursorResult,
    Row,
    any_,
    case,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.orm import Session

from shared.tables import outbox

COUNTED = 10_000
COLUMNS = (
    outbox.c.position,
    outbox.c.event_id,
    outbox.c.type,
    outbox.c.private,
    outbox.c.body,
    outbox.c.created_at,
)


@dataclass(frozen=True)
class Backlog:
    """What waits in an outbox: ``count`` of at most COUNTED, and when the first event happened."""

    count: int
    oldest: datetime | None

    def age_seconds(self, now: datetime) -> float:
        """How long the oldest event has been waiting; 0 when there is none."""
        return max(0.0, (now - self.oldest).total_seconds()) if self.oldest else 0.0


def pending(session: Session) -> Backlog:
    """The backlog of the outbox, for readiness and metrics; it costs the same however long."""
    waiting = select(outbox.c.created_at).where(outbox.c.published_at.is_(None))
    first = session.scalar(waiting.order_by(outbox.c.position).limit(1))
    count = session.scalar(select(func.count()).select_from(waiting.limit(COUNTED).subquery()))
    return Backlog(count or 0, first)


def oldest(session: Session, *, limit: int, without: Sequence[int] = ()) -> list[Row[Any]]:
    """The first ``limit`` unpublished rows in order of position, but those ``without``.

    Never "behind the last one read": a position is taken before its commit, so a lower one may
    appear later.
    """
    query = (
        select(*COLUMNS)
        .where(outbox.c.published_at.is_(None), ~_among(session, without))
        .order_by(outbox.c.position)
        .limit(limit)
    )
    return list(session.execute(query))


def mark(
    session: Session, rows: Sequence[Row[Any]], *, at: datetime, only_if: ColumnElement[bool]
) -> int:
    """Mark ``rows`` published at ``at`` in one statement and empty the bodies of private ones.

    Returns how many were marked: none when the condition ``only_if`` does not hold any more.
    """
    values: dict[str, Any] = {"published_at": at}
    if any(row.private for row in rows):
        values["body"] = case((outbox.c.private, ""), else_=outbox.c.body)
    these = _among(session, [row.position for row in rows])
    statement = update(outbox).where(these, only_if).values(values)
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def _among(session: Session, positions: Sequence[int]) -> ColumnElement[bool]:
    """Whether a row's position is one of ``positions``: one array where the database has arrays,
    which is several times cheaper than a parameter for each."""
    if session.get_bind().dialect.name == "postgresql":
        return outbox.c.position == any_(literal(positions, ARRAY(BigInteger)))
    return outbox.c.position.in_(positions)
