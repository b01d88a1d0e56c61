"""Which customers stand on a blacklist, as the service customer tells it."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Column, String, Table, Uuid, delete, or_, select
from sqlalchemy.orm import Session

from dispatch.adapters.columns import metadata
from shared.org_units import chain
from shared.outbox import upsert

# A row an entry that bars; without a unit it bars the whole company.
barred_customers = Table(
    "barred_customers",
    metadata,
    Column("entry_id", Uuid, primary_key=True),
    Column("customer_id", Uuid, nullable=False, index=True),
    Column("scope", String(40), nullable=False),
    Column("unit", String(60)),
)


class BarredCustomers:
    """The entries of one database session."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def keep(self, entry_id: UUID, *, customer_id: UUID, scope: str, unit: str | None) -> None:
        """Take over an entry, told once or again."""
        values = {"customer_id": customer_id, "scope": scope, "unit": unit}
        statement = upsert(self.session.get_bind().dialect)(barred_customers)
        statement = statement.values(entry_id=entry_id, **values)
        self.session.execute(
            statement.on_conflict_do_update(index_elements=["entry_id"], set_=values)
        )

    def forget(self, entry_id: UUID) -> None:
        """An entry was lifted."""
        self.session.execute(
            delete(barred_customers).where(barred_customers.c.entry_id == entry_id)
        )

    def scope_over(self, customer_id: UUID, *, units: Iterable[str]) -> str | None:
        """The scope of an entry that bars one of ``units`` or one above it; None when there is
        none.

        Raises UnitUnknown.
        """
        bars = barred_customers.c
        covering = {above for unit in units for above in chain(self.session, unit)}
        query = select(bars.scope).where(
            bars.customer_id == customer_id, or_(bars.unit.is_(None), bars.unit.in_(covering))
        )
        return self.session.scalar(query.order_by(bars.scope).limit(1))
