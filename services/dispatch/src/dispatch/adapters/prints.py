"""Where it is kept which parts of work orders were printed, and what stood on them."""

from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    Select,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    func,
    select,
)
from sqlalchemy.orm import Session

from dispatch.adapters.columns import mapping, metadata
from dispatch.domain.prints import Language, Part, Print
from dispatch.domain.sheets import Sheet
from shared.columns import BecauseColumn
from shared.encrypted_columns import EncryptedColumn, encrypt_columns
from shared.rules import NotFound
from shared.tables import UtcDateTime, by_value
from shared.unchanging import only_added

# A sheet is encrypted: by the link on it whoever holds it signs as the client.
prints = Table(
    "prints",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("work_order_id", ForeignKey("work_orders.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("part", by_value(Part), nullable=False),
    Column("copy_no", Integer, nullable=False),
    Column("language", by_value(Language), nullable=False),
    Column("printed_at", UtcDateTime, nullable=False),
    Column("printed_by", Uuid, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("because", BecauseColumn, nullable=False),
    Column("sheet", EncryptedColumn(Sheet.read, write=Sheet.written), nullable=False),
    UniqueConstraint("work_order_id", "part", "copy_no"),
)

# Of a print that stands in the log nothing changes but the key under which its sheet is encrypted.
KEPT = (
    "id",
    "work_order_id",
    "number",
    "part",
    "copy_no",
    "language",
    "printed_at",
    "printed_by",
    "digest",
    "because",
)
only_added(prints, unless=" AND ".join(f"NEW.{name} = OLD.{name}" for name in KEPT))

mapping.map_imperatively(Print, prints)
encrypt_columns(Print, prints)


class Prints:
    """The log of one database session. Nothing in it is ever changed."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, made: Print) -> None:
        self.session.add(made)

    def count(self, order_id: UUID, part: Part) -> int:
        """How often a part of an order was printed."""
        of = prints.c
        query = select(func.count()).where(of.work_order_id == order_id, of.part == part)
        return self.session.scalar(query) or 0

    def together(self, order_id: UUID, number: int) -> list[Print]:
        """The parts of an order that were printed together, the stub first. Raises NotFound."""
        of = prints.c
        query = select(Print).where(of.work_order_id == order_id, of.number == number)
        found = sorted(self.session.scalars(query), key=lambda one: list(Part).index(one.part))
        if not found:
            raise NotFound("There is no such print.")
        return found

    def of_order(self, order_id: UUID) -> Select[Print]:
        """The query of what was printed of one order."""
        return select(Print).where(prints.c.work_order_id == order_id)
