"""Keep the stock of books of blank orders: buy, issue against used stubs, take back, file (WO-03,
WO-18)."""

from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.book_rules import (
    BookExists,
    BookIssueRule,
    BookRule,
    PageBlank,
    PagesOverlap,
    check_held,
    check_holder,
    check_keeping,
)
from dispatch.domain.book_states import BookCommand, after
from dispatch.domain.books import Book, MovementKind, check_thickness
from dispatch.domain.callers import Caller
from dispatch.domain.events import BookStockLow
from dispatch.use_cases.book_holders import HOLDER, owners_of_books
from dispatch.use_cases.book_ledger import enter_movement
from shared.ids import new_id
from shared.rules import Ruling


def purchase_book(
    tx: DispatchTransaction,
    *,
    org_unit: str,
    book_no: str,
    first_page: int,
    last_page: int | None,
    caller: Caller,
) -> Book:
    """Take a book that was bought into the stock of a unit; without a last page it has as many as
    the pack says (WO-03).

    Raises UnitUnknown, MayNotKeepBooks, NotOnStaff, PagesInvalid, BookExists, PagesOverlap.
    """
    tx.units.require(org_unit, seen_from=caller.unit)
    rule = _check_keeping(tx, org_unit, caller)
    by = tx.people.acting(caller).id
    last_page = first_page + rule.value.pages - 1 if last_page is None else last_page
    check_thickness(first_page, last_page)
    tx.units.lock(org_unit)
    _check_free(tx, org_unit, book_no, first_page, last_page)
    book = Book(
        id=new_id(),
        org_unit=org_unit,
        book_no=book_no,
        first_page=first_page,
        last_page=last_page,
        purchased_at=tx.now,
    )
    tx.books.add(book)
    enter_movement(tx, book, MovementKind.PURCHASED, by=by, pages=book.pages)
    return book


def issue_book(tx: DispatchTransaction, book_id: UUID, *, holder_id: UUID, caller: Caller) -> Book:
    """Give a blank book to a dispatcher of its unit, who has returned the stubs of those before
    (WO-18). Whoever keeps the books is told when few are left.

    Raises NotFound, MayNotKeepBooks, NotOnStaff, HolderUnfit, BooksOutstanding, WrongState.
    """
    book, by = _taken(tx, book_id, caller)
    after(book.state, BookCommand.ISSUE)
    _check_holder(tx, holder_id, book.org_unit)
    rule: Ruling[BookIssueRule] = tx.ruling("book_issuing", unit=book.org_unit)
    check_held(tx.books.held_by(holder_id), rule)
    book.issue_to(holder_id, now=tx.now)
    enter_movement(tx, book, MovementKind.ISSUED, by=by, pages=book.pages)
    _warn_of_low_stock(tx, book.org_unit)
    return book


def hand_over_book(
    tx: DispatchTransaction,
    book_id: UUID,
    *,
    holder_id: UUID,
    next_page: int,
    reason: str,
    caller: Caller,
) -> Book:
    """Give a book that is in use to another dispatcher of its unit, who answers for the pages from
    ``next_page`` on.

    Raises NotFound, MayNotKeepBooks, NotOnStaff, HolderUnfit, BooksOutstanding, PageOutside,
    PageBlank, WrongState.
    """
    book, by = _taken(tx, book_id, caller)
    after(book.state, BookCommand.HAND_OVER)
    _check_holder(tx, holder_id, book.org_unit)
    rule: Ruling[BookIssueRule] = tx.ruling("book_issuing", unit=book.org_unit)
    check_held([one for one in tx.books.held_by(holder_id) if one != book.id], rule)
    _check_unused(tx, book, next_page)
    book.hand_over(holder_id, next_page=next_page)
    left = book.last_page - next_page + 1
    enter_movement(tx, book, MovementKind.HANDED_OVER, by=by, pages=left, reason=reason)
    tx.cancel_timer(HOLDER, f"book/{book.id}")
    return book


def return_book(tx: DispatchTransaction, book_id: UUID, *, caller: Caller) -> Book:
    """Take a used book back from its holder. One that is lost comes back without a stub.

    Raises NotFound, MayNotKeepBooks, NotOnStaff, WrongState.
    """
    book, by = _taken(tx, book_id, caller)
    book.take_back(now=tx.now)
    enter_movement(tx, book, MovementKind.RETURNED, by=by, pages=book.pages)
    tx.cancel_timer(HOLDER, f"book/{book.id}")
    return book


def close_book(tx: DispatchTransaction, book_id: UUID, *, caller: Caller) -> Book:
    """File the stubs. Raises NotFound, MayNotKeepBooks, NotOnStaff, WrongState."""
    book, by = _taken(tx, book_id, caller)
    book.close()
    enter_movement(tx, book, MovementKind.CLOSED, by=by, pages=book.pages)
    return book


def write_off_book(tx: DispatchTransaction, book_id: UUID, *, reason: str, caller: Caller) -> Book:
    """Take a blank book that is of no use out of the stock.

    Raises NotFound, MayNotKeepBooks, NotOnStaff, WrongState.
    """
    book, by = _taken(tx, book_id, caller)
    book.write_off()
    enter_movement(tx, book, MovementKind.WRITTEN_OFF, by=by, pages=book.pages, reason=reason)
    _warn_of_low_stock(tx, book.org_unit)
    return book


def _taken(tx: DispatchTransaction, book_id: UUID, caller: Caller) -> tuple[Book, UUID]:
    book = tx.books.take(book_id, caller)
    _check_keeping(tx, book.org_unit, caller)
    return book, tx.people.acting(caller).id


def _check_keeping(tx: DispatchTransaction, unit: str, caller: Caller) -> Ruling[BookRule]:
    rule: Ruling[BookRule] = tx.ruling("books", unit=unit)
    check_keeping(caller.roles, rule)
    return rule


def _check_free(
    tx: DispatchTransaction, unit: str, book_no: str, first_page: int, last_page: int
) -> None:
    if tx.books.numbered(book_no, unit=unit):
        raise BookExists("the unit has a book of this number")
    other = tx.books.overlapping(first_page, last_page, unit=unit)
    if other is not None:
        raise PagesOverlap("another book of the unit has such a page", book_no=other)


def _check_holder(tx: DispatchTransaction, holder_id: UUID, unit: str) -> None:
    """The person stays as he is until the commit, so that nobody gets two books at once, and
    nobody one while he leaves."""
    check_holder(tx.people.take(holder_id), unit, tx.ruling("dispatching", unit=unit))


def _check_unused(tx: DispatchTransaction, book: Book, next_page: int) -> None:
    used = [page.page_no for page in tx.books.pages(book.id) if page.page_no >= next_page]
    if used:
        raise PageBlank(
            "a page from there on was used",
            pages=used,
            errors={"next_page": ["comes before a page that was used"]},
        )


def _warn_of_low_stock(tx: DispatchTransaction, unit: str) -> None:
    rule: Ruling[BookRule] = tx.ruling("books", unit=unit)
    tx.session.flush()
    in_stock = tx.books.in_stock(unit)
    if in_stock <= rule.value.reorder_at:
        low = BookStockLow(
            org_unit=unit,
            in_stock=in_stock,
            reorder_at=rule.value.reorder_at,
            owner_ids=owners_of_books(tx, unit, rule),
        )
        tx.emit(low, because=rule.because)
