"""The ledger of messages."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from notify.adapters.message_table import WORDLESS, messages
from notify.domain.message_states import State, Why
from notify.domain.messages import COURTESIES, Intent, Message, Purpose
from shared.rules import NotFound
from shared.scope import within

COUNTED = (State.PLANNED, State.SENDING, State.SENT, State.DELIVERED, State.UNKNOWN)
CROWD = 1_000


class Messages:
    """The messages that were ever planned. One is seen from each unit at or above its own."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._held: dict[UUID, Message] = {}

    def add(self, message: Message) -> None:
        """Enter a line, with the commit or before the next query that needs it; its unique key
        refuses the same message on the same channel twice."""
        self.session.add(message)

    def place_of(self, intent: Intent) -> int | None:
        """How many messages the sender has still to hand over for its person, at most CROWD; None
        where this was planned before, on whatever channel."""
        added = [one for one in self.session.new if isinstance(one, Message)]
        if any(_key(one) == _key(intent) for one in added):
            return None
        given = dict(zip(SAME, _key(intent), strict=True))
        row = self.session.connection().execute(PLACE, given).one()
        fresh = [one for one in added if one.person_id == intent.person_id]
        return None if row.known else row.waiting + len(fresh)

    def said(
        self, subject: str, occurrence: str, person_id: UUID, *, seen_from: str
    ) -> Sequence[Message]:
        """All lines about an occurrence of a subject to a person, oldest first."""
        of = messages.c
        lines = self.seen(seen_from).where(
            of.subject == subject, of.occurrence == occurrence, of.person_id == person_id
        )
        return self.session.scalars(lines.order_by(of.id)).all()

    def held_for(self, person_id: UUID) -> Sequence[Message]:
        """What is held for a person, oldest first, locked."""
        of = messages.c
        held = select(Message).where(
            of.person_id == person_id, of.state == State.HELD, of.digest_id.is_(None)
        )
        return self.session.scalars(held.order_by(of.id).with_for_update()).all()

    def count_alone(self, person_id: UUID) -> None:
        """Let nobody else count what is said to a person before our commit. SQLite has one writer
        at a time anyway."""
        if self.session.get_bind().dialect.name == "postgresql":
            key = func.hashtextextended(f"said/{person_id}", 0)
            self.session.execute(select(func.pg_advisory_xact_lock(key)))

    def said_on(self, day: date, *, to: UUID, purposes: Sequence[Purpose]) -> frozenset[UUID]:
        """The messages that count for a day of a person: what was sent or still may be."""
        of = messages.c
        counted = select(of.id).where(
            of.person_id == to,
            of.said_on == day,
            of.purpose.in_(purposes),
            of.state.in_(COUNTED),
        )
        return frozenset(self.session.scalars(counted))

    def collected_for(self, person_id: UUID, now: datetime) -> Sequence[Message]:
        """What waits for a digest of a person that is due, oldest first, locked."""
        of = messages.c
        due = select(Message).where(
            of.person_id == person_id,
            of.state == State.HELD,
            of.state_reason == Why.DIGEST,
            of.held_until <= now,
        )
        return self.session.scalars(due.order_by(of.id).with_for_update()).all()

    def in_digest(self, digest: Message) -> Sequence[Message]:
        """What stands in a digest, oldest first, locked."""
        of = messages.c
        listed = select(Message).where(of.digest_id == digest.digest_id, of.reason != digest.reason)
        return self.session.scalars(listed.order_by(of.id).with_for_update()).all()

    def courtesies_for(self, customer_id: UUID, *, below: str | None) -> Sequence[Message]:
        """What is not in the hands of a channel yet of the courtesies for a customer, in ``below``
        and under it where that is given; oldest first, locked."""
        of = messages.c
        waiting = select(Message).where(
            of.customer_id == customer_id,
            of.purpose.in_(COURTESIES),
            of.state.in_((State.HELD, State.PLANNED)),
            of.digest_id.is_(None),
        )
        if below is not None:
            waiting = waiting.where(within(of.org_unit, below))
        return self.session.scalars(waiting.order_by(of.id).with_for_update()).all()

    def promotions_for(self, person_id: UUID) -> Sequence[Message]:
        """What is not in the hands of a channel yet of the promotions for a person; oldest first,
        locked."""
        of = messages.c
        waiting = select(Message).where(
            of.person_id == person_id,
            of.purpose == Purpose.PROMOTION,
            of.state.in_((State.HELD, State.PLANNED)),
        )
        return self.session.scalars(waiting.order_by(of.id).with_for_update()).all()

    def waiting_about(self, subject: str, *, reasons: Sequence[str]) -> Sequence[Message]:
        """What is not in the hands of a channel yet of what is to be said about a subject for one
        of the ``reasons``; oldest first, locked."""
        if not reasons:
            return ()
        of = messages.c
        waiting = select(Message).where(
            of.subject == subject,
            of.reason.in_(reasons),
            of.state.in_((State.HELD, State.PLANNED)),
            of.digest_id.is_(None),
        )
        return self.session.scalars(waiting.order_by(of.id).with_for_update()).all()

    def blank(self, person_id: UUID) -> None:
        """Empty what a person was or was to be told; that it was sent stays."""
        told = update(messages).where(messages.c.person_id == person_id)
        self.session.execute(told.values(title=None, body=None, words=None))

    def tried(self, message: Message) -> frozenset[str]:
        """The channels on which other lines of the same message stand; its first line is the only
        one until it has failed."""
        if message.turn == message.id and message.state is not State.FAILED:
            return frozenset()
        others = select(messages.c.channel).where(*_same(message), messages.c.id != message.id)
        return frozenset(self.session.scalars(others))

    def due(self, ids: Sequence[UUID], real: datetime) -> list[Message]:
        """Those of ``ids`` that are to be handed to a channel, locked, in that order: planned, or
        left in the middle of sending. What somebody else holds is passed over."""
        if not ids:
            return []
        found = select(Message).where(messages.c.id.in_(ids), _due(real))
        locked = self.session.scalars(found.with_for_update(skip_locked=True))
        return sorted(locked, key=lambda one: ids.index(one.id))

    def next_asked(self, real: datetime) -> Message | None:
        """The next one of which to ask the provider whether it arrived, locked."""
        of = messages.c
        found = select(Message).where(of.ask_at <= real).order_by(of.ask_at, of.id).limit(1)
        return self.session.scalar(found.with_for_update(skip_locked=True))

    def put_off(self, message_id: UUID, until: datetime) -> None:
        """Let nobody look at a message before then, real time."""
        of = messages.c
        this = update(messages).where(of.id == message_id)
        self.session.execute(this.where(of.state == State.PLANNED).values(retry_at=until))
        self.session.execute(this.where(of.state == State.SENDING).values(lease_until=until))

    def lock(self, ids: Sequence[UUID]) -> None:
        """Lock several messages at once, for ``locked``, and leave their words where they are."""
        if ids:
            named = select(Message).where(messages.c.id.in_(ids)).order_by(messages.c.id)
            found = self.session.scalars(named.options(*WORDLESS).with_for_update())
            self._held = {one.id: one for one in found}

    def locked(self, message_id: UUID) -> Message:
        """A message for what became of it. Raises NotFound."""
        found = self._held.get(message_id)
        found = found or self.session.get(Message, message_id, with_for_update=True)
        if found is None:
            raise NotFound("There is no such message.")
        return found

    def find(self, message_id: UUID) -> Message | None:
        """A message, whoever asks."""
        return self.session.get(Message, message_id)

    def get(self, message_id: UUID, *, seen_from: str) -> Message:
        """Raises NotFound."""
        found = self.session.scalar(self.seen(seen_from).where(messages.c.id == message_id))
        if found is None:
            raise NotFound("There is no such message, or none that you may see.")
        return found

    def seen(self, seen_from: str) -> Select[Message]:
        """The messages that may be seen from a unit."""
        return select(Message).where(within(messages.c.org_unit, seen_from))


def pending(session: Session, _now: datetime) -> int:
    """How many messages the sender has in hand or can take at once.

    One that waits for another try does not count: it waits in real time, and simulated time does
    not stand still for a server that is away.
    """
    of = messages.c
    at_once = and_(of.state == State.PLANNED, of.retry_at.is_(None))
    found = select(func.count()).where(or_(at_once, of.state == State.SENDING))
    return session.scalars(found).one()


def _due(real: datetime) -> ColumnElement[bool]:
    of = messages.c
    planned = and_(of.state == State.PLANNED, or_(of.retry_at.is_(None), of.retry_at <= real))
    return or_(planned, and_(of.state == State.SENDING, of.lease_until <= real))


def _key(one: Intent | Message) -> tuple[str, str, str, UUID]:
    return one.reason, one.subject, one.occurrence, one.person_id


def _place() -> Select[Any]:
    of = messages.c
    known = exists().where(*(of[name] == bindparam(name) for name in SAME))
    waiting = select(of.id).where(of.person_id == bindparam("person_id"))
    waiting = waiting.where(of.state == State.PLANNED).limit(CROWD)
    count = select(func.count()).select_from(waiting.subquery()).scalar_subquery()
    return select(known.label("known"), count.label("waiting"))


SAME = ("reason", "subject", "occurrence", "person_id")
PLACE = _place()  # Made once: to make a query costs more than to run it.


def _same(one: Intent | Message) -> tuple[ColumnElement[bool], ...]:
    of = messages.c
    return (
        of.reason == one.reason,
        of.subject == one.subject,
        of.occurrence == one.occurrence,
        of.person_id == one.person_id,
    )
