"""A service's worker: consumer, appliers and timers, each in a thread of its own.

``jobs`` are further loops of the service, such as the sending of messages.
"""

import logging
import signal
import threading
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from shared.applying import Applier
from shared.clock import Clock, SystemClock
from shared.consuming import Consumer
from shared.firing import Firing
from shared.loops import Loop
from shared.memory_broker import receipts
from shared.storing import Storer
from shared.subscriptions import Subscriptions, Timers
from shared.transaction import Begin, reading
from shared.worker_watch import Watch, is_idle

log = logging.getLogger(__name__)

STOP_SECONDS = 20.0
POLL_SECONDS = 1.0  # Wake-ups make it faster; this alone is enough.
TIMER_SECONDS = 0.25
WATCH_SECONDS = 5.0
DEAF_TRIES = 3


@dataclass(frozen=True)
class Job:
    """Another loop in the worker. ``work`` does one piece and returns False when there is none; it
    looks at the event that it is given and returns soon once that is set."""

    name: str
    work: Callable[[threading.Event], bool]
    rest: float = POLL_SECONDS


class Worker:
    """``start`` and ``stop``, or ``run`` until a signal. Health is for readiness, never for HTTP.

    ``clock`` is the service's; retries, leases and the inbox always go by real time.
    ``trusted_users`` are users of the broker that may publish for every service.
    """

    def __init__(
        self,
        *,
        service: str,
        sessions: sessionmaker[Session],
        begin: Begin[Any],
        clock: Clock,
        subscriptions: Subscriptions,
        timers: Timers,
        broker_url: str,
        appliers: int = 1,
        jobs: Sequence[Job] = (),
        trusted_users: Collection[str] = (),
        real: Clock | None = None,
    ) -> None:
        self.service = service
        self._sessions = sessions
        self._clock = clock
        self._real = real or SystemClock()
        self._stopping = threading.Event()
        self._asked = False
        common: dict[str, Any] = {
            "service": service,
            "begin": begin,
            "clock": clock,
            "real": self._real,
        }
        applier = Applier(subscriptions=subscriptions, **common)
        firing = Firing(timers=timers, **common)
        watch = Watch(service=service, sessions=sessions, real=self._real)
        self._appliers = [
            self._loop(f"applier-{n}", applier.apply_next, POLL_SECONDS) for n in range(appliers)
        ]
        self._timers = self._loop("timers", firing.fire_next, TIMER_SECONDS)
        self._others = [
            self._loop("watch", watch.look, WATCH_SECONDS),
            *(self._loop(job.name, self._bound(job), job.rest) for job in jobs),
        ]
        storer = Storer(
            service=service,
            sessions=sessions,
            real=self._real,
            wake=self.wake,
            on_stored=self._confirm,
            trusted_users=trusted_users,
        )
        self._consumer = Consumer(service=service, url=broker_url, storer=storer)
        self._consuming = threading.Thread(
            target=self._consumer.run, name=f"{service}-consumer", daemon=True
        )

    def start(self) -> None:
        """Start every thread; returns at once, also while broker and database are away."""
        self._consuming.start()
        for loop in self._loops:
            loop.start()

    def stop(self, seconds: float = STOP_SECONDS) -> bool:
        """Finish what is in hand; False when something did not within ``seconds``.

        What is not finished is not lost: its transaction ends with the process.
        """
        until = time.monotonic() + seconds
        self._stopping.set()
        self._consumer.stop()
        for loop in self._loops:
            loop.stop()
        self._consuming.join(max(0.0, until - time.monotonic()))
        ended = [loop.join(until) for loop in self._loops]
        return all(ended) and not self._consuming.is_alive()

    def run(self) -> int:
        """Work until SIGTERM or SIGINT, from the main thread; returns the exit code.

        1 when something did not stop in time, or when the broker holds messages for us and has
        repeatedly delivered none, which a fresh process may cure.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)
        self.start()
        while not self._asked and not self.deaf:
            time.sleep(0.1)
        return 0 if self.stop() and not self.deaf else 1

    def wake(self) -> None:
        """Look for work now: something was stored, or the clock was moved."""
        for loop in (*self._appliers, self._timers):
            loop.wake()

    def checks(self) -> dict[str, bool]:
        """What must be true for the worker to be ready, by name."""
        return {
            "consumer": self._consuming.is_alive() and self._consumer.alive,
            "threads": all(loop.alive for loop in self._loops),
            "database": self._database_answers(),
        }

    def idle(self, session: Session) -> bool:
        """Whether nothing is left to do at the present time of the clock (see ``is_idle``)."""
        return is_idle(session, now=self._clock.now(), real=self._real.now())

    @property
    def _loops(self) -> list[Loop]:
        return [*self._appliers, self._timers, *self._others]

    @property
    def deaf(self) -> bool:
        """Whether the broker has, over several links, held messages for us and delivered none."""
        return self._consumer.deaf_in_a_row >= DEAF_TRIES

    def _confirm(self, event_ids: Sequence[UUID]) -> None:
        """Tell a publisher in this process, which waits for nothing else; elsewhere nobody asks."""
        for event_id in event_ids:
            receipts.confirm(self.service, event_id)

    def _ask(self, _number: int, _frame: Any) -> None:
        self._asked = True

    def _loop(self, name: str, work: Callable[[], bool], rest: float) -> Loop:
        return Loop(f"{self.service}-{name}", work, rest=rest)

    def _bound(self, job: Job) -> Callable[[], bool]:
        return lambda: job.work(self._stopping)

    def _database_answers(self) -> bool:
        try:
            with reading(self._sessions) as session:
                session.execute(select(1))
        except SQLAlchemyError:
            return False
        return True
