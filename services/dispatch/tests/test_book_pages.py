"""Orders that were written on the pages of a book, and pages that were spoiled (F-02)."""

from uuid import UUID

import pytest

from dispatch.domain.book_rules import BookUnknown, PageBlank, PageOutside, PageTaken
from dispatch.domain.work_order_rules import MayNotDispatch
from dispatch.domain.work_order_states import State
from shared.rules import WrongState

from .bookroom import ARCHIVIST, SECOND, BookRoom
from .company import DISPATCHER, SUPERVISOR, WORKER


@pytest.fixture
def room(company, sessions, rulebook):
    return BookRoom(sessions, rulebook)


@pytest.mark.rule("WO-19")
def test_an_order_has_its_number_by_its_page_and_the_series_of_the_unit_stays_gapless(room):
    room.out(first=301, last=304)
    room.issue()
    first = room.found()
    assert room.write(302) == "dispatch-centre:1:302"
    order = room.found()
    assert (order.book_no, order.page_no, order.from_paper) == ("1", 302, True)
    assert order.state is State.ISSUED
    room.issue()

    numbers = [first.order_no, room.found().order_no]
    assert numbers == ["dispatch-centre-000001", "dispatch-centre-000002"]
    assert (first.book_no, first.page_no) == (None, None)


def test_a_page_is_used_once(room):
    book_id = room.out()
    room.write(2)
    room.void(book_id, 3)
    for page in (2, 3):
        with pytest.raises(PageTaken):
            room.write(page)
        assert room.found().state is State.DRAFT
        with pytest.raises(PageTaken):
            room.void(book_id, page)


def test_another_dispatcher_of_the_unit_may_write_on_the_book(room):
    room.out()
    assert room.write(1, by=SECOND) == "dispatch-centre:1:1"


@pytest.mark.parametrize(
    ("book_no", "page_no", "refusal"),
    [("2", 1, BookUnknown), ("1", 0, PageOutside), ("1", 5, PageOutside)],
)
def test_a_page_that_is_none_is_refused(room, book_no, page_no, refusal):
    room.out()
    with pytest.raises(refusal):
        room.write(page_no, book_no=book_no)
    assert (room.found().state, room.found().order_no) == (State.DRAFT, None)


def test_a_book_of_another_unit_is_unknown(room):
    room.out()
    with room.open() as tx:
        book = tx.books.take_numbered("1", unit="dispatch-centre")
        book.org_unit = "region-north"
    with pytest.raises(BookUnknown):
        room.write(1)


def test_no_page_is_used_before_the_book_is_issued_or_after_it_was_closed(room):
    book_id = room.buy()
    with pytest.raises(WrongState):
        room.write(1)
    room.give(book_id)
    room.bring(book_id)
    room.write(1)
    room.count(book_id, 1, 2, blank_from=3)
    room.write(2)
    with pytest.raises(PageBlank):
        room.write(3)
    room.file(book_id)
    with pytest.raises(WrongState):
        room.void(book_id, 2)


def test_dispatchers_say_that_a_page_was_spoiled(room):
    book_id = room.out()
    page = room.void(book_id, 2, by=SUPERVISOR)
    assert (page.page_no, page.reason, page.recorded_by) == (2, "Ink", UUID(SUPERVISOR.id))
    with pytest.raises(MayNotDispatch):
        room.void(book_id, 3, by=ARCHIVIST)
    with room.open() as tx:
        assert [one.page_no for one in tx.books.pages(book_id)] == [2]
    assert (WORKER.unit, DISPATCHER.unit) == ("region-north", "dispatch-centre")
