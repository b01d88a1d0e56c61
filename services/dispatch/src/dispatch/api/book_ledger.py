"""The ledger, the stock and the report of books of blank orders, over HTTP (WO-03)."""

from typing import Any

from dispatch.adapters.book_movements import BookMovements, book_movements
from dispatch.adapters.books import books
from dispatch.api.access import BOOK_READERS
from dispatch.api.book_schemas import (
    BookMovementSchema,
    BookReportArgs,
    BookReportSchema,
    BookStockSchema,
    MovementArgs,
)
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import query, session
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema


def blueprint() -> Blueprint:
    """What happened to books, how many there are, and what dispatchers did with them."""
    blp = Blueprint("book_ledger", __name__, description="The ledger of books of blank orders")

    @blp.get("/v1/book-movements")
    @allow(*BOOK_READERS)
    @query
    @blp.arguments(MovementArgs, location="query")
    @blp.response(200, page_schema(BookMovementSchema))
    def list_book_movements(args: dict[str, Any]) -> dict[str, Any]:
        """What happened to the books of the caller's units, in order."""
        narrowed = {name: args[name] for name in ("book_id", "kind")}
        found = BookMovements(session()).seen(principal(), **narrowed)
        return page(found, key=(book_movements.c.id,), args=args, session=session())

    @blp.get("/v1/book-stock")
    @allow(*BOOK_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(BookStockSchema))
    def list_book_stock(args: dict[str, Any]) -> dict[str, Any]:
        """How many books of each of the caller's units are in each state."""
        found = BookMovements(session()).stock(principal())
        return page(found, key=(books.c.org_unit,), args=args, session=session())

    @blp.get("/v1/book-report")
    @allow(*BOOK_READERS)
    @query
    @blp.arguments(BookReportArgs, location="query")
    @blp.response(200, BookReportSchema)
    def get_book_report(args: dict[str, Any]) -> dict[str, Any]:
        """Books out, issued and returned, and pages lost, by dispatcher of the caller's units."""
        unit = principal().unit
        lines = BookMovements(session()).report(args["month"], unit=unit)
        return {"unit": unit, "month": args["month"], "dispatchers": lines}

    return blp
