"""Where breaches of the rules on work orders and books are kept; each of them once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    select,
)
from sqlalchemy.orm import Session

from dispatch.adapters.columns import mapping, metadata
from dispatch.domain.breaches import Breach
from shared.columns import BecauseColumn, MoneyColumn
from shared.tables import UtcDateTime, only

breaches = Table(
    "breaches",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("work_order_id", ForeignKey("work_orders.id")),
    Column("book_id", ForeignKey("books.id")),
    Column("org_unit", String(60), nullable=False),
    Column("code", String(40), nullable=False),
    Column("person_id", Uuid, nullable=False, index=True),
    Column("occasion", UtcDateTime, nullable=False),
    Column("occurred_at", UtcDateTime, nullable=False),
    Column("items", Integer, nullable=False),
    Column("amount", MoneyColumn, nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("recorded_by", Uuid),
    Column("evidence", Text),
    Column("withdrawn_at", UtcDateTime),
    Column("withdrawn_because", BecauseColumn),
    Column("withdrawal", String(40)),
    UniqueConstraint("work_order_id", "code", "occasion"),
    CheckConstraint("(work_order_id IS NULL) <> (book_id IS NULL)", name="one_subject"),
    # One that was withdrawn stays beside the one that takes its place.
    Index(
        "ix_breaches_book_id_code_person_id",
        "book_id",
        "code",
        "person_id",
        unique=True,
        **only("withdrawn_at IS NULL"),
    ),
)

mapping.map_imperatively(Breach, breaches)


class Breaches:
    """The breaches of one database session."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, breach: Breach) -> None:
        self.session.add(breach)

    def is_known(self, order_id: UUID, *, code: str, occasion: datetime) -> bool:
        """Whether this breach was recorded."""
        of = breaches.c
        same = (of.work_order_id == order_id, of.code == code, of.occasion == occasion)
        return self.session.scalar(select(of.id).where(*same)) is not None

    def find(self, order_id: UUID, *, code: str, occasion: datetime) -> Breach | None:
        """The breach of that code and occasion, locked: two reports could withdraw it at once."""
        of = breaches.c
        same = (of.work_order_id == order_id, of.code == code, of.occasion == occasion)
        return self.session.scalar(select(Breach).where(*same).with_for_update())

    def of_order(self, order_id: UUID) -> Select[Breach]:
        """The query of the breaches on one order."""
        return select(Breach).where(breaches.c.work_order_id == order_id)

    def of_book(self, book_id: UUID) -> dict[UUID, Breach]:
        """The breaches in one book that were not withdrawn, by whose they are; nobody else changes
        them meanwhile."""
        of = breaches.c
        query = select(Breach).where(of.book_id == book_id, of.withdrawn_at.is_(None))
        found = self.session.scalars(query.order_by(of.id).with_for_update())
        return {breach.person_id: breach for breach in found}
