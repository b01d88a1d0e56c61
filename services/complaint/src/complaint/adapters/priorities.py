"""Whom his grades prefer in queues, as the service customer tells them (CL-28, CL-29)."""

from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import SQLColumnExpression

from complaint.adapters.tables import priorities
from shared.outbox import upsert
from shared.scope import covers

NOT_PREFERRED = 99  # Behind every priority that a grade can give.


class Priorities:
    """The priorities of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

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
        statement = upsert(self._session.get_bind().dialect)(priorities).values(**key, **told)
        later = priorities.c.sequence < statement.excluded.sequence
        self._session.execute(
            statement.on_conflict_do_update(index_elements=list(key), set_=told, where=later)
        )


def place_of(
    customer_id: SQLColumnExpression[UUID | None], unit: SQLColumnExpression[str]
) -> ColumnElement[int]:
    """The best place in queues that a grade gives a customer in a unit (CL-28, CL-29); one that was
    given in another unit, which does not lie above it, gives none (CL-26)."""
    best = select(func.min(priorities.c.priority)).where(
        priorities.c.customer_id == customer_id, covers(priorities.c.unit, unit)
    )
    return func.coalesce(best.correlate_except(priorities).scalar_subquery(), NOT_PREFERRED)
