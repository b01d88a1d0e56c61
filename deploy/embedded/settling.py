"""Wait until four services have nothing left to do, and move simulated time step by step."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from shared import timers as timer_rows
from shared.clock import SimulatedClock
from shared.runtime import Parts
from shared.tables import inbox_subjects, outbox, timers
from shared.transaction import reading

PATIENCE_SECONDS = 60.0
SHORTEST_PAUSE, LONGEST_PAUSE = 0.005, 0.05  # Looking costs those who work.

Signature = tuple[Any, ...]


class NotSettled(Exception):
    """Work is left and nothing has moved for a minute; the text counts what is left by service."""


class Settling:
    """Knows when all services are at rest at the present time of the clock."""

    def __init__(self, parts: Mapping[str, Parts]) -> None:
        self._parts = parts

    def wait(self) -> None:
        """Return when nothing is left to send, to apply, to fire or to carry out.

        Services are looked at one after the other, so one look is not enough: two looks that find
        everybody at rest, with nothing done in between, are. Raises NotSettled.
        """
        seen, since, pause = None, time.monotonic(), SHORTEST_PAUSE
        while True:
            left, signature = self._look()
            if not any(left.values()) and signature == seen:
                return
            if signature != seen:
                seen, since = signature, time.monotonic()
            elif time.monotonic() - since > PATIENCE_SECONDS:
                raise NotSettled(f"left over: {left}")
            time.sleep(pause)
            pause = min(LONGEST_PAUSE, pause * 2)

    def next_due(self) -> datetime | None:
        """When the earliest timer of any service is due."""
        found = []
        for parts in self._parts.values():
            with reading(parts.sessions) as session:
                found.append(timer_rows.earliest(session))
        return min((due for due in found if due is not None), default=None)

    def _look(self) -> tuple[dict[str, int], Signature]:
        left: dict[str, int] = {}
        signature: list[Any] = []
        for name, parts in self._parts.items():
            with reading(parts.sessions) as session:
                left[name] = _left(session, parts)
                signature.append(_signature(session))
        return left, tuple(signature)


def _left(session: Session, parts: Parts) -> int:
    now = parts.clock.now()
    queries = (
        select(func.count()).select_from(outbox).where(outbox.c.published_at.is_(None)),
        select(func.count())
        .select_from(inbox_subjects)
        .where(inbox_subjects.c.due_at.is_not(None)),
        select(func.count()).select_from(timers).where(timers.c.due_at <= now, ~timers.c.parked),
    )
    rows = sum(session.scalars(query).one() for query in queries)
    return rows + parts.service.unfinished(session, now)


def _signature(session: Session) -> Signature:
    return (
        session.scalars(select(func.max(outbox.c.position))).one(),
        session.scalars(text("SELECT max(rowid) FROM inbox")).one(),  # without reading the table
        session.scalars(select(func.count()).select_from(timers)).one(),
    )


def move(
    clock: SimulatedClock,
    settling: Settling,
    target: datetime,
    *,
    moved: Callable[[], None],
) -> int:
    """Move ``clock`` to ``target`` so that each timer fires at its own due time, in order.

    Returns how many stops were made. Raises ValueError when ``target`` lies in the past.
    """
    if target < clock.now():
        raise ValueError(f"the clock stands at {clock.now().isoformat()} and cannot go back")
    stops = 0
    while True:
        settling.wait()
        due = settling.next_due()
        if due is None or due > target:
            break
        clock.move(max(due, clock.now()))
        moved()
        stops += 1
    clock.move(target)
    moved()
    settling.wait()
    return stops
