"""What endpoints are owed, and what became of each try."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, delete, func, or_, select, update
from sqlalchemy.orm import Session

from notify.adapters.subscriptions.tables import (
    attempts,
    deliveries,
    subscription_events,
    subscriptions,
)
from notify.domain.subscriptions.deliveries import OPEN, Attempt, Delivery, DeliveryState
from notify.domain.subscriptions.endpoints import Endpoint, EndpointState
from shared.housekeeping import Aging
from shared.rules import NotFound

ATTEMPTS_SHOWN = 100


class Deliveries:
    """The deliveries of one session."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def next_of(self, endpoint: Endpoint, real: datetime) -> Delivery | None:
        """What to hand to a sender next for a locked endpoint: the first one, where it wants order,
        if that is due; else the one whose next try is due longest, then what is fresh."""
        of = deliveries.c
        query = self.seen(endpoint).where(of.state.in_(OPEN)).limit(1)
        if endpoint.ordered:
            found = self.session.scalar(query.order_by(of.position))
            return found if found and (found.due_at is None or found.due_at <= real) else None
        again = query.where(of.due_at <= real).order_by(of.due_at, of.position)
        fresh = query.where(of.due_at.is_(None)).order_by(of.position)
        return self.session.scalar(again) or self.session.scalar(fresh)

    def body(self, event_id: UUID) -> str:
        """The envelope of an event, as the broker carries it."""
        of = subscription_events.c
        found: str = self.session.scalars(select(of.body).where(of.event_id == event_id)).one()
        return found

    def locked(self, position: int) -> Delivery | None:
        """A delivery for what became of it; None when it is gone."""
        return self.session.get(Delivery, position, with_for_update=True)

    def add(self, attempt: Attempt) -> None:
        self.session.add(attempt)

    def seen(self, endpoint: Endpoint) -> Select[Delivery]:
        """All deliveries of an endpoint."""
        return select(Delivery).where(deliveries.c.subscription_id == endpoint.id)

    def get(self, endpoint: Endpoint, event_id: UUID, *, locked: bool = False) -> Delivery:
        """The delivery of an event. Raises NotFound."""
        query = self.seen(endpoint).where(deliveries.c.event_id == event_id)
        found = self.session.scalar(query.with_for_update() if locked else query)
        if found is None:
            raise NotFound("There is no such delivery.")
        return found

    def last(self, endpoint: Endpoint) -> Delivery:
        """The delivery that was planned last."""
        query = self.seen(endpoint).order_by(deliveries.c.position.desc()).limit(1)
        return self.session.scalars(query).one()

    def attempts(self, delivery: Delivery) -> Sequence[Attempt]:
        """The last tries, newest first."""
        query = select(Attempt).where(attempts.c.position == delivery.position)
        query = query.order_by(attempts.c.number.desc(), attempts.c.id.desc())
        return self.session.scalars(query.limit(ATTEMPTS_SHOWN)).all()

    def restart(self, endpoint: Endpoint) -> None:
        """Let what waits be tried at once, with all the time of a first delivery."""
        waiting = deliveries.c.state == DeliveryState.WAITING
        self._set(endpoint, waiting, due_at=None, first_at=None)

    def drop(self, endpoint: Endpoint, why: str, now: datetime) -> None:
        """Give up what waits."""
        state = deliveries.c.state.in_(OPEN)
        self._set(endpoint, state, state=DeliveryState.FAILED, why=why, due_at=None, done_at=now)

    def again(self, endpoint: Endpoint, *, since: datetime) -> int:
        """Try anew what failed of the events since then; returns how many."""
        of = deliveries.c
        failed = and_(of.state == DeliveryState.FAILED, of.planned_at >= since)
        anew = {"due_at": None, "first_at": None, "done_at": None}
        return self._set(endpoint, failed, state=DeliveryState.WAITING, **anew)

    def forget(self, endpoint: Endpoint) -> None:
        """Delete all that was owed to an endpoint."""
        own = deliveries.c.subscription_id == endpoint.id
        positions = select(deliveries.c.position).where(own)
        self.session.execute(delete(attempts).where(attempts.c.position.in_(positions)))
        self.session.execute(delete(deliveries).where(own))

    def _set(self, endpoint: Endpoint, which: Any, **values: Any) -> int:
        own = deliveries.c.subscription_id == endpoint.id
        statement = update(deliveries).where(own, which).values(**values)
        changed: Any = self.session.execute(
            statement, execution_options={"synchronize_session": False}
        )
        return int(changed.rowcount)


def undelivered(session: Session) -> int:
    """How many deliveries can be carried out at once or are on their way. What waits for another
    try, or behind one, does not count: it waits in real time."""
    of, ends = deliveries.c, subscriptions.c
    fresh = and_(of.state == DeliveryState.WAITING, of.attempts == 0, ends.failing_since.is_(None))
    query = (
        select(func.count())
        .select_from(deliveries.join(subscriptions, ends.id == of.subscription_id))
        .where(ends.state == EndpointState.ENABLED, or_(fresh, of.state == DeliveryState.SENDING))
    )
    return session.scalars(query).one()


def old_deliveries(kept: timedelta) -> tuple[Aging, ...]:
    """What is deleted ``kept`` after an event came: tries and deliveries, and the event itself a
    day after the last of its deliveries."""
    events = subscription_events
    return (
        Aging(table=attempts, key=attempts.c.id, since=attempts.c.at, age=kept),
        Aging(table=deliveries, key=deliveries.c.position, since=deliveries.c.planned_at, age=kept),
        Aging(
            table=events,
            key=events.c.event_id,
            since=events.c.planned_at,
            age=kept + timedelta(days=1),
        ),
    )
