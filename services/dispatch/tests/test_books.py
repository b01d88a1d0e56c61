"""The stock of books of blank orders: bought, issued against used stubs, handed over (WO-03,
WO-18)."""

from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, exc, func, select, update

from dispatch.adapters.book_movements import book_movements
from dispatch.adapters.books import books
from dispatch.domain.book_rules import (
    BookExists,
    BooksOutstanding,
    HolderUnfit,
    MayNotKeepBooks,
    PageBlank,
    PageOutside,
    PagesInvalid,
    PagesOverlap,
)
from dispatch.domain.book_states import BookState
from dispatch.domain.books import THICKEST
from dispatch.domain.people import Post
from dispatch.use_cases.books import issue_book, purchase_book, return_book
from shared.policy import activate, add_pack
from shared.rules import NotFound, RuleBroken, UnitUnknown, WrongState
from shared.testing import memory

from .bookroom import ARCHIVIST, CENTRE, SECOND, BookRoom
from .company import CLERK, DISPATCHER, SUPERVISOR, WORKER, asker


@pytest.fixture
def room(company, sessions, rulebook):
    return BookRoom(sessions, rulebook)


@pytest.mark.rule("WO-03")
def test_the_archivist_buys_books_of_50_pages_unless_he_says_otherwise(room):
    how = {"org_unit": CENTRE, "book_no": "7", "first_page": 301, "last_page": None}
    book = room.act(purchase_book, **how)

    assert (book.first_page, book.last_page, book.state) == (301, 350, BookState.IN_STOCK)
    (line,) = room.ledger()
    assert (line.kind, line.pages, line.recorded_by) == ("purchased", 50, UUID(ARCHIVIST.id))
    assert (line.month, line.state, line.recorded_at) == ("2026-02", "in_stock", room.now)


@pytest.mark.rule("WO-03")
@pytest.mark.parametrize("by", [DISPATCHER, SUPERVISOR, WORKER])
def test_nobody_else_keeps_books(room, by):
    book_id = room.buy()
    how = {"org_unit": by.unit, "book_no": "2", "first_page": 5, "last_page": 8}
    with pytest.raises(MayNotKeepBooks) as refused:
        room.act(purchase_book, by=by, **how)
    assert refused.value.because.rule == "WO-03"
    if by is not WORKER:
        with pytest.raises(MayNotKeepBooks):
            room.act(issue_book, book_id, by=by, holder_id=UUID(by.id))
        with pytest.raises(MayNotKeepBooks):
            room.act(return_book, book_id, by=by)


def test_an_archivist_sees_the_books_of_his_units_alone(room):
    book_id, elsewhere = room.buy(), asker(30, "region-south", "archivist")
    with pytest.raises(NotFound):
        room.act(issue_book, book_id, by=elsewhere, holder_id=UUID(DISPATCHER.id))
    how = {"org_unit": CENTRE, "book_no": "2", "first_page": 5, "last_page": 8}
    with pytest.raises(UnitUnknown):
        room.act(purchase_book, by=elsewhere, **how)


@pytest.mark.rule("WO-03")
@pytest.mark.parametrize(
    ("first", "last", "overlaps"),
    [(1, 50, True), (50, 99, True), (1, 200, True), (120, 130, True), (51, 99, False)],
)
def test_no_two_books_of_a_unit_have_the_same_page(room, first, last, overlaps):
    room.buy("2", first=100, last=150)
    room.buy("3", first=1, last=50)
    if overlaps:
        with pytest.raises(PagesOverlap):
            room.buy("4", first=first, last=last)
    else:
        room.buy("4", first=first, last=last)


def test_another_unit_may_have_the_same_numbers(room):
    room.buy("1")
    how = {"org_unit": "region-north", "book_no": "1", "first_page": 1, "last_page": 4}
    room.act(purchase_book, **how)


def test_a_number_is_given_once_in_a_unit(room):
    room.drop(room.buy("1"))
    with pytest.raises(BookExists):
        room.buy("1", first=5, last=8)


@pytest.mark.parametrize("last", [0, THICKEST + 1])
def test_a_book_has_pages_and_not_too_many(room, last):
    with pytest.raises(PagesInvalid):
        room.buy(first=1, last=last)


@pytest.mark.rule("WO-18")
def test_another_book_comes_only_against_the_used_stubs(room):
    first, second = room.out("1"), room.buy("2", first=5, last=8)
    with pytest.raises(BooksOutstanding) as refused:
        room.give(second)
    assert refused.value.extra["books"] == [str(first)]
    assert (refused.value.because.rule, refused.value.because.clause) == ("WO-18", "001-P5 L296")

    room.bring(first)
    assert room.give(second).state is BookState.ISSUED
    third = room.buy("3", first=9, last=12)
    assert room.give(third, SECOND).holder_id == UUID(SECOND.id)


@pytest.mark.rule("WO-18")
def test_a_firm_may_let_a_dispatcher_hold_two(room, rulebook):
    document = dict(rulebook.of_builtin("property", "1").document)
    sections = {**document["sections"]}
    sections["book_issuing"] = {
        "merge": "replace",
        "rules": [{"rule": "WO-18", "clause": "own", "value": {"held": 2}}],
    }
    with room.open() as tx:
        add_pack(tx, {**document, "pack": "two-books", "sections": sections}, rulebook)
        activate(tx, CENTRE, ["two-books"], tx.now.date(), rulebook=rulebook)
    room.out("1")
    room.out("2", first=5, last=8)
    with pytest.raises(BooksOutstanding):
        room.out("3", first=9, last=12)


@pytest.mark.parametrize("to", [WORKER, CLERK, asker(99, CENTRE, "dispatcher")])
def test_a_book_goes_only_to_who_dispatches_in_its_unit(room, to):
    with pytest.raises(HolderUnfit):
        room.give(room.buy(), to)


def test_a_book_does_not_go_to_who_has_left(room):
    room.leave(DISPATCHER)
    with pytest.raises(HolderUnfit):
        room.give(room.buy())


@pytest.mark.rule("WO-03")
def test_the_archivist_is_told_when_two_books_are_left(room):
    bought = [room.buy(str(n), first=10 * n, last=10 * n + 4) for n in range(1, 5)]
    room.give(bought[0])
    assert room.heard("book_stock_low") == []
    room.give(bought[1], SECOND)

    (told,) = room.heard("book_stock_low")
    assert (told["in_stock"], told["reorder_at"], told["org_unit"]) == (2, 2, CENTRE)
    assert told["owner_ids"] == [ARCHIVIST.id]
    room.drop(bought[2])
    assert [one["in_stock"] for one in room.heard("book_stock_low")] == [2, 1]


def test_a_book_is_handed_over_with_the_pages_that_are_blank(room):
    book_id = room.out(last=10)
    room.write(1)
    with pytest.raises(PageBlank):
        room.hand(book_id, SECOND, next_page=1)
    with pytest.raises(PageOutside):
        room.hand(book_id, SECOND, next_page=11)
    book = room.hand(book_id, SECOND, next_page=2)

    assert (book.holder_id, book.state) == (UUID(SECOND.id), BookState.ISSUED)
    assert [book.answers_for(page) for page in (1, 2)] == [UUID(DISPATCHER.id), UUID(SECOND.id)]
    assert (room.ledger()[-1].kind, room.ledger()[-1].reason) == ("handed_over", "He is gone")


@pytest.mark.rule("WO-18")
def test_nobody_gets_a_second_book_by_a_hand_over(room):
    first = room.out("1")
    room.out("2", to=SECOND, first=5, last=8)
    with pytest.raises(BooksOutstanding):
        room.hand(first, SECOND, next_page=1)


@pytest.mark.rule("WO-18")
def test_of_a_book_whose_holder_left_one_reminds_until_somebody_has_it(room):
    book_id = room.out()
    room.leave(DISPATCHER)
    (told,) = room.heard("book_reminded")
    assert (told["book_id"], told["holder_id"]) == (str(book_id), DISPATCHER.id)
    assert told["owner_ids"] == [ARCHIVIST.id]

    room.until(room.now + timedelta(days=4))
    assert len(room.heard("book_reminded")) > 1
    room.hand(book_id, SECOND, next_page=1)
    told = len(room.heard("book_reminded"))
    room.until(room.now + timedelta(days=10))
    assert len(room.heard("book_reminded")) == told


@pytest.mark.parametrize("back", ["return", "come back"])
def test_nobody_is_reminded_any_more_when_the_book_or_its_holder_is_back(room, back):
    book_id = room.out()
    room.lose_post(DISPATCHER)
    told = len(room.heard("book_reminded"))
    assert told == 1
    if back == "return":
        room.bring(book_id)
    else:
        room.change(DISPATCHER, posts=(Post(CENTRE, "dispatcher"),))
    room.until(room.now + timedelta(days=10))
    assert len(room.heard("book_reminded")) == told


@pytest.mark.parametrize("change", [update(book_movements).values(pages=0), delete(book_movements)])
def test_the_ledger_is_only_added_to(room, change):
    room.buy()
    with pytest.raises(exc.IntegrityError, match="only added to"), room.open() as tx:
        tx.session.execute(change)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["buy", "give", "bring", "count", "recount", "file", "drop", "hand"]),
        st.integers(0, 4),
    ),
    max_size=25,
)


@given(acts=ACTS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_ledger_adds_up_to_the_stock_whatever_happens(founded, rulebook, acts):
    sessions = memory(books.metadata)
    with sessions.kw["bind"].connect() as connection:
        connection.connection.driver_connection.deserialize(founded)
    room = BookRoom(sessions, rulebook)
    bought: list[UUID] = []
    for act, which in acts:
        if act == "buy":
            number = len(bought)
            bought.append(room.buy(str(number), first=10 * number + 1, last=10 * number + 4))
        elif which < len(bought):
            try:
                step(room, act, bought[which], 10 * which + 1)
            except (WrongState, RuleBroken):
                continue
    with sessions() as session:
        states = Counter(
            dict(session.execute(select(books.c.state, func.count()).group_by("state")).all())
        )
        held = session.execute(
            select(books.c.holder_id, func.count())
            .where(books.c.state == BookState.ISSUED)
            .group_by(books.c.holder_id)
        ).all()
        counted = {one.id: one for one in session.execute(select(books))}
    last: dict[UUID, BookState] = {}
    pages: Counter[tuple[UUID, str]] = Counter()
    for line in room.ledger():
        last[line.book_id] = line.state
        pages[line.book_id, line.kind] += line.pages
    assert Counter(last.values()) == states
    assert all(number == 1 for _, number in held)
    for book_id, book in counted.items():
        if book.counted:
            found = book.counted
            assert pages[book_id, "counted"] == found.found
            assert pages[book_id, "written_off"] == book.last_page + 1 - found.blank_from
            assert found.found + len(found.missing) + pages[book_id, "written_off"] == 4
    sessions.kw["bind"].dispose()


def step(room: BookRoom, act: str, book_id: UUID, first: int) -> None:
    match act:
        case "give":
            room.give(book_id)
        case "bring":
            room.bring(book_id)
        case "count":
            room.count(book_id, first, first + 1, blank_from=first + 3)
        case "recount":
            room.count(book_id, first, damaged=[first + 3])
        case "file":
            room.file(book_id)
        case "drop":
            room.drop(book_id)
        case "hand":
            room.hand(book_id, SECOND, next_page=first + 1)
