"""The loop that delivers events to other systems, outside any transaction.

One thread has the database in its hands: it keeps what endpoints answered and claims what is next.
The endpoints are called by a few other threads, which touch no database.
"""

import logging
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from queue import Empty, SimpleQueue
from typing import NamedTuple

from sqlalchemy.orm import Session, sessionmaker

from notify.adapters.subscriptions.calling import Caller
from notify.adapters.subscriptions.endpoints import any_ready
from notify.adapters.transaction import NotifyTransaction
from notify.domain.subscriptions.deliveries import Answered
from notify.use_cases.subscriptions.delivering import Call, claim_calls, conclude
from shared.applying import disconnected
from shared.clock import Clock
from shared.failures import describe
from shared.transaction import Begin, reading

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.2  # How often one looks for something new while nobody answers.


class Answer(NamedTuple):
    """What an endpoint answered; None where the call itself broke."""

    call: Call
    answered: Answered | None


@dataclass(kw_only=True, eq=False)
class Deliverer:
    """Several may work at once, in processes of their own. ``clock`` is the service's; ``real`` is
    for retries, leases and signatures.

    No more is in hand than there are ``senders``, of whom endpoints that answer slowly or not at
    all have half at most; a flood waits in the database.
    """

    sessions: sessionmaker[Session]
    begin: Begin[NotifyTransaction]
    clock: Clock
    real: Clock
    caller: Caller
    senders: int
    _out: dict[int, Call] = field(default_factory=dict, init=False)
    _kept: list[Answer] = field(default_factory=list, init=False)  # They are not entered yet.
    _answers: "SimpleQueue[Answer]" = field(default_factory=SimpleQueue, init=False)

    def deliver_next(self, stop: threading.Event) -> bool:
        """Deliver what is due, until nothing is due and nothing in hand; False when nothing was.

        Once ``stop`` is set nothing more is claimed, and what is in hand is waited for. What a
        process that dies has in hand is sent again when its lease has run out.
        """
        worked = False
        while self._turn(0 if stop.is_set() else self.senders - len(self._out)) or self._out:
            worked = True
            if self._out:
                self._listen()
        return worked

    def _turn(self, room: int) -> bool:
        """Enter what was answered and take as much in hand as there is ``room``; whether there was
        anything."""
        if not self._kept and not (room and self._any_ready()):
            return False
        try:
            calls = self._enter(self._kept, room, careful=False)
        except Exception as error:
            if disconnected(error):
                raise
            for answer in self._kept:
                self._enter_alone(answer)
            calls = self._enter((), room, careful=True)
        found = bool(self._kept or calls)
        self._kept.clear()
        for call in calls:
            self._out[call.position] = call
            self._threads.submit(self._call, call)
        return found

    def _any_ready(self) -> bool:
        with reading(self.sessions) as session:
            return any_ready(session, self.real.at_claim(session))

    def _enter(self, answers: Sequence[Answer], room: int, *, careful: bool) -> list[Call]:
        with self.begin(now=self.clock.now()) as tx:
            tx.now = self.clock.at_claim(tx.session)
            real = self.real.at_claim(tx.session)
            for call, answered in answers:
                if answered is not None:
                    conclude(tx, call, answered, real=real)
            if not room:
                return []
            slow = self.senders // 2 - sum(call.slow for call in self._out.values())
            return claim_calls(tx, real=real, most=room, most_slow=slow, careful=careful)

    def _enter_alone(self, answer: Answer) -> None:
        """An answer that cannot be kept is left: its delivery is sent again."""
        try:
            self._enter((answer,), 0, careful=True)
        except Exception as error:
            if disconnected(error):
                raise
            about = {"subscription_id": str(answer.call.subscription_id)}
            log.warning("answer left: %s", describe(error), extra=about)

    def _call(self, call: Call) -> None:
        answered = None
        try:
            answered = self.caller.call(call.url, call.keys, str(call.event_id), call.body)
        except Exception as error:  # noqa: BLE001 - its lease will say that nobody answered.
            log.error("a call broke: %s", describe(error))
        self._answers.put(Answer(call, answered))

    def _listen(self) -> None:
        """Wait for an answer, not for long, and take those that came with it."""
        wait: float | None = LOOK_SECONDS
        with suppress(Empty):
            while True:
                answer = self._answers.get(timeout=wait) if wait else self._answers.get_nowait()
                wait = None
                del self._out[answer.call.position]
                self._kept.append(answer)

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self.senders, thread_name_prefix="notify-deliveries")
