"""What customers are, as the service customer tells it."""

from uuid import UUID

from sqlalchemy import Column, String, Table, Uuid
from sqlalchemy.orm import Session

from notify.adapters.columns import TextsColumn, mapping, metadata
from notify.domain.standings import Standing
from shared.columns import AsJson
from shared.org_units import chain

customer_standings = Table(
    "customer_standings",
    metadata,
    Column("customer_id", Uuid, primary_key=True),
    Column("kind", String(40)),
    Column("owner_id", Uuid),
    Column("classes", AsJson(dict), nullable=False),
    Column("grades", AsJson(dict), nullable=False),
    Column("key_units", TextsColumn, nullable=False),
    Column("left_units", TextsColumn, nullable=False),
)

mapping.map_imperatively(Standing, customer_standings)


class Standings:
    """The standings of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, customer_id: UUID | None) -> Standing:
        """What is known of a customer; of one of whom nothing was told, or of none, that."""
        found = self._session.get(Standing, customer_id) if customer_id else None
        return found or Standing(customer_id=customer_id or UUID(int=0))

    def kept(self, customer_id: UUID) -> Standing:
        """The same one, to take over what was told."""
        found = self._session.get(Standing, customer_id, with_for_update=True)
        if found is None:
            found = Standing(customer_id=customer_id)
            self._session.add(found)
        return found

    def has_left(self, customer_id: UUID, *, unit: str) -> bool:
        """Whether a customer left the customer base of a unit, or of one above it.

        Raises UnitUnknown.
        """
        standing = self.of(customer_id)
        return bool(standing.left_units) and standing.has_left(chain(self._session, unit))
