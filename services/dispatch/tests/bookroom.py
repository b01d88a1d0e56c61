"""The archive of the sample company: its archivist, two dispatchers, and books of blank orders."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from dispatch.adapters.book_movements import book_movements
from dispatch.domain.books import Book
from dispatch.domain.penalties import Penalty
from dispatch.use_cases.book_counts import count_book
from dispatch.use_cases.book_pages import void_page
from dispatch.use_cases.books import (
    close_book,
    hand_over_book,
    issue_book,
    purchase_book,
    return_book,
    write_off_book,
)
from dispatch.use_cases.work_orders import issue_work_order
from shared.policy import Rulebook
from shared.tables import timers
from shared.testing import emitted

from .company import DISPATCHER, Asker, add, asker
from .office import Office

CENTRE = "dispatch-centre"
ARCHIVIST = asker(20, "hq", "archivist")
SECOND = asker(21, CENTRE, "dispatcher")


class BookRoom(Office):
    """The office, with somebody who keeps its books."""

    def __init__(self, sessions: sessionmaker[Session], rulebook: Rulebook) -> None:
        super().__init__(sessions, rulebook)
        with self.open() as tx:
            add(tx, ARCHIVIST)
            add(tx, SECOND)

    def buy(self, book_no: str = "1", *, first: int = 1, last: int | None = 4) -> UUID:
        how = {"org_unit": CENTRE, "book_no": book_no, "first_page": first, "last_page": last}
        return self.act(purchase_book, **how).id

    def give(self, book_id: UUID, to: Asker = DISPATCHER) -> Book:
        return self.act(issue_book, book_id, holder_id=UUID(to.id))

    def out(self, book_no: str = "1", *, to: Asker = DISPATCHER, **pages: int) -> UUID:
        """A book that a dispatcher has."""
        book_id = self.buy(book_no, **pages)
        self.give(book_id, to)
        return book_id

    def hand(self, book_id: UUID, to: Asker, *, next_page: int) -> Book:
        how = {"holder_id": UUID(to.id), "next_page": next_page, "reason": "He is gone"}
        return self.act(hand_over_book, book_id, **how)

    def bring(self, book_id: UUID) -> Book:
        return self.act(return_book, book_id)

    def count(
        self,
        book_id: UUID,
        *present: int,
        damaged: Iterable[int] = (),
        blank_from: int | None = None,
        by: Asker = ARCHIVIST,
    ) -> Book:
        how = {"present": present, "damaged": tuple(damaged), "blank_from": blank_from}
        return self.act(count_book, book_id, by=by, **how)

    def file(self, book_id: UUID) -> Book:
        return self.act(close_book, book_id)

    def drop(self, book_id: UUID) -> Book:
        return self.act(write_off_book, book_id, reason="It was printed wrongly")

    def void(self, book_id: UUID, page_no: int, by: Asker = DISPATCHER) -> Any:
        return self.act(void_page, book_id, by=by, page_no=page_no, reason="Ink")

    def write(self, page_no: int, *, book_no: str = "1", by: Asker = DISPATCHER) -> str:
        """Enter an order that was written on a page; its number."""
        self.draft()
        how = {"from_paper": True, "book_no": book_no, "page_no": page_no}
        order = self.on(issue_work_order, by, **how)
        return str(order.order_no)

    def act(self, command: Any, *args: Any, by: Asker = ARCHIVIST, **how: Any) -> Any:
        with self.open(by) as tx:
            done = command(tx, *args, caller=by, **how)
            tx.session.flush()
            tx.session.expunge(done)
            return done

    def penalties(self) -> list[Penalty]:
        with self.open() as tx:
            found = list(tx.session.scalars(tx.penalties.listed()))
            tx.session.expunge_all()
            return found

    def ledger(self) -> list[Any]:
        with self.sessions() as session:
            query = select(book_movements).order_by(book_movements.c.recorded_at)
            return list(session.execute(query.order_by(book_movements.c.id)))

    def heard(self, kind: str) -> list[dict[str, Any]]:
        """What was told of that kind, each held against its contract."""
        with self.sessions() as session:
            of = f"dispatch.{kind}.v1"
            return [data for type_, data in emitted(session) if type_ == of]

    def waiting(self) -> list[Any]:
        """The timers of books, and of the last order."""
        books = select(timers).where(timers.c.kind == "book.holder")
        with self.sessions() as session:
            found = [*super().waiting(), *session.execute(books)]
        return sorted(found, key=lambda row: row.due_at)
