"""Applies the events of the inbox: each once, in the order of its subject, in one transaction."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from shared.backoff import full_jitter
from shared.clock import Clock
from shared.failures import describe
from shared.handling import Row, handle
from shared.inbox_runs import (
    Failure,
    Run,
    claim,
    move,
    read_rows,
    record,
    tick_off,
    tick_off_stale,
)
from shared.subscriptions import Subscriptions
from shared.transaction import Begin, Transaction
from shared.worker_metrics import EVENTS as EVENTS_TOTAL

log = logging.getLogger(__name__)

SUBJECTS = 10  # How many are taken in hand at once, and at most how many events of them together:
EVENTS = 20  # a transaction holds what its handlers lock until its end.
FIRST_RETRY_SECONDS = 1.0
LAST_RETRY_SECONDS = 300.0


class Applier:
    """Takes due subjects in hand. Several appliers may work at once, in threads and processes.

    ``clock`` gives the time that handlers see; ``real`` the time by which retries wait.
    """

    def __init__(
        self,
        *,
        service: str,
        begin: Begin[Any],
        subscriptions: Subscriptions,
        clock: Clock,
        real: Clock,
        wait: Callable[..., float] = full_jitter,
    ) -> None:
        self._service = service
        self._begin = begin
        self._subscriptions = subscriptions
        self._clock = clock
        self._real = real
        self._wait = wait

    def apply_next(self) -> bool:
        """Apply the next events of the subjects that are due longest; False when none is due.

        They are tried in one transaction. Where a handler fails, that is undone and all is repeated
        with a savepoint around each event, so that only the failing one is undone.
        """
        try:
            return self._apply(careful=False)
        except Exception as error:
            if disconnected(error):
                raise
            return self._apply(careful=True)

    def _apply(self, *, careful: bool) -> bool:
        with self._begin(now=self._clock.now()) as tx:
            runs = claim(tx.session, most=SUBJECTS, now=self._real.now())
            if not runs:
                return False
            tx.now = self._clock.at_claim(tx.session)
            done = self._handle(tx, runs, careful=careful)
            tick_off(tx.session, done, at=tx.now)
            move(tx.session, [self._settle(tx.session, run) for run in done])
        for run in done:
            self._count(run)
        return True

    def _handle(self, tx: Transaction, runs: Sequence[Run], *, careful: bool) -> list[Run]:
        """Handle at most EVENTS events; subjects that were not come to stay as due as they were."""
        read_rows(tx.session, runs, most=EVENTS)
        left = EVENTS
        done = []
        for run in runs:
            for row in run.rows[:left]:
                if not self._advance(tx, run, row, careful=careful):
                    break
            done.append(run)
            left -= len(run.outcomes)
            if left == 0:
                break
        return done

    def _advance(self, tx: Transaction, run: Run, row: Row, *, careful: bool) -> bool:
        """Handle ``row`` if it is next in line; False when the run ends before or with it."""
        if row.sequence != run.applied + 1 or row.state != "pending":
            return False
        try:
            outcome = handle(tx, row, self._subscriptions, careful=careful)
        except Exception as error:
            if not careful or disconnected(error):
                raise
            run.failure = Failure(row, error)
            return False
        run.applied = row.sequence
        run.outcomes.append((row, outcome))
        return True

    def _settle(self, session: Session, run: Run) -> dict[str, Any]:
        """When to look at the subject again: at once for more of the run, after a failure later or,
        when that is parked, never; behind a gap, when the next event comes."""
        due_at = gap_since = None
        following = run.following
        if run.failure is not None:
            record(session, run.failure)
            due_at = self._retry_at(session, run.failure)
        elif following is None and not run.rows:
            tick_off_stale(session, run, at=self._clock.at_claim(session))
        elif following is not None and following.sequence > run.applied + 1:
            gap_since = run.gap_since or self._real.at_claim(session)
        elif following is not None:
            due_at = self._real.at_claim(session)
        return {
            "of_subject": run.subject,
            "applied": run.applied,
            "due_at": due_at,
            "gap_since": gap_since,
            "parked": run.failure is not None and run.failure.parked,
        }

    def _retry_at(self, session: Session, failure: Failure) -> datetime | None:
        if failure.parked:
            return None
        seconds = self._wait(
            failure.row.attempts + 1, first=FIRST_RETRY_SECONDS, cap=LAST_RETRY_SECONDS
        )
        return self._real.at_claim(session) + timedelta(seconds=seconds)

    def _count(self, run: Run) -> None:
        for row, outcome in run.outcomes:
            EVENTS_TOTAL.labels(self._service, self._label(row.type), outcome).inc()
        if run.failure is None:
            return
        row, error = run.failure
        outcome = "parked" if run.failure.parked else "retried"
        EVENTS_TOTAL.labels(self._service, self._label(row.type), outcome).inc()
        about = {"type": row.type, "subject": run.subject, "sequence": row.sequence}
        log.warning("event %s: %s", outcome, describe(error), extra=about)

    def _label(self, type_: str) -> str:
        """Types that nobody subscribed to share a name, or others could make endless figures."""
        return type_ if type_ in self._subscriptions else "other"


def disconnected(error: BaseException) -> bool:
    """Whether the database went away: nothing can be recorded, and it is no fault of the event."""
    return isinstance(error, DBAPIError) and error.connection_invalidated
