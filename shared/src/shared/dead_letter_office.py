"""Where dead letters are looked after: a service's database and the broker's dead-letter queue."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from shared import dead_letter_acts as letters
from shared.clock import Clock, SystemClock
from shared.dead_letter_shelves import Letter
from shared.envelope import Origin
from shared.healing import heal
from shared.inbox import store
from shared.link import Link
from shared.reading_envelopes import Delivery
from shared.topology import LOG, dead_letters_of
from shared.transaction import Begin, Transaction, reading


@dataclass(frozen=True)
class Office:
    """What the commands need of a service."""

    service: str
    sessions: sessionmaker[Session]
    begin: Begin[Any]
    clock: Clock
    broker_url: str
    trusted_users: tuple[str, ...] = ()
    real: Clock = field(default_factory=SystemClock)

    @contextmanager
    def link(self) -> Iterator[Link | None]:
        """A connection to RabbitMQ; the embedded broker keeps no dead letters."""
        if self.broker_url.startswith("memory:"):
            yield None
            return
        link = Link(self.broker_url, service=self.service, role="dead-letters")
        try:
            yield link
        finally:
            link.close()

    def waiting(self) -> list[Letter]:
        with reading(self.sessions) as session:
            return letters.waiting(session)

    def queued(self) -> int:
        """How many messages the broker's dead-letter queue holds."""
        with self.link() as link:
            return link.depth(dead_letters_of(self.service)) if link else 0

    @contextmanager
    def open(self, actor: str) -> Iterator[Transaction]:
        with self.begin(now=self.clock.now(), origin=Origin(actor=actor)) as tx:
            yield tx

    def take_in_all(self, actor: str) -> int:
        """Store all messages of the dead-letter queue, each committed before it is acked."""
        with self.link() as link:
            if link is None:
                return 0
            queue = dead_letters_of(self.service)
            found = 0
            for _ in range(link.depth(queue)):
                delivery = link.get_dead(queue)
                if delivery is None:
                    break
                with self.open(actor) as tx:
                    letters.take_in(tx, delivery, real=self.real, trusted_users=self.trusted_users)
                link.acknowledge([delivery.tag])
                found += 1
            return found

    def heal(self, actor: str, *, since: str) -> int:
        """Store again, from the public log, what is missing here; returns how many events were."""
        with self.link() as link:
            if link is None:
                return 0
            missing = heal(link, self.service, self._store, since=since)
        with self.open(actor) as tx:
            tx.record("log.replayed", LOG, since=since, missing=missing)
        return missing

    def _store(self, batch: Sequence[Delivery]) -> int:
        with self.sessions.begin() as session:
            stored = store(session, batch, now=self.real.now(), trusted_users=self.trusted_users)
        return stored.fresh
