"""What goes over HTTP about books of blank orders: requests and answers."""

from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Length, Range, Regexp

from dispatch.api.work_order_schemas import REASON
from dispatch.domain.book_states import BookState
from dispatch.domain.books import LAST, THICKEST, MovementKind, PageUse
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, RequestSchema

BOOK_NO = Regexp(r"[A-Za-z0-9][A-Za-z0-9._-]{0,11}\Z")


def _page(**options: Any) -> fields.Integer:
    return fields.Integer(strict=True, validate=Range(1, LAST), **options)


def _pages() -> fields.List[int]:
    return fields.List(_page(), required=True, validate=Length(0, THICKEST))


class PurchaseBookSchema(RequestSchema):
    """A book that was bought for a unit; without a last page it is as thick as the pack says."""

    org_unit = fields.String(required=True, validate=Length(1, 60))
    book_no = fields.String(required=True, validate=BOOK_NO)
    first_page = _page(required=True)
    last_page = _page(load_default=None, allow_none=True)


class IssueBookSchema(RequestSchema):
    """Which dispatcher gets the book."""

    holder_id = fields.UUID(required=True)


class HandOverBookSchema(IssueBookSchema):
    """Who has the book from the next blank page on, and why."""

    next_page = _page(required=True)
    reason = fields.String(required=True, validate=REASON)


class ReturnBookSchema(RequestSchema):
    """Nothing but the command."""


class CountBookSchema(RequestSchema):
    """The stubs that are there and whole, and those that are damaged. ``blank_from`` is the first
    page that was never used; without it the whole book was."""

    present = _pages()
    damaged = _pages()
    blank_from = _page(load_default=None, allow_none=True)


class CloseBookSchema(RequestSchema):
    """Nothing but the command."""


class WriteOffBookSchema(RequestSchema):
    """Why a blank book is of no use any more."""

    reason = fields.String(required=True, validate=REASON)


class VoidPageSchema(RequestSchema):
    """Which page was spoiled, and why."""

    page_no = _page(required=True)
    reason = fields.String(required=True, validate=REASON)


class BookArgs(PageArgs):
    """Which books to list."""

    state = fields.Enum(BookState, by_value=True, load_default=None)
    holder_id = fields.UUID(load_default=None)


class MovementArgs(PageArgs):
    """Which lines of the ledger to list."""

    book_id = fields.UUID(load_default=None)
    kind = fields.Enum(MovementKind, by_value=True, load_default=None)


class BookReportArgs(Schema):
    """Of which month (``2026-02``)."""

    month = fields.String(required=True, validate=Regexp(r"\d{4}-(0[1-9]|1[0-2])\Z"))


class CountSchema(Schema):
    """What was found: the stubs that are whole, damaged and missing. The pages from ``blank_from``
    on were never used."""

    present = fields.List(fields.Integer(), required=True)
    damaged = fields.List(fields.Integer(), required=True)
    missing = fields.List(fields.Integer(), required=True)
    blank_from = fields.Integer(required=True)
    counted_at = AwareTime(required=True)
    counted_by = fields.UUID(required=True)


class BookHoldingSchema(Schema):
    """Who answers for the stubs from a page on."""

    holder_id = fields.UUID(required=True)
    from_page = fields.Integer(required=True)


class BookSchema(Schema):
    """A book of numbered blank orders (WO-03)."""

    book_id = fields.UUID(required=True, attribute="id")
    org_unit = fields.String(required=True)
    book_no = fields.String(required=True)
    first_page = fields.Integer(required=True)
    last_page = fields.Integer(required=True)
    state = fields.Enum(BookState, by_value=True, required=True)
    holder_id = fields.UUID(required=True, allow_none=True)
    holdings = fields.List(fields.Nested(BookHoldingSchema), required=True)
    purchased_at = AwareTime(required=True)
    issued_at = AwareTime(required=True, allow_none=True)
    returned_at = AwareTime(required=True, allow_none=True)
    count = fields.Nested(CountSchema, required=True, allow_none=True)


class CountedBookSchema(BookSchema):
    """The book with the pages from which no order was entered although they have a stub and are not
    void."""

    unentered = fields.List(fields.Integer(), required=True)


class UsedPageSchema(Schema):
    """A page that was used for an order or is void."""

    page_no = fields.Integer(required=True)
    use = fields.Enum(PageUse, by_value=True, required=True)
    work_order_id = fields.UUID(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    recorded_at = AwareTime(required=True)
    recorded_by = fields.UUID(required=True)


class BookMovementSchema(Schema):
    """One line of the ledger of books; ``pages`` is by how many the ledger grows for its kind."""

    movement_id = fields.UUID(required=True, attribute="id")
    book_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    kind = fields.Enum(MovementKind, by_value=True, required=True)
    state = fields.Enum(BookState, by_value=True, required=True)
    pages = fields.Integer(required=True)
    month = fields.String(required=True)
    recorded_at = AwareTime(required=True)
    recorded_by = fields.UUID(required=True)
    holder_id = fields.UUID(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)


class BookStockSchema(Schema):
    """How many books of a unit are in each state."""

    org_unit = fields.String(required=True)
    in_stock = fields.Integer(required=True)
    issued = fields.Integer(required=True)
    returned = fields.Integer(required=True)
    counted = fields.Integer(required=True)
    closed = fields.Integer(required=True)
    written_off = fields.Integer(required=True)


class HolderLineSchema(Schema):
    """The books that a dispatcher has, those that he got and returned in the month, and how many of
    their pages are missing or damaged."""

    person_id = fields.UUID(required=True)
    books_out = fields.Integer(required=True)
    books_issued = fields.Integer(required=True)
    books_returned = fields.Integer(required=True)
    pages_lost = fields.Integer(required=True)


class BookReportSchema(Schema):
    """The books of a unit and those below it, by dispatcher."""

    unit = fields.String(required=True)
    month = fields.String(required=True)
    dispatchers = fields.List(fields.Nested(HolderLineSchema), required=True)
