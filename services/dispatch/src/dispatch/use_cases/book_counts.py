"""Count the stubs of a book that came back; what is missing or damaged is a breach of whoever had
the book (WO-18, WO-19)."""

from collections.abc import Collection
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.book_counts import (
    Count,
    breach_of_pages,
    counted,
    lost_by_holder,
    pages_lost,
)
from dispatch.domain.book_rules import OwnBook, PenaltyDecided, check_keeping
from dispatch.domain.book_states import BookCommand, after
from dispatch.domain.books import Book, MovementKind
from dispatch.domain.breaches import Breach, BreachRule, Code, withdraw
from dispatch.domain.callers import Caller
from dispatch.domain.penalties import penalised, priced
from dispatch.use_cases.book_ledger import enter_movement
from shared.ids import new_id
from shared.penalties import PenaltyState
from shared.penalty_ledger import put
from shared.rules import Ruling, given

COUNTED_AGAIN = "counted_again"  # Why a breach was withdrawn.


def count_book(
    tx: DispatchTransaction,
    book_id: UUID,
    *,
    present: Collection[int],
    damaged: Collection[int],
    blank_from: int | None,
    caller: Caller,
) -> Book:
    """Keep which stubs are there and which of them are damaged; the pages from ``blank_from`` on
    were never used. Counted again, the count before is corrected, as long as nobody decided on the
    penalty that it led to.

    Raises NotFound, MayNotKeepBooks, NotOnStaff, OwnBook, PageOutside, PageTwice, PageBlank,
    PenaltyDecided, WrongState.
    """
    book, by = _taken(tx, book_id, caller)
    count = counted(
        book,
        present=present,
        damaged=damaged,
        blank_from=blank_from,
        taken=[page.page_no for page in tx.books.pages(book.id)],
        by=by,
        now=tx.now,
    )
    before = book.count
    _charge(tx, book, count)
    book.keep_count(count)
    _enter(tx, book, count, before, by=by)
    return book


def _taken(tx: DispatchTransaction, book_id: UUID, caller: Caller) -> tuple[Book, UUID]:
    book = tx.books.take(book_id, caller)
    rule = tx.ruling("books", unit=book.org_unit)
    check_keeping(caller.roles, rule)
    by = tx.people.acting(caller).id
    after(book.state, BookCommand.COUNT)
    if book.was_held_by(by):
        raise OwnBook("others count the stubs of a book that you held", because=rule.because)
    return book, by


def _enter(
    tx: DispatchTransaction, book: Book, count: Count, before: Count | None, *, by: UUID
) -> None:
    blank = book.last_page + 1 - count.blank_from
    blank_before = book.last_page + 1 - before.blank_from if before else 0
    found = count.found - (before.found if before else 0)
    enter_movement(tx, book, MovementKind.COUNTED, by=by, pages=found)
    if blank != blank_before:
        written_off = MovementKind.WRITTEN_OFF
        enter_movement(tx, book, written_off, by=by, pages=blank - blank_before)


def _charge(tx: DispatchTransaction, book: Book, count: Count) -> None:
    """Let breaches and penalties be those of this count; where the packs name none of lost pages,
    nothing is broken."""
    rule = _rule(tx, book)
    if rule is None:
        return
    known, lost = tx.breaches.of_book(book.id), lost_by_holder(book, count)
    before = lost_by_holder(book, book.count)
    for person_id in sorted({*before, *lost}):
        if before.get(person_id) == lost.get(person_id):
            continue
        if person_id in known:
            _take_back(tx, known[person_id])
        if person_id in lost:
            pages = lost[person_id]
            found = breach_of_pages(book, person_id, pages, rule, id=new_id(), count=count)
            _keep(tx, rule, found, book)


def _take_back(tx: DispatchTransaction, breach: Breach) -> None:
    """The breach was none, or another: its penalty is withdrawn. Raises PenaltyDecided."""
    act = penalised(breach, on=tx.day_of(breach.org_unit, breach.occurred_at))
    penalty = tx.penalties.of_breach(act)
    if penalty is not None and penalty.state is not PenaltyState.PROPOSED:
        raise PenaltyDecided(
            "the penalty for the pages was decided upon",
            because=breach.because,
            penalty_id=str(penalty.id),
            state=penalty.state.value,
        )
    if penalty is not None:
        tx.tell([penalty.withdraw(reason=COUNTED_AGAIN)])
    withdraw(breach, reason=COUNTED_AGAIN, because=breach.because, now=tx.now)
    tx.session.flush()  # Before another takes its place, which a unique index sees.


def _keep(tx: DispatchTransaction, rule: Ruling[BreachRule], breach: Breach, book: Book) -> None:
    tx.breaches.add(breach)
    tx.emit(pages_lost(book, breach), because=breach.because)
    put(
        tx,
        priced(rule),
        penalised(breach, on=tx.day_of(breach.org_unit, breach.occurred_at)),
        unit=breach.org_unit,
        quantity=breach.items,
        proposed_by=breach.recorded_by,
        evidence=breach.evidence,
    )


def _rule(tx: DispatchTransaction, book: Book) -> Ruling[BreachRule] | None:
    """That of the day on which the book came back, so that a second count costs the same."""
    back = given(book.returned_at, "what is counted came back before.")
    on = tx.day_of(book.org_unit, back)
    found = tx.policies.rulings("breaches", unit=book.org_unit, on=on)
    return next((one for one in found if one.value.code == Code.PAGE_LOST), None)
