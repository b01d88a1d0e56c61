"""Whom his grades prefer in queues, as the service customer tells them (CL-28, CL-29)."""

from uuid import UUID

from sqlalchemy import Column, ColumnElement, Integer, String, Table, Uuid, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import SQLColumnExpression

from dispatch.adapters.columns import metadata
from shared.outbox import upsert
from shared.scope import covers

NOT_PREFERRED = 99  # Behind every priority that a grade can give.

# A smaller priority comes first; none where a grade prefers nobody.
priorities = Table(
    "priorities",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("unit", String(60), primary_key=True),
    Column("scheme", String(40), primary_key=True),
    Column("product", String(60), primary_key=True),
    Column("priority", Integer),
    Column("sequence", Integer, nullable=False),
)


class Priorities:
    """The priorities of one database session."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def keep(
        self,
        *,
        customer_id: UUID,
        unit: str,
        scheme: str,
        product: str,
        priority: int | None,
        sequence: int,
    ) -> None:
        """Take over what a grade of a customer gives him, unless something later was heard."""
        key = {"customer_id": customer_id, "unit": unit, "scheme": scheme, "product": product}
        told = {"priority": priority, "sequence": sequence}
        statement = upsert(self.session.get_bind().dialect)(priorities).values(**key, **told)
        later = priorities.c.sequence < statement.excluded.sequence
        self.session.execute(
            statement.on_conflict_do_update(index_elements=list(key), set_=told, where=later)
        )


def place_of(
    customer_id: SQLColumnExpression[UUID | None], unit: SQLColumnExpression[str | None]
) -> ColumnElement[int]:
    """The best place in queues that a grade gives a customer in a unit (CL-28, CL-29); one that was
    given in another unit, which does not lie above it, gives none (CL-26). Where nobody said for
    which unit, all his grades count."""
    best = select(func.min(priorities.c.priority)).where(
        priorities.c.customer_id == customer_id,
        or_(unit.is_(None), covers(priorities.c.unit, unit)),
    )
    return func.coalesce(best.correlate_except(priorities).scalar_subquery(), NOT_PREFERRED)
