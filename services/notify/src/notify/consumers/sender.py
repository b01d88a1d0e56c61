"""The loop that sends what was planned: several messages at once, outside any transaction.

One thread has the ledger in its hands: it keeps what channels answered and claims what is next, all
of it in one transaction. The channels themselves are called by a few other threads, which touch no
database. So a receiver that hangs holds up one thread, and of its lane nothing else is in hand.
"""

import logging
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from queue import Empty, SimpleQueue
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session, sessionmaker

from notify.adapters.queue import any_due
from notify.adapters.transaction import NotifyTransaction
from notify.domain.delivery import Desk, Outcome, Parcel
from notify.domain.lanes import LaneBook
from notify.use_cases.queueing import next_messages
from notify.use_cases.sending import claim, conclude
from shared.applying import disconnected
from shared.clock import Clock
from shared.failures import describe
from shared.transaction import Begin, reading

log = logging.getLogger(__name__)

PUT_OFF = timedelta(minutes=10)
LEFT_SECONDS = 1.0  # How often, at work, one looks for what others left in the middle of sending.
GATHER_SECONDS = 0.005
LOOK_SECONDS = 0.2  # How often one looks for something new while nobody answers.


class Answer(NamedTuple):
    """What a channel said, None where it broke, and after how many seconds."""

    parcel: Parcel
    outcome: Outcome | None
    seconds: float


@dataclass(kw_only=True, eq=False)
class Sender:
    """Several may work at once, in processes of their own. ``clock`` is the service's; ``real`` is
    for retries and leases. ``hands`` is how many messages channels have at once."""

    sessions: sessionmaker[Session]
    begin: Begin[NotifyTransaction]
    clock: Clock
    real: Clock
    desk: Desk
    hands: int = 1
    _book: LaneBook = field(default_factory=LaneBook, init=False)
    _out: dict[UUID, Parcel] = field(default_factory=dict, init=False)
    _kept: list[Answer] = field(default_factory=list, init=False)  # They are not entered yet.
    _left_at: float = field(default=0.0, init=False)
    _answers: "SimpleQueue[Answer]" = field(default_factory=SimpleQueue, init=False)

    def send_next(self, stop: threading.Event) -> bool:
        """Send what is due, until nothing is due and nothing in hand; False when nothing was due.

        Once ``stop`` is set nothing more is claimed, and what is in hand is waited for. A process
        that dies leaves it in the state ``sending``, and whoever finds it there when its lease has
        run out sends it again or marks it as of unknown fate.
        """
        worked = False
        more = True
        while more or self._out or self._kept:
            answered = bool(self._kept)
            more = self._turn(0 if stop.is_set() else self.hands - len(self._out))
            worked = worked or more or answered
            if self._out:
                self._listen()
        return worked

    def _turn(self, room: int) -> bool:
        """Enter what was answered and put as much in hand as there is ``room``; False when nothing
        was found that one could do."""
        if not self._kept and not (room and self._any_due()):
            return False
        try:
            claimed, found = self._enter(room, careful=False)
        except Exception as error:
            if disconnected(error):
                raise
            claimed, found = self._enter(room, careful=True)
        self._kept.clear()
        for parcel in claimed:
            self._hand_over(parcel)
        return found

    def _any_due(self) -> bool:
        with reading(self.sessions) as session:
            return any_due(session, self.real.now())

    def _enter(self, room: int, *, careful: bool) -> tuple[list[Parcel], bool]:
        """What is in hand now, and whether anything was looked at. ``careful`` sets a savepoint for
        each message, so that only one with which something is wrong is left as it was."""
        with self.begin(now=self.clock.now()) as tx:
            tx.now = self.clock.at_claim(tx.session)
            real = tx.now if self.real is self.clock else self.real.at_claim(tx.session)
            self._conclude(tx, real, careful=careful)
            return self._claim(tx, room, real, careful=careful) if room else ([], False)

    def _conclude(self, tx: NotifyTransaction, real: datetime, *, careful: bool) -> None:
        if not careful:
            tx.messages.lock([one.parcel.message_id for one in self._kept])
        for parcel, outcome, _ in self._kept:
            with self._watched(tx, parcel.message_id, careful=careful):
                if outcome is not None:
                    conclude(tx, self.desk, parcel, outcome, real=real)

    def _claim(
        self, tx: NotifyTransaction, room: int, real: datetime, *, careful: bool
    ) -> tuple[list[Parcel], bool]:
        busy = {one.lane for one in self._out.values()}
        tx.session.flush()  # What is chosen depends on what was concluded.
        left = not self._kept or time.monotonic() >= self._left_at
        if left:
            self._left_at = time.monotonic() + LEFT_SECONDS
        elif not any_due(tx.session, real):
            return [], False
        busy_or_slow = busy | self._too_slow()
        ids = next_messages(
            tx, self.desk, self._book, busy=busy_or_slow, most=room, real=real, left=left
        )
        claimed: list[Parcel] = []
        found = 0
        for some in [[one] for one in ids] if careful else [ids]:
            with self._watched(tx, *some, careful=careful, until=real + PUT_OFF):
                messages = tx.messages.due(some, real)
                persons = {one.person_id for one in messages}
                tx.contacts.read(persons)
                tx.preferences.read(persons)
                found += len(messages)
                parcels = [claim(tx, self.desk, one, busy=busy, real=real) for one in messages]
                claimed += filter(None, parcels)
        return claimed, bool(found)

    @contextmanager
    def _watched(
        self,
        tx: NotifyTransaction,
        *message_ids: UUID,
        careful: bool,
        until: datetime | None = None,
    ) -> Iterator[None]:
        """What fails is undone alone, when one is ``careful``, and not looked at ``until`` then."""
        if not careful:
            yield
            return
        try:
            with tx.apart():
                yield
        except Exception as error:
            if disconnected(error):
                raise
            (left,) = message_ids
            log.warning("message left: %s", describe(error), extra={"message_id": str(left)})
            if until is not None:
                tx.messages.put_off(left, until)

    def _too_slow(self) -> frozenset[str]:
        """Slow lanes have half of the hands at most, or a few of them would keep all others
        waiting."""
        slow = self._book.slow
        held = sum(one.lane in slow for one in self._out.values())
        return slow if held >= max(1, self.hands // 2) else frozenset()

    def _hand_over(self, parcel: Parcel) -> None:
        self._out[parcel.message_id] = parcel
        self._book.serve(parcel.lane)
        self._threads.submit(self._send, parcel)

    def _send(self, parcel: Parcel) -> None:
        begun, outcome = time.monotonic(), None
        try:
            outcome = self.desk.channels[parcel.channel].send(parcel)
        except Exception as error:  # noqa: BLE001 - its lease will say that nobody answered.
            log.error("channel %s broke: %s", parcel.channel, describe(error))
        self._answers.put(Answer(parcel, outcome, time.monotonic() - begun))

    def _listen(self) -> None:
        """Wait for an answer, not for long, and take those that come right behind it."""
        until = time.monotonic() + LOOK_SECONDS
        with suppress(Empty):
            while self._out:
                answer = self._answers.get(timeout=max(0.0, until - time.monotonic()))
                if not self._kept:
                    until = time.monotonic() + GATHER_SECONDS
                del self._out[answer.parcel.message_id]
                self._book.took(answer.parcel.lane, answer.seconds)
                self._kept.append(answer)

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self.hands, thread_name_prefix="notify-hand")
