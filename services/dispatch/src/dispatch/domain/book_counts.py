"""What is found when the stubs of a book are counted: a gap in their sequence is a missing page
(WO-18, WO-19)."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from dispatch.domain import events
from dispatch.domain.book_rules import PageBlank, PageOutside, PageTwice
from dispatch.domain.breaches import Breach, BreachRule
from shared.rules import Ruling, given

if TYPE_CHECKING:
    from dispatch.domain.books import Book


@dataclass(frozen=True, kw_only=True)
class Count:
    """The stubs of a book: those that are whole, those that are ``damaged``, those that are
    ``missing``. The pages from ``blank_from`` on were never used and are written off; where none
    is, that is the page behind the last."""

    present: tuple[int, ...]
    damaged: tuple[int, ...]
    missing: tuple[int, ...]
    blank_from: int
    counted_at: datetime
    counted_by: UUID

    @property
    def found(self) -> int:
        """How many stubs there are, whole or not."""
        return len(self.present) + len(self.damaged)

    @property
    def lost(self) -> tuple[int, ...]:
        """The pages that are missing or damaged, in order."""
        return tuple(sorted((*self.missing, *self.damaged)))


def counted(
    book: "Book",
    *,
    present: Collection[int],
    damaged: Collection[int],
    blank_from: int | None,
    taken: Iterable[int],
    by: UUID,
    now: datetime,
) -> Count:
    """What is there of a book, and so what is missing; ``taken`` are the pages that are known to
    have been used or to be void.

    Raises PageOutside, PageTwice, PageBlank.
    """
    end = book.last_page + 1 if blank_from is None else blank_from
    stubs = [*present, *damaged]
    _check_range(book, stubs, end)
    used = [page for page in (*stubs, *taken) if page >= end]
    if used:
        raise PageBlank(
            "a page that was used is not blank",
            pages=sorted(set(used)),
            errors={"blank_from": ["comes before a page that was used"]},
        )
    missing = sorted(set(range(book.first_page, end)) - set(stubs))
    return Count(
        present=tuple(sorted(present)),
        damaged=tuple(sorted(damaged)),
        missing=tuple(missing),
        blank_from=end,
        counted_at=now,
        counted_by=by,
    )


def lost_by_holder(book: "Book", count: Count | None) -> dict[UUID, tuple[int, ...]]:
    """The pages that are missing or damaged, by who answers for them."""
    found: dict[UUID, tuple[int, ...]] = {}
    for page in count.lost if count else ():
        holder_id = book.answers_for(page)
        found[holder_id] = (*found.get(holder_id, ()), page)
    return found


def breach_of_pages(
    book: "Book",
    person_id: UUID,
    pages: Sequence[int],
    rule: Ruling[BreachRule],
    *,
    id: UUID,
    count: Count,
) -> Breach:
    """The breach of a holder whose ``pages`` are missing or damaged. It lies in the day on which
    the book came back, however often its stubs are counted."""
    back = given(book.returned_at, "what was counted came back before.")
    return Breach(
        id=id,
        book_id=book.id,
        org_unit=book.org_unit,
        code=rule.value.code,
        person_id=person_id,
        occasion=back,
        occurred_at=back,
        items=len(pages),
        amount=len(pages) * rule.value.amount,
        because=rule.because,
        recorded_at=count.counted_at,
        recorded_by=count.counted_by,
        evidence=", ".join(f"{book.book_no}/{page}" for page in pages),
    )


def pages_lost(book: "Book", breach: Breach) -> events.BookPagesLost:
    """What is told of pages that are missing or damaged."""
    return events.BookPagesLost(
        book_id=book.id,
        org_unit=book.org_unit,
        book_no=book.book_no,
        breach_id=breach.id,
        person_id=breach.person_id,
        counted_at=breach.recorded_at,
        pages=breach.items,
        amount=breach.amount,
        because=breach.because,
    )


def _check_range(book: "Book", stubs: list[int], end: int) -> None:
    if not book.first_page <= end <= book.last_page + 1:
        raise PageOutside(
            "the book has no such page", errors={"blank_from": ["is not a page of the book"]}
        )
    outside = sorted({page for page in stubs if not book.first_page <= page <= book.last_page})
    if outside:
        raise PageOutside(
            "the book has no such page",
            pages=outside,
            errors={"present": [f"must be {book.first_page} to {book.last_page}"]},
        )
    twice = sorted(page for page, times in Counter(stubs).items() if times > 1)
    if twice:
        raise PageTwice(
            "a stub is counted once", pages=twice, errors={"present": ["holds a page twice"]}
        )
