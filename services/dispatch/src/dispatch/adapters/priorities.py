"""Who comes first in queues, as the service customer tells it: key accounts, and whom his grades
prefer (WO-24, KA-21, CL-28, CL-29).

The place in the queue is kept with every order, so that a page of the queue is read in the order of
an index. It is worked out when an order is opened, and anew when what it was made from changes.
"""

from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Integer,
    String,
    Table,
    Uuid,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.orm import Session

from dispatch.adapters.columns import metadata
from dispatch.domain.priorities import NOBODY, Preference
from shared.outbox import upsert
from shared.scope import covers

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

key_accounts = Table(
    "key_accounts",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("unit", String(60), primary_key=True),
    Column("is_key", Boolean, nullable=False),
    Column("sequence", Integer, nullable=False),
)


class Priorities:
    """What one database session knows of the preference of customers."""

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
        self._keep(priorities, key, {"priority": priority, "sequence": sequence})

    def keep_key_account(
        self, *, customer_id: UUID, unit: str, is_key: bool, sequence: int
    ) -> None:
        """Take over whether a unit holds him to be a key account, unless something later was
        heard."""
        key = {"customer_id": customer_id, "unit": unit}
        self._keep(key_accounts, key, {"is_key": is_key, "sequence": sequence})

    def await_changes(self, customer_id: UUID) -> None:
        """Until the commit nothing that is told of the customer is kept: an order that is opened
        meanwhile would be moved by nobody."""
        self._hold(customer_id, func.pg_advisory_xact_lock_shared)

    def preference_of(self, customer_id: UUID | None, unit: str | None) -> Preference:
        """How a customer stands in a unit. What a unit says of him counts there and in those below
        it (CL-26); where nobody said for which unit (None), all that is said counts."""
        if customer_id is None:
            return NOBODY
        best = select(func.min(priorities.c.priority)).where(
            priorities.c.customer_id == customer_id, _counts(priorities.c.unit, unit)
        )
        named = select(literal(1)).where(
            key_accounts.c.customer_id == customer_id,
            key_accounts.c.is_key == true(),
            _counts(key_accounts.c.unit, unit),
        )
        found = self.session.execute(select(named.exists(), best.scalar_subquery())).one()
        return Preference(key_account=bool(found[0]), grade=found[1])

    def _keep(self, table: Table, key: Mapping[str, Any], told: Mapping[str, Any]) -> None:
        self._hold(key["customer_id"], func.pg_advisory_xact_lock)
        statement = upsert(self.session.get_bind().dialect)(table).values(**key, **told)
        later = table.c.sequence < statement.excluded.sequence
        self.session.execute(
            statement.on_conflict_do_update(index_elements=list(key), set_=told, where=later)
        )

    def _hold(self, customer_id: UUID, lock: Callable[[int], ColumnElement[Any]]) -> None:
        """Take a lock of that customer until the commit; SQLite lets one write at a time anyway."""
        if self.session.get_bind().dialect.name == "postgresql":
            digest = blake2b(customer_id.bytes, digest_size=8, person=b"priorities").digest()
            self.session.execute(select(lock(int.from_bytes(digest, signed=True))))


def _counts(said_in: Column[str], unit: str | None) -> ColumnElement[bool]:
    return true() if unit is None else covers(said_in, literal(unit))
