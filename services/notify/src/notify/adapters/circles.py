"""Circles: the contacts of a unit in a time zone, who keep festivals at the same time."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Column, String, Table, select
from sqlalchemy.orm import Session

from notify.adapters.columns import metadata
from notify.adapters.contacts import contacts
from notify.domain.contacts import Contact, ContactKind
from shared.outbox import upsert

care_circles = Table(
    "care_circles",
    metadata,
    Column("unit", String(60), primary_key=True),
    Column("zone", String(60), primary_key=True),
)


class Circles:
    """The circles of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def enter(self, unit: str, zone: str) -> bool:
        """Keep a circle; whether nobody knew it before."""
        of = care_circles.c
        known = select(of.unit).where(of.unit == unit, of.zone == zone)
        if self._session.scalar(known) is not None:
            return False
        statement = upsert(self._session.get_bind().dialect)(care_circles)
        made = statement.values(unit=unit, zone=zone).on_conflict_do_nothing()
        return bool(self._session.connection().execute(made).rowcount)

    def members(self, unit: str, zone: str, *, behind: UUID | None, most: int) -> Sequence[Contact]:
        """The next ``most`` active contacts of customers in a circle, by id, ``behind`` one."""
        of = contacts.c
        query = select(Contact).where(
            of.org_unit == unit,
            of.zone == zone,
            of.active,
            of.kind == ContactKind.CUSTOMER_CONTACT,
        )
        if behind is not None:
            query = query.where(of.id > behind)
        return self._session.scalars(query.order_by(of.id).limit(most)).all()
