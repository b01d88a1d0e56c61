"""The ledger of the books, to which one only adds, and what it and the stock add up to (WO-03)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Table,
    Text,
    Uuid,
    func,
    select,
)
from sqlalchemy.orm import Session

from dispatch.adapters.books import books
from dispatch.adapters.breaches import breaches
from dispatch.adapters.columns import mapping, metadata
from dispatch.domain.book_states import BookState
from dispatch.domain.books import Movement, MovementKind
from dispatch.domain.callers import Caller
from shared.scope import within
from shared.tables import UtcDateTime, by_value
from shared.unchanging import only_added

book_movements = Table(
    "book_movements",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("book_id", ForeignKey("books.id"), nullable=False, index=True),
    Column("org_unit", String(60), nullable=False),
    Column("kind", by_value(MovementKind), nullable=False),
    Column("state", by_value(BookState), nullable=False),
    Column("pages", Integer, nullable=False),
    Column("month", String(7), nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
    Column("holder_id", Uuid),
    Column("reason", Text),
    Index("ix_book_movements_month_org_unit", "month", "org_unit"),
)
only_added(book_movements)

mapping.map_imperatively(Movement, book_movements)


@dataclass
class HolderLine:
    """What a dispatcher did with books: those that he has now, and of one month those that he got
    and returned, and how many of their pages are missing or damaged."""

    person_id: UUID
    books_out: int = 0
    books_issued: int = 0
    books_returned: int = 0
    pages_lost: int = 0


class BookMovements:
    """The ledger, and the books as it leaves them."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, movement: Movement) -> None:
        self.session.add(movement)

    def seen(
        self, caller: Caller, *, book_id: UUID | None = None, kind: MovementKind | None = None
    ) -> Select[Movement]:
        """What happened to the books of the caller's units, narrowed by what is given."""
        of = book_movements.c
        query = select(Movement).where(within(of.org_unit, caller.unit))
        query = query.where(of.book_id == book_id) if book_id else query
        return query.where(of.kind == kind) if kind else query

    def stock(self, caller: Caller) -> Select[*tuple[Any, ...]]:
        """How many books of each unit are in each state."""
        of = books.c
        counted = (func.count().filter(of.state == one).label(one.value) for one in BookState)
        query: Select[*tuple[Any, ...]] = select(of.org_unit, *counted)
        return query.where(within(of.org_unit, caller.unit)).group_by(of.org_unit)

    def report(self, month: str, *, unit: str) -> list[HolderLine]:
        """What the dispatchers at ``unit`` and below did with their books, by person."""
        lines: dict[UUID, HolderLine] = {}
        found: dict[str, Iterable[Any]] = {
            "books_out": self.session.execute(_out(unit)),
            "books_issued": self.session.execute(_moved(MovementKind.ISSUED, month, unit)),
            "books_returned": self.session.execute(_moved(MovementKind.RETURNED, month, unit)),
            "pages_lost": self.session.execute(_lost(month, unit)),
        }
        for name, rows in found.items():
            for person_id, number in rows:
                setattr(lines.setdefault(person_id, HolderLine(person_id)), name, number)
        return sorted(lines.values(), key=lambda line: line.person_id)


def _out(unit: str) -> Select[Any, int]:
    of = books.c
    held = within(of.org_unit, unit), of.state == BookState.ISSUED
    return select(of.holder_id, func.count()).where(*held).group_by(of.holder_id)


def _moved(kind: MovementKind, month: str, unit: str) -> Select[Any, int]:
    of = book_movements.c
    moved = within(of.org_unit, unit), of.month == month, of.kind == kind
    return select(of.holder_id, func.count()).where(*moved).group_by(of.holder_id)


def _lost(month: str, unit: str) -> Select[UUID, int]:
    """Pages of books that came back in the month; a book comes back once."""
    of, back = breaches.c, book_movements.c
    returned = back.kind == MovementKind.RETURNED, back.month == month
    stands = of.withdrawn_at.is_(None)
    pages = func.sum(of["items"])
    lost = select(of.person_id, pages).join(book_movements, back.book_id == of.book_id)
    return lost.where(within(of.org_unit, unit), stands, *returned).group_by(of.person_id)
