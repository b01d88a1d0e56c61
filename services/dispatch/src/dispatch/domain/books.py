"""A book of numbered blank orders, from its purchase until its stubs are filed (WO-03, WO-18)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from dispatch.domain.book_counts import Count
from dispatch.domain.book_rules import PageBlank, PageOutside, PagesInvalid
from dispatch.domain.book_states import BookCommand, BookState, after

THICKEST = 1000  # Pages; far above every book that is printed, so that a slip of the pen is seen.
LAST = 999_999  # The highest page number, so that the number of an order has no more digits.


class MovementKind(StrEnum):
    """What happened to a book, in the ledger of the stock."""

    PURCHASED = "purchased"
    ISSUED = "issued"
    HANDED_OVER = "handed_over"
    RETURNED = "returned"
    COUNTED = "counted"
    CLOSED = "closed"
    WRITTEN_OFF = "written_off"


class PageUse(StrEnum):
    """What became of a page that is not blank any more."""

    ORDER = "order"
    VOID = "void"


@dataclass(eq=False, kw_only=True)
class Movement:
    """One line of the ledger; lines are only added. ``pages`` is by how many pages the ledger grows
    for its kind: what a second count corrects is a line of the difference. ``month`` (``2026-02``)
    is that of the unit's calendar, ``holder_id`` who has or had the book."""

    id: UUID
    book_id: UUID
    org_unit: str
    kind: MovementKind
    state: BookState
    pages: int
    month: str
    recorded_at: datetime
    recorded_by: UUID
    holder_id: UUID | None = None
    reason: str | None = None


@dataclass(eq=False, kw_only=True)
class Page:
    """A page that was used for an order or is void, once (F-02)."""

    book_id: UUID
    page_no: int
    use: PageUse
    recorded_at: datetime
    recorded_by: UUID
    work_order_id: UUID | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Holding:
    """Who answers for the stubs from ``from_page`` on."""

    holder_id: UUID
    from_page: int


@dataclass(eq=False, kw_only=True)
class Book:
    """A book of ``org_unit``, whose pages are ``first_page`` to ``last_page``; page numbers run on
    through the books of a unit. ``holder_id`` has the book, or had it last; ``holdings`` are all
    who had it, in order. Times are UTC."""

    id: UUID
    org_unit: str
    book_no: str
    first_page: int
    last_page: int
    purchased_at: datetime
    state: BookState = BookState.IN_STOCK
    holder_id: UUID | None = None
    holdings: tuple[Holding, ...] = ()
    issued_at: datetime | None = None
    returned_at: datetime | None = None
    count: Count | None = None
    version: int = 1

    @property
    def pages(self) -> int:
        return self.last_page - self.first_page + 1

    def issue_to(self, holder_id: UUID, *, now: datetime) -> None:
        """The book leaves the stock. Raises WrongState."""
        self.state = after(self.state, BookCommand.ISSUE)
        self.holder_id, self.issued_at = holder_id, now
        self.holdings = (Holding(holder_id, self.first_page),)

    def hand_over(self, holder_id: UUID, *, next_page: int) -> None:
        """Another dispatcher has the book from now on, and answers for the pages from ``next_page``
        on; those before stay with whoever had them. Raises WrongState, PageOutside."""
        state = after(self.state, BookCommand.HAND_OVER)
        if not self.holdings[-1].from_page <= next_page <= self.last_page:
            raise PageOutside(
                "the next page is not one of those that the holder has",
                errors={"next_page": ["is not a page of the present holder"]},
            )
        kept = tuple(one for one in self.holdings if one.from_page < next_page)
        self.holdings = (*kept, Holding(holder_id, next_page))
        self.state, self.holder_id = state, holder_id

    def take_back(self, *, now: datetime) -> None:
        """The archivist has it again, with its stubs. Raises WrongState."""
        self.state = after(self.state, BookCommand.RETURN)
        self.returned_at = now

    def keep_count(self, count: Count) -> None:
        """What was found; a later count replaces an earlier one. Raises WrongState."""
        self.state = after(self.state, BookCommand.COUNT)
        self.count = count

    def close(self) -> None:
        """The stubs are filed; nothing about them changes any more. Raises WrongState."""
        self.state = after(self.state, BookCommand.CLOSE)

    def write_off(self) -> None:
        """A blank book is of no use any more. Raises WrongState."""
        self.state = after(self.state, BookCommand.WRITE_OFF)

    def check_page(self, command: BookCommand, page_no: int) -> None:
        """Refuse a page that cannot be used. Raises WrongState, PageOutside, PageBlank."""
        after(self.state, command)
        if not self.first_page <= page_no <= self.last_page:
            raise PageOutside(
                "the book has no such page",
                errors={"page_no": [f"must be {self.first_page} to {self.last_page}"]},
            )
        if self.count and page_no >= self.count.blank_from:
            raise PageBlank(
                "the page came back blank", errors={"page_no": ["was counted as blank"]}
            )

    def order_no(self, page_no: int) -> str:
        """The number of the order on that page: no unit's name holds a colon."""
        return f"{self.org_unit}:{self.book_no}:{page_no}"

    def was_held_by(self, person_id: UUID) -> bool:
        return any(one.holder_id == person_id for one in self.holdings)

    def answers_for(self, page_no: int) -> UUID:
        """Who had the book when that page was due."""
        had = [one.holder_id for one in self.holdings if one.from_page <= page_no]
        return had[-1]


def check_thickness(first_page: int, last_page: int) -> None:
    """Refuse a book of no pages, or of too many. Raises PagesInvalid."""
    if not 0 <= last_page - first_page < THICKEST or last_page > LAST:
        raise PagesInvalid(
            f"a book has 1 to {THICKEST} pages",
            errors={
                "last_page": [f"must be {first_page} to {min(first_page + THICKEST - 1, LAST)}"]
            },
        )
