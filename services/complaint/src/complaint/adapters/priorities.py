"""Who comes first in queues, as the service customer tells it: key accounts, then whom his grade
prefers (CL-28, CL-29, CP-59).

Its place is kept with every case, so that the queue is read in the order of an index. It is worked
out whenever the case is settled, and anew when what is told of the customer changes.
"""

from collections.abc import Callable, Collection
from hashlib import blake2b
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, func, literal, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import SQLColumnExpression

from complaint.adapters.tables import cases, priorities
from complaint.domain.cases import NOT_PREFERRED, place_in_queue
from shared.outbox import upsert
from shared.scope import covers


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
        """Take over what puts a customer first, unless something later was heard."""
        self._hold(customer_id, func.pg_advisory_xact_lock)
        key = {"customer_id": customer_id, "unit": unit, "scheme": scheme, "product": product}
        told = {"priority": priority, "sequence": sequence}
        statement = upsert(self._session.get_bind().dialect)(priorities).values(**key, **told)
        later = priorities.c.sequence < statement.excluded.sequence
        self._session.execute(
            statement.on_conflict_do_update(index_elements=list(key), set_=told, where=later)
        )

    def await_changes(self, customer_id: UUID) -> None:
        """Until the commit nothing that is told of the customer is kept: a case that is filed
        meanwhile would be moved by nobody."""
        self._hold(customer_id, func.pg_advisory_xact_lock_shared)

    def priority_of(self, customer_id: UUID | None, unit: str) -> int:
        """How a customer stands in the queues of a unit, the smaller the sooner."""
        if customer_id is None:
            return NOT_PREFERRED
        found = priority_of(literal(customer_id, Uuid), literal(unit))
        return self._session.execute(select(found)).scalar_one()

    def move(self, case_ids: Collection[UUID]) -> None:
        """Work out anew where those cases stand."""
        priority = priority_of(cases.c.customer_id, cases.c.org_unit)
        place = place_in_queue(cases.c.level, priority)
        moved = update(cases).where(cases.c.id.in_(case_ids)).values(queue_place=place)
        self._session.execute(moved, execution_options={"synchronize_session": False})

    def _hold(self, customer_id: UUID, lock: Callable[[int], ColumnElement[Any]]) -> None:
        """Take a lock of that customer until the commit; SQLite lets one write at a time anyway."""
        if self._session.get_bind().dialect.name == "postgresql":
            digest = blake2b(customer_id.bytes, digest_size=8, person=b"priorities").digest()
            self._session.execute(select(lock(int.from_bytes(digest, signed=True))))


def priority_of(
    customer_id: SQLColumnExpression[Any], unit: SQLColumnExpression[str]
) -> ColumnElement[int]:
    """The best priority that a customer has in a unit, as a key account (CP-59) or by a grade
    (CL-28, CL-29); what a unit says that does not lie above it gives none (CL-26)."""
    best = select(func.min(priorities.c.priority)).where(
        priorities.c.customer_id == customer_id, covers(priorities.c.unit, unit)
    )
    return func.coalesce(best.correlate_except(priorities).scalar_subquery(), NOT_PREFERRED)
