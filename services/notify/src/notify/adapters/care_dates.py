"""The days of contacts that the staff keeps."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Column, Select, String, Table, Uuid, delete, select
from sqlalchemy.orm import Session

from notify.adapters.columns import BirthdayColumn, mapping, metadata
from notify.domain.care_dates import CareDate
from shared.encrypted_columns import EncryptedColumn, encrypt_columns
from shared.rules import NotFound
from shared.scope import within
from shared.tables import UtcDateTime

care_dates = Table(
    "care_dates",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("contact_id", Uuid, nullable=False, index=True),
    Column("org_unit", String(60), nullable=False, index=True),
    Column("title", EncryptedColumn(), nullable=False),
    Column("day", BirthdayColumn, nullable=False),
    Column("recorded_by", String(80), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
)

mapping.map_imperatively(CareDate, care_dates)
encrypt_columns(CareDate, care_dates)


class CareDates:
    """The dates of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, date: CareDate) -> None:
        """Keep a new one."""
        self._session.add(date)

    def find(self, date_id: UUID) -> CareDate | None:
        """The one that a timer is about, unless it was dropped."""
        return self._session.get(CareDate, date_id)

    def get(self, date_id: UUID, *, unit: str) -> CareDate:
        """The one that a person of ``unit`` sees. Raises NotFound."""
        query = self.seen_from(unit).where(care_dates.c.id == date_id)
        found = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such date.")
        return found

    def of(self, contact_id: UUID) -> Sequence[CareDate]:
        """Those of a contact, the oldest first."""
        query = select(CareDate).where(care_dates.c.contact_id == contact_id)
        return self._session.scalars(query.order_by(care_dates.c.id)).all()

    def drop(self, date_id: UUID) -> None:
        """Keep it no more."""
        self._session.execute(delete(care_dates).where(care_dates.c.id == date_id))

    def listed(self, *, unit: str, contact_id: UUID | None) -> Select[CareDate]:
        """The query of what a person of ``unit`` sees, of one contact or of all."""
        query = self.seen_from(unit)
        if contact_id is not None:
            query = query.where(care_dates.c.contact_id == contact_id)
        return query

    def seen_from(self, unit: str) -> Select[CareDate]:
        """All that lies in ``unit`` and below."""
        return select(CareDate).where(within(care_dates.c.org_unit, unit))
