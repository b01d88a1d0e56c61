"""The endpoints of other systems, and which of them can be given something now."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, update
from sqlalchemy.orm import Session

from notify.adapters.subscriptions.tables import deliveries, subscriptions
from notify.domain.subscriptions.deliveries import OPEN, DeliveryState
from notify.domain.subscriptions.endpoints import Endpoint, EndpointState
from shared.rules import NotFound
from shared.scope import within

BEFORE = datetime.min.replace(tzinfo=UTC)  # When those were served who never were.
AT_ONCE = 4  # Events that one endpoint is given side by side, unless it wants them in order.


class Endpoints:
    """The endpoints of one session. One is seen from each unit at or above its own."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, endpoint: Endpoint) -> None:
        self.session.add(endpoint)
        self.session.flush()

    def remove(self, endpoint: Endpoint) -> None:
        self.session.delete(endpoint)
        self.session.flush()

    def seen(self, seen_from: str) -> Select[Endpoint]:
        """The endpoints that may be seen from a unit."""
        return select(Endpoint).where(within(subscriptions.c.org_unit, seen_from))

    def get(self, endpoint_id: UUID, *, seen_from: str, locked: bool = False) -> Endpoint:
        """One, for a command ``locked``. Raises NotFound."""
        query = self.seen(seen_from).where(subscriptions.c.id == endpoint_id)
        found = self.session.scalar(query.with_for_update() if locked else query)
        if found is None:
            raise NotFound("There is no such subscription, or none that you may see.")
        return found

    def find(self, endpoint_id: UUID) -> Endpoint | None:
        """One, locked, for what became of a delivery; None when it was removed."""
        return self.session.get(Endpoint, endpoint_id, with_for_update=True)

    def of_unit(self, unit: str) -> Sequence[Endpoint]:
        """All endpoints of one unit."""
        query = select(Endpoint).where(subscriptions.c.org_unit == unit)
        return self.session.scalars(query).all()

    def pass_over(self, endpoint_id: UUID, real: datetime) -> None:
        """Let others come first."""
        one = update(subscriptions).where(subscriptions.c.id == endpoint_id)
        self.session.connection().execute(one.values(served_at=real))

    def ready(self, real: datetime, *, most: int, most_slow: int) -> Sequence[UUID]:
        """Endpoints that can be given something, locked, those first that waited longest; of slow
        ones so many at most."""
        of = subscriptions.c
        found: list[tuple[datetime | None, UUID]] = []
        for slow, many in ((False, most), (True, min(most, most_slow))):
            query = select(of.served_at, of.id).where(of.slow.is_(slow), _ready(real))
            query = query.order_by(of.served_at.nulls_first(), of.id).limit(many)
            rows = self.session.execute(query.with_for_update(skip_locked=True))
            found.extend((row.served_at, row.id) for row in rows)
        found.sort(key=lambda one: (one[0] or BEFORE, one[1]))
        return [endpoint_id for _, endpoint_id in found[:most]]


def any_ready(session: Session, real: datetime) -> bool:
    """Whether there is an endpoint that can be given something; takes no lock."""
    return session.scalar(select(subscriptions.c.id).where(_ready(real)).limit(1)) is not None


def _ready(real: datetime) -> ColumnElement[bool]:
    """Of one that wants order the first open delivery counts, of others any that is due while not
    too many are on their way."""
    of, own = deliveries.c, deliveries.c.subscription_id == subscriptions.c.id
    waits, now = of.state.in_(OPEN), (of.due_at.is_(None), of.due_at <= real)
    first = select(of.position).where(own, waits).order_by(of.position).limit(1)
    next_in_line = exists().where(
        own, of.position == first.correlate(subscriptions).scalar_subquery(), or_(*now)
    )
    on_their_way = (
        select(func.count())
        .select_from(deliveries)
        .where(own, of.state == DeliveryState.SENDING, of.due_at > real)
        .correlate(subscriptions)
        .scalar_subquery()
    )
    room = on_their_way < case((subscriptions.c.slow, 1), else_=AT_ONCE)
    # Two questions, of which each walks an index.
    anyone = and_(or_(*(exists().where(own, waits, one) for one in now)), room)
    return and_(
        subscriptions.c.state == EndpointState.ENABLED,
        or_(and_(subscriptions.c.ordered, next_in_line), and_(~subscriptions.c.ordered, anyone)),
    )
