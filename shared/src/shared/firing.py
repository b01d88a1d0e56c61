"""Fires the timers that are due: each once, in one transaction with what its handler does."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, update
from sqlalchemy.orm import Session

from shared.applying import FIRST_RETRY_SECONDS, LAST_RETRY_SECONDS, disconnected
from shared.backoff import full_jitter
from shared.clock import Clock
from shared.failures import describe
from shared.handling import note_late
from shared.inbox import real_now
from shared.inbox_runs import most_attempts
from shared.rules import RuleBroken
from shared.subscriptions import Fired, Timers
from shared.tables import timers
from shared.transaction import Begin, Transaction
from shared.worker_metrics import LATENESS, TIMERS

log = logging.getLogger(__name__)


class HandlerFailed(Exception):
    """Carries the timer whose handler failed, out of the transaction that it undid."""

    def __init__(self, fired: Fired, attempts: int, error: Exception) -> None:
        super().__init__(fired.kind)
        self.fired = fired
        self.attempts = attempts
        self.error = error


class Firing:
    """Fires one timer at a time. Several may work at once, in threads and processes.

    ``clock`` decides what is due; ``real`` is the time by which failed timers wait for another try.
    """

    def __init__(
        self,
        *,
        service: str,
        begin: Begin[Any],
        timers: Timers,
        clock: Clock,
        real: Clock,
        wait: Callable[..., float] = full_jitter,
    ) -> None:
        self._service = service
        self._begin = begin
        self._handlers = timers
        self._clock = clock
        self._real = real
        self._wait = wait

    def fire_next(self) -> bool:
        """Fire the timer that was due first; False when none is due."""
        try:
            fired = self._fire()
        except HandlerFailed as failed:
            self._settle(failed)
            return True
        if fired is None:
            return False
        TIMERS.labels(self._service, fired.kind, "fired").inc()
        return True

    def _fire(self) -> Fired | None:
        with self._begin(now=self._clock.now()) as tx:
            tx.now = self._clock.at_claim(tx.session)
            row = tx.session.execute(self._next(tx.session, tx.now)).one_or_none()
            if row is None:
                return None
            fired = Fired(kind=row.kind, subject=row.subject, due_at=row.due_at, data=row.data)
            tx.session.execute(delete(timers).where(*_is(fired)))
            try:
                self._run(tx, fired)
            except Exception as error:
                if disconnected(error):
                    raise
                raise HandlerFailed(fired, row.attempts, error) from error
        LATENESS.labels(self._service).observe((tx.now - fired.due_at).total_seconds())
        return fired

    def _run(self, tx: Transaction, fired: Fired) -> None:
        self._handlers[fired.kind](tx, fired)
        tx.flush()

    def _next(self, session: Session, now: datetime) -> Any:
        """A kind without a handler here is left for the release that set it."""
        of = timers.c
        return (
            select(of.kind, of.subject, of.due_at, of.data, of.attempts)
            .where(*due(now, real=real_now(session, self._real.now())))
            .where(of.kind.in_(list(self._handlers)))
            .order_by(of.due_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )

    def _settle(self, failed: HandlerFailed) -> None:
        """Record why a timer did not fire. One that a rule refused came too late and is done."""
        error, fired = failed.error, failed.fired
        if isinstance(error, RuleBroken) and not error.later:
            self._give_up(fired, error)
            outcome = "late_fact"
        else:
            outcome = self._retry(failed)
        TIMERS.labels(self._service, fired.kind, outcome).inc()
        about = {"kind": fired.kind, "subject": fired.subject, "due_at": fired.due_at}
        log.warning("timer %s: %s", outcome, describe(error), extra=about)

    def _give_up(self, fired: Fired, broken: RuleBroken) -> None:
        with self._begin(now=self._clock.now()) as tx:
            tx.now = self._clock.at_claim(tx.session)
            if tx.session.execute(delete(timers).where(*_is(fired))).rowcount:
                note_late(tx, fired.subject, broken, timer=fired.kind, due_at=fired.due_at)

    def _retry(self, failed: HandlerFailed) -> str:
        error = failed.error
        attempts = failed.attempts + 1
        parked = attempts >= most_attempts(error)
        seconds = self._wait(attempts, first=FIRST_RETRY_SECONDS, cap=LAST_RETRY_SECONDS)
        with self._begin(now=self._clock.now()) as tx:
            retry_at = self._real.at_claim(tx.session) + timedelta(seconds=seconds)
            tx.session.execute(
                update(timers)
                .where(*_is(failed.fired), timers.c.attempts == failed.attempts)
                .values(
                    attempts=attempts,
                    parked=parked,
                    retry_at=None if parked else retry_at,
                    last_error=describe(error),
                )
            )
        return "parked" if parked else "retried"


def due(now: datetime, *, real: ColumnElement[datetime]) -> tuple[ColumnElement[bool], ...]:
    """Which timers may fire: due by the service's clock, not parked, not waiting for a retry."""
    of = timers.c
    return (of.due_at <= now, ~of.parked, or_(of.retry_at.is_(None), of.retry_at <= real))


def _is(fired: Fired) -> tuple[ColumnElement[bool], ...]:
    """This timer and not one that replaced it."""
    of = timers.c
    return of.kind == fired.kind, of.subject == fired.subject, of.due_at == fired.due_at
