"""Where books of blank orders and their pages are kept, and who may see them (WO-03)."""

from collections.abc import Sequence
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
    UniqueConstraint,
    Uuid,
    func,
    select,
)
from sqlalchemy.orm import Session

from dispatch.adapters.columns import CountColumn, HoldingsColumn, mapping, metadata
from dispatch.domain.book_states import BookState
from dispatch.domain.books import Book, Page, PageUse
from dispatch.domain.callers import Caller
from shared.rules import NotFound
from shared.scope import within
from shared.tables import UtcDateTime, by_value

books = Table(
    "books",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("org_unit", String(60), nullable=False),
    Column("book_no", String(12), nullable=False),
    Column("first_page", Integer, nullable=False),
    Column("last_page", Integer, nullable=False),
    Column("purchased_at", UtcDateTime, nullable=False),
    Column("state", by_value(BookState), nullable=False),
    Column("holder_id", Uuid),
    Column("holdings", HoldingsColumn, nullable=False),
    Column("issued_at", UtcDateTime),
    Column("returned_at", UtcDateTime),
    Column("counted", CountColumn),
    Column("version", Integer, nullable=False),
    UniqueConstraint("org_unit", "book_no"),
    Index("ix_books_org_unit_state", "org_unit", "state"),
    Index("ix_books_holder_id_state", "holder_id", "state"),
)

# A page is used or void once, whoever comes first.
book_pages = Table(
    "book_pages",
    metadata,
    Column("book_id", ForeignKey("books.id"), primary_key=True),
    Column("page_no", Integer, primary_key=True, autoincrement=False),
    Column("use", by_value(PageUse), nullable=False),
    Column("work_order_id", ForeignKey("work_orders.id"), unique=True),
    Column("reason", Text),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("recorded_by", Uuid, nullable=False),
)

mapping.map_imperatively(
    Book, books, version_id_col=books.c.version, properties={"count": books.c.counted}
)
mapping.map_imperatively(Page, book_pages)


class Books:
    """All books. Every query that answers a caller goes through ``seen``."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def add(self, book: Book) -> None:
        self.session.add(book)
        self.session.flush()

    def add_page(self, page: Page) -> None:
        self.session.add(page)

    def get(self, book_id: UUID, caller: Caller) -> Book:
        """Raises NotFound."""
        return self._one(self.seen(caller).where(books.c.id == book_id))

    def take(self, book_id: UUID, caller: Caller) -> Book:
        """As ``get``; nobody else changes the book or its pages until the commit."""
        return self._one(self.seen(caller).where(books.c.id == book_id).with_for_update())

    def take_known(self, book_id: UUID) -> Book:
        """A book whoever asks, taken as by ``take``. Raises NoResultFound."""
        query = select(Book).where(books.c.id == book_id).with_for_update()
        return self.session.scalars(query).one()

    def take_numbered(self, book_no: str, *, unit: str) -> Book | None:
        """The book of that number in ``unit``, taken as by ``take``."""
        query = select(Book).where(books.c.org_unit == unit, books.c.book_no == book_no)
        return self.session.scalar(query.with_for_update())

    def seen(
        self, caller: Caller, *, state: BookState | None = None, holder_id: UUID | None = None
    ) -> Select[Book]:
        """The books of the caller's units, narrowed by what is given."""
        query = select(Book).where(within(books.c.org_unit, caller.unit))
        query = query.where(books.c.state == state) if state else query
        return query.where(books.c.holder_id == holder_id) if holder_id else query

    def numbered(self, book_no: str, *, unit: str) -> bool:
        """Whether the unit has a book of that number."""
        query = select(books.c.id).where(books.c.org_unit == unit, books.c.book_no == book_no)
        return self.session.scalar(query) is not None

    def overlapping(self, first_page: int, last_page: int, *, unit: str) -> str | None:
        """The number of a book of the unit that has one of these pages."""
        of = books.c
        query = select(of.book_no).where(
            of.org_unit == unit, of.first_page <= last_page, of.last_page >= first_page
        )
        return self.session.scalar(query.order_by(of.first_page).limit(1))

    def held_by(self, holder_id: UUID) -> Sequence[UUID]:
        """The ids of the books that somebody has now."""
        of = books.c
        query = select(of.id).where(of.holder_id == holder_id, of.state == BookState.ISSUED)
        return self.session.scalars(query.order_by(of.id)).all()

    def in_stock(self, unit: str) -> int:
        """How many blank books the stock of a unit holds."""
        of = books.c
        query = select(func.count()).where(of.org_unit == unit, of.state == BookState.IN_STOCK)
        return self.session.execute(query).scalar_one()

    def page(self, book_id: UUID, page_no: int) -> Page | None:
        return self.session.get(Page, (book_id, page_no))

    def pages(self, book_id: UUID) -> Sequence[Page]:
        """Those that were used or are void, in order."""
        return self.session.scalars(self.pages_of(book_id).order_by(book_pages.c.page_no)).all()

    def unentered(self, book: Book) -> list[int]:
        """The pages with a stub from which no order was entered and that nobody called void."""
        stubs = {*book.count.present, *book.count.damaged} if book.count else set()
        return sorted(stubs - {page.page_no for page in self.pages(book.id)})

    def pages_of(self, book_id: UUID) -> Select[Page]:
        """The query of those that were used or are void."""
        return select(Page).where(book_pages.c.book_id == book_id)

    def _one(self, query: Select[Book]) -> Book:
        found = self.session.scalar(query)
        if found is None:
            raise NotFound("There is no such book, or none that you may see.")
        return found
