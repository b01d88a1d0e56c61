"""The entries of blacklists, as the service customer tells them."""

from uuid import UUID

from sqlalchemy import Column, Date, Integer, Select, String, Table, Uuid, or_, select
from sqlalchemy.orm import Session

from notify.adapters.columns import mapping, metadata
from notify.domain.blacklist import BlacklistEntry, Scope
from shared.org_units import chain
from shared.tables import UtcDateTime, by_value

blacklist_entries = Table(
    "blacklist_entries",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid, nullable=False, index=True),
    Column("customer_number", String(60)),
    Column("scope", by_value(Scope), nullable=False),
    Column("unit", String(60)),
    Column("since", UtcDateTime, nullable=False),
    Column("valid_until", Date),
    Column("sequence", Integer, nullable=False),
    Column("lifted_at", UtcDateTime),
)

mapping.map_imperatively(BlacklistEntry, blacklist_entries)


class Blacklist:
    """The entries of one database session."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def keep(self, told: BlacklistEntry) -> BlacklistEntry:
        """Take over an entry, told for the first time or again."""
        known = self.session.get(BlacklistEntry, told.id)
        if known is not None:
            known.hear(told)
            return known
        self.session.add(told)
        self.session.flush()
        return told

    def bars(self, customer_id: UUID, *, unit: str) -> bool:
        """Whether an entry bars ``unit``, or a unit above it, from dealing with the customer.

        Raises UnitUnknown.
        """
        of, units = blacklist_entries.c, chain(self.session, unit)
        query = select(of.id).where(
            of.customer_id == customer_id,
            of.lifted_at.is_(None),
            or_(of.unit.is_(None), of.unit.in_(units)),
        )
        return self.session.scalar(query.limit(1)) is not None


def bulletins() -> Select[BlacklistEntry]:
    """The query of what the company is told on its intranet: whom its own list bars (AD-21)."""
    of = blacklist_entries.c
    return select(BlacklistEntry).where(of.scope == Scope.COMPANY, of.lifted_at.is_(None))
