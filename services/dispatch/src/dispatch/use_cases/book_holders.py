"""See that no book stays with somebody who is gone: it is returned or handed over (WO-18)."""

from datetime import datetime, timedelta
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.book_rules import BookRule, dispatches
from dispatch.domain.book_states import BookState
from dispatch.domain.books import Book
from dispatch.domain.events import BookReminded
from dispatch.use_cases.deadlines import UNRULED
from shared.policy import PolicyMissing
from shared.rules import Ruling, given
from shared.working_time import add

HOLDER = "book.holder"


def look_at_books_of(tx: DispatchTransaction, person_id: UUID) -> None:
    """Have each book looked at that somebody holds who left or changed posts."""
    for book_id in tx.books.held_by(person_id):
        _look_at(tx, book_id, tx.now)


def look_at_holder(tx: DispatchTransaction, *, book_id: UUID) -> None:
    """Where the holder of a book is gone, whoever keeps the books has to see to it; one reminds
    him until the book is returned or handed over."""
    book = tx.books.take_known(book_id)
    if book.state is not BookState.ISSUED:
        return
    try:
        if _has_holder(tx, book):
            return
        rule: Ruling[BookRule] = tx.ruling("books", unit=book.org_unit)
    except PolicyMissing:
        _look_at(tx, book_id, tx.now + UNRULED)
        return
    tx.emit(_reminded(tx, book, rule), because=rule.because)
    _look_at(tx, book_id, _again(tx, book.org_unit, rule))


def owners_of_books(tx: DispatchTransaction, unit: str, rule: Ruling[BookRule]) -> tuple[UUID, ...]:
    """Who keeps the books of ``unit``: the nearest holder of a role, where there is one."""
    found = tx.people.nearest(rule.value.roles, unit=unit)
    return (found.person_id,) if found else ()


def _has_holder(tx: DispatchTransaction, book: Book) -> bool:
    holder = tx.people.find(book.holder_id) if book.holder_id else None
    return dispatches(holder, book.org_unit, tx.ruling("dispatching", unit=book.org_unit))


def _reminded(tx: DispatchTransaction, book: Book, rule: Ruling[BookRule]) -> BookReminded:
    return BookReminded(
        book_id=book.id,
        org_unit=book.org_unit,
        book_no=book.book_no,
        holder_id=given(book.holder_id, "a book that was issued has a holder."),
        owner_ids=owners_of_books(tx, book.org_unit, rule),
        reminded_at=tx.now,
    )


def _again(tx: DispatchTransaction, unit: str, rule: Ruling[BookRule]) -> datetime:
    return add(tx.calendar(unit), tx.now, timedelta(minutes=rule.value.again)).at


def _look_at(tx: DispatchTransaction, book_id: UUID, at: datetime) -> None:
    tx.set_timer(HOLDER, f"book/{book_id}", at, book_id=book_id)
