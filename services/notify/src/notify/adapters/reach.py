"""Where it is kept which addresses reach nobody."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Column, String, Table, Uuid, delete
from sqlalchemy.orm import Session

from notify.adapters.columns import mapping, metadata
from notify.domain.reach import Gone, LostAddress
from shared.tables import UtcDateTime, by_value

lost_addresses = Table(
    "lost_addresses",
    metadata,
    Column("contact_id", Uuid, primary_key=True),
    Column("channel", String(20), primary_key=True),
    Column("cause", by_value(Gone), primary_key=True),
    Column("message_id", Uuid, nullable=False),
    Column("since", UtcDateTime, nullable=False),
)

mapping.map_imperatively(LostAddress, lost_addresses)


class LostAddresses:
    """What was told of addresses that reach nobody."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, lost: LostAddress) -> bool:
        """Keep that an address is lost; False when that was known for this cause."""
        key = (lost.contact_id, lost.channel, lost.cause)
        if self.session.get(LostAddress, key) is not None:
            return False
        self.session.add(lost)
        self.session.flush()
        return True

    def forget(self, contact_id: UUID, channels: Collection[str] | None = None) -> None:
        """The contact is at another address on these channels, by default on none at all."""
        gone = delete(LostAddress).where(lost_addresses.c.contact_id == contact_id)
        if channels is not None:
            gone = gone.where(lost_addresses.c.channel.in_(channels))
        self.session.execute(gone)
