"""Use the pages of books: an order that was written on one is entered, or it is void (F-02)."""

from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.book_rules import BookUnknown, PageTaken
from dispatch.domain.book_states import BookCommand
from dispatch.domain.books import Book, Page, PageUse
from dispatch.domain.callers import Caller
from dispatch.domain.work_order_rules import check_dispatching
from dispatch.domain.work_orders import WorkOrder


def use_page(
    tx: DispatchTransaction, order: WorkOrder, *, book_no: str, page_no: int, by: UUID
) -> str:
    """Enter on which page of a book of its unit an order was written, once; returns the number that
    it has by its page.

    Raises BookUnknown, PageOutside, PageBlank, PageTaken, WrongState.
    """
    book = tx.books.take_numbered(book_no, unit=order.org_unit)
    if book is None:
        raise BookUnknown(
            "the unit of the order has no such book", errors={"book_no": ["is not known"]}
        )
    _check_free(tx, book, BookCommand.USE_PAGE, page_no)
    page = Page(
        book_id=book.id,
        page_no=page_no,
        use=PageUse.ORDER,
        work_order_id=order.id,
        recorded_at=tx.now,
        recorded_by=by,
    )
    tx.books.add_page(page)
    order.book_no, order.page_no = book_no, page_no
    return book.order_no(page_no)


def void_page(
    tx: DispatchTransaction, book_id: UUID, *, page_no: int, reason: str, caller: Caller
) -> Page:
    """Keep that a page was spoiled, and why: its stub has to be there all the same.

    Raises NotFound, NotOnStaff, MayNotDispatch, PageOutside, PageBlank, PageTaken, WrongState.
    """
    book = tx.books.take(book_id, caller)
    check_dispatching(caller.roles, tx.ruling("dispatching", unit=book.org_unit))
    by = tx.people.acting(caller).id
    _check_free(tx, book, BookCommand.VOID_PAGE, page_no)
    page = Page(
        book_id=book.id,
        page_no=page_no,
        use=PageUse.VOID,
        reason=reason,
        recorded_at=tx.now,
        recorded_by=by,
    )
    tx.books.add_page(page)
    tx.record("book.page_voided", f"book/{book.id}", page_no=page_no)
    return page


def _check_free(tx: DispatchTransaction, book: Book, command: BookCommand, page_no: int) -> None:
    book.check_page(command, page_no)
    if tx.books.page(book.id, page_no) is not None:
        raise PageTaken("the page was used or is void already", page_no=page_no)
