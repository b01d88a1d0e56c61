"""Which complaints there are, as the service complaint tells it."""

from uuid import UUID

from sqlalchemy import Boolean, Column, Integer, Table, Uuid
from sqlalchemy.orm import Session

from dispatch.adapters.columns import mapping, metadata
from dispatch.domain.complaints import KnownComplaint

complaints = Table(
    "complaints",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("customer_id", Uuid),
    Column("is_open", Boolean, nullable=False),
    Column("sequence", Integer, nullable=False),
)

mapping.map_imperatively(KnownComplaint, complaints)


class Complaints:
    """The known complaints of one database session."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def keep(self, told: KnownComplaint) -> None:
        """Take over a complaint, told for the first time or again."""
        known = self.find(told.id)
        if known is None:
            self.session.add(told)
        else:
            known.hear(told)

    def find(self, complaint_id: UUID) -> KnownComplaint | None:
        """A complaint, or None while nobody has told of it."""
        return self.session.get(KnownComplaint, complaint_id)
