"""Send what the outbox holds, oldest first, until told to stop.

At least once: a crash between confirmation and mark sends again, and inboxes drop the repeat.
"""

import logging
import os
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from sqlalchemy import Row
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from shared.backoff import full_jitter
from shared.clock import Clock
from shared.failures import describe
from shared.ids import new_id
from shared.leases import Lease
from shared.outgoing import OnTheirWay, Publishes, PublishFailed
from shared.relay_metrics import ACTIVE, BLOCKED, FAILURES, OLDEST, PENDING, PUBLISHED
from shared.transaction import reading
from shared.unpublished import Backlog, mark, oldest, pending

__all__ = ["Backlog", "LeaseLost", "Relay", "pending"]

LEASE_SECONDS = 10.0
BATCH = 500
BATCHES_ON_THEIR_WAY = 2  # While one is marked, the next is on the wire.
POLL_SECONDS = 1.0
TOGETHER_SECONDS = 0.015  # Rounds begin no closer together, so that commits in a row share one.
SLICE_SECONDS = 0.5  # How long to wait for confirmations before looking after the lease.
STOP_SECONDS = 10.0  # How long a stopping relay waits for what is on its way.
SHORTEST_PAUSE, LONGEST_PAUSE = 0.1, 5.0

log = logging.getLogger(__name__)


class LeaseLost(Exception):
    """Another relay took over; what is on its way is left for it to send again."""


class Relay:
    """Publishes one service's outbox while it holds the lease; a second one stands by.

    ``connect`` makes a publisher and raises PublishFailed when the broker is away. ``clock`` gives
    ``published_at``. No transaction is open while anything is on the wire.
    """

    def __init__(
        self,
        sessions: sessionmaker[Session],
        connect: Callable[[], Publishes],
        *,
        service: str,
        clock: Clock,
        batch: int = BATCH,
        poll_seconds: float = POLL_SECONDS,
        lease_seconds: float = LEASE_SECONDS,
        together_seconds: float = TOGETHER_SECONDS,
    ) -> None:
        self._sessions = sessions
        self._connect = connect
        self._service = service
        self._clock = clock
        self._batch = batch
        self._poll = poll_seconds
        self._together = together_seconds
        holder = f"{socket.gethostname()}/{os.getpid()}/{new_id()}"
        self._lease = Lease(sessions, "relay", holder=holder, seconds=lease_seconds)
        self._publisher: Publishes | None = None
        self._way: deque[tuple[list[Row[Any]], OnTheirWay]] = deque()
        self._failures = 0
        self._observe_at = 0.0
        self._woken = threading.Event()
        self._stopping = threading.Event()

    def wake(self) -> None:
        """There is something to send. Cheap, from any thread; without it a poll finds it."""
        self._woken.set()

    def stop(self) -> None:
        """Finish what is on its way and return from ``run``. Not for a signal handler: the thread
        that it interrupts may hold the lock of the event."""
        self._stopping.set()
        self._woken.set()

    def checks(self) -> dict[str, bool]:
        """What must be well for the relay to be ready. The broker may be away: rows wait."""
        try:
            with reading(self._sessions) as session:
                pending(session)
        except SQLAlchemyError:
            return {"database": False}
        return {"database": True}

    def run(self) -> None:
        """Relay until ``stop``. Whatever fails is tried again, for ever, with growing pauses."""
        while not self._stopping.is_set():
            self._woken.clear()
            begun = time.monotonic()
            try:
                self.relay_once()
            except Exception as error:  # noqa: BLE001 - a relay that ends is an outbox that grows.
                self._recover(error)
            else:
                self._woken.wait(self._poll)
                self._stopping.wait(begun + self._together - time.monotonic())
        self._leave()

    def relay_once(self) -> None:
        """Send and mark what is pending, if the lease is held; what commits meanwhile is left to
        the next call unless the batch was full.

        Raises PublishFailed, LeaseLost or what the database raises; then what was on its way is
        still pending, and the next call sends it again.
        """
        self._observe()
        held = self._lease.hold()
        ACTIVE.labels(self._service).set(held)
        if held:
            self._drain()

    def _drain(self) -> None:
        more = True  # Behind a batch that is not full nothing was pending a moment ago.
        while True:
            self._keep()
            while more and len(self._way) < BATCHES_ON_THEIR_WAY:
                more = self._send() == self._batch
            if not self._way:
                return
            rows, sent = self._way[0]
            self._await(sent)
            self._mark(rows)
            self._way.popleft()

    def _send(self) -> int:
        """Put the next batch on its way; returns how many rows there were."""
        if self._stopping.is_set():
            return 0
        on_their_way = [row.position for rows, _ in self._way for row in rows]
        with reading(self._sessions) as session:
            rows = oldest(session, limit=self._batch, without=on_their_way)
        if rows:
            self._publisher = self._publisher or self._connect()
            self._way.append((rows, self._publisher.send(rows)))
        return len(rows)

    def _await(self, sent: OnTheirWay) -> None:
        give_up = time.monotonic() + STOP_SECONDS
        while not sent.wait(SLICE_SECONDS):
            BLOCKED.labels(self._service).set(
                self._publisher is not None and self._publisher.blocked
            )
            if self._stopping.is_set() and time.monotonic() > give_up:
                raise PublishFailed("stopped before the broker confirmed")
            self._keep()
        BLOCKED.labels(self._service).set(0)

    def _keep(self) -> None:
        """Renew the lease and the metrics when it is time."""
        self._observe()
        if not self._lease.hold():
            raise LeaseLost("another relay took over")

    def _mark(self, rows: list[Row[Any]]) -> None:
        fence, now = self._lease.fence(), self._clock.now()
        with self._sessions.begin() as session:
            marked = mark(session, rows, at=now, only_if=fence)
        if marked != len(rows):
            raise LeaseLost("another relay took over")
        self._failures = 0
        PUBLISHED.labels(self._service).inc(marked)

    def _recover(self, error: Exception) -> None:
        self._failures += 1
        FAILURES.labels(self._service).inc()
        log.warning(
            "relay starts over",
            extra={"service": self._service, "error": _why(error), "failures": self._failures},
        )
        self._lease.lost()
        self._disconnect()
        self._stopping.wait(full_jitter(self._failures, first=SHORTEST_PAUSE, cap=LONGEST_PAUSE))

    def _observe(self) -> None:
        """Tell the metrics how long the outbox is, at most once a second."""
        if time.monotonic() < self._observe_at:
            return
        self._observe_at = time.monotonic() + POLL_SECONDS
        try:
            with reading(self._sessions) as session:
                backlog = pending(session)
        except SQLAlchemyError as error:
            log.warning("the outbox was not measured", extra={"error": type(error).__name__})
            return
        PENDING.labels(self._service).set(backlog.count)
        OLDEST.labels(self._service).set(backlog.age_seconds(self._clock.now()))

    def _leave(self) -> None:
        self._disconnect()
        ACTIVE.labels(self._service).set(0)
        try:
            self._lease.release()
        except SQLAlchemyError as error:
            log.warning("the lease ends by itself", extra={"error": type(error).__name__})

    def _disconnect(self) -> None:
        self._way.clear()
        publisher, self._publisher = self._publisher, None
        if publisher is None:
            return
        try:
            publisher.close()
        except Exception as error:  # noqa: BLE001 - the link is given up either way.
            log.warning("a link ended badly", extra={"error": describe(error)})


def _why(error: Exception) -> str:
    """Our own errors say why and hold nothing of an event; of others only the class is told."""
    return str(error) if isinstance(error, PublishFailed | LeaseLost) else describe(error)
