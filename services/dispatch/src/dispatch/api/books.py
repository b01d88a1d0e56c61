"""Books of blank orders over HTTP: what the archivist and the dispatchers do with them (WO-03)."""

from typing import Any
from uuid import UUID

from dispatch.adapters.books import Books, book_pages, books
from dispatch.api.access import BOOK_READERS, ORDER_WORKERS
from dispatch.api.book_schemas import (
    BookArgs,
    BookSchema,
    CloseBookSchema,
    CountBookSchema,
    CountedBookSchema,
    HandOverBookSchema,
    IssueBookSchema,
    PurchaseBookSchema,
    ReturnBookSchema,
    UsedPageSchema,
    VoidPageSchema,
    WriteOffBookSchema,
)
from dispatch.api.versions import shown
from dispatch.domain.books import Book, Page
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
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema


def blueprint() -> Blueprint:
    """Buy, issue, hand over, take back, count and file books; see them and their pages."""
    blp = Blueprint("books", __name__, description="Books of blank orders")
    _stock(blp)
    _use(blp)
    _return(blp)
    _queries(blp)
    return blp


def _stock(blp: Blueprint) -> None:
    @blp.post("/v1/books")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(PurchaseBookSchema)
    @blp.response(201, BookSchema)
    def add_book(asked: dict[str, Any]) -> Book:
        """Take a book that was bought into the stock."""
        return shown(purchase_book(tx(), **asked, caller=principal()))

    @blp.post("/v1/books/<uuid:book_id>/write-offs")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(WriteOffBookSchema)
    @blp.response(200, BookSchema)
    def write_book_off(asked: dict[str, Any], book_id: UUID) -> Book:
        """Take a blank book out of the stock."""
        return shown(write_off_book(tx(), book_id, **asked, caller=principal()))

    @blp.post("/v1/books/<uuid:book_id>/issues")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(IssueBookSchema)
    @blp.response(200, BookSchema)
    def issue_book_to_dispatcher(asked: dict[str, Any], book_id: UUID) -> Book:
        """Give a book to a dispatcher who has returned the stubs of those before."""
        return shown(issue_book(tx(), book_id, **asked, caller=principal()))


def _use(blp: Blueprint) -> None:
    @blp.post("/v1/books/<uuid:book_id>/hand-overs")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(HandOverBookSchema)
    @blp.response(200, BookSchema)
    def hand_book_over(asked: dict[str, Any], book_id: UUID) -> Book:
        """Give a book that is in use to another dispatcher."""
        return shown(hand_over_book(tx(), book_id, **asked, caller=principal()))

    @blp.post("/v1/books/<uuid:book_id>/void-pages")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(VoidPageSchema)
    @blp.response(201, UsedPageSchema)
    def void_book_page(asked: dict[str, Any], book_id: UUID) -> Page:
        """Record as a dispatcher that a page was spoiled."""
        return void_page(tx(), book_id, **asked, caller=principal())


def _return(blp: Blueprint) -> None:
    @blp.post("/v1/books/<uuid:book_id>/returns")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(ReturnBookSchema)
    @blp.response(200, BookSchema)
    def take_book_back(asked: dict[str, Any], book_id: UUID) -> Book:
        """Take a used book back from its holder."""
        return shown(return_book(tx(), book_id, **asked, caller=principal()))

    @blp.post("/v1/books/<uuid:book_id>/counts")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(CountBookSchema)
    @blp.response(200, CountedBookSchema)
    def count_stubs(asked: dict[str, Any], book_id: UUID) -> dict[str, Any]:
        """Count the stubs; what is missing or damaged is put down to whoever had the book."""
        return _counted(count_book(tx(), book_id, **asked, caller=principal()))

    @blp.post("/v1/books/<uuid:book_id>/closures")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(CloseBookSchema)
    @blp.response(200, BookSchema)
    def file_book(asked: dict[str, Any], book_id: UUID) -> Book:
        """File the stubs."""
        return shown(close_book(tx(), book_id, **asked, caller=principal()))


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/books")
    @allow(*BOOK_READERS)
    @query
    @blp.arguments(BookArgs, location="query")
    @blp.response(200, page_schema(BookSchema))
    def list_books(args: dict[str, Any]) -> dict[str, Any]:
        """The books of the caller's units."""
        narrowed = {name: args[name] for name in ("state", "holder_id")}
        found = Books(session()).seen(principal(), **narrowed)
        return page(found, key=(books.c.id,), args=args, session=session())

    @blp.get("/v1/books/<uuid:book_id>")
    @allow(*BOOK_READERS)
    @query
    @blp.response(200, CountedBookSchema)
    def get_book(book_id: UUID) -> dict[str, Any]:
        """One book, and what was counted."""
        return _counted(Books(session()).get(book_id, principal()))

    @blp.get("/v1/books/<uuid:book_id>/pages")
    @allow(*BOOK_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(UsedPageSchema))
    def list_book_pages(args: dict[str, Any], book_id: UUID) -> dict[str, Any]:
        """The pages of a book that were used for an order or are void."""
        kept = Books(session())
        found = kept.pages_of(kept.get(book_id, principal()).id)
        return page(found, key=(book_pages.c.page_no,), args=args, session=session())


def _counted(book: Book) -> dict[str, Any]:
    shown(book)
    found = {name: getattr(book, name) for name in BookSchema().fields if name != "book_id"}
    return {**found, "id": book.id, "unentered": Books(session()).unentered(book)}
