"""The stubs that come back: a gap in their sequence is a missing page, and costs (WO-19, ST-31)."""

from datetime import timedelta
from uuid import UUID

import pytest

from dispatch.domain.book_rules import (
    OwnBook,
    PageBlank,
    PageOutside,
    PageTwice,
    PenaltyDecided,
)
from dispatch.domain.penalties import Manager
from shared.penalties import PenaltyState
from shared.penalty_ledger import confirm, waive
from shared.policy import activate, add_pack

from .bookroom import ARCHIVIST, CENTRE, SECOND, BookRoom
from .company import DISPATCHER, add, asker
from .office import MANAGER


@pytest.fixture
def room(company, sessions, rulebook):
    return BookRoom(sessions, rulebook)


@pytest.fixture
def back(room):
    """A book of four pages that came back."""
    book_id = room.out()
    room.bring(book_id)
    return book_id


def decide(room, act, **how):
    (penalty,) = room.penalties()
    with room.open() as tx:
        act(tx, penalty.id, by=Manager(UUID(MANAGER.id), MANAGER.roles, "hq"), **how)


# The vector of section 25.1: stubs 1, 2, 4, so one page is missing, 30 yuan.
@pytest.mark.rule("WO-19", "ST-31", "ST-30")
def test_stubs_1_2_4_are_one_missing_page_and_cost_30_yuan(room, back):
    book = room.count(back, 1, 2, 4)

    assert (book.count.missing, book.count.found) == ((3,), 3)
    (penalty,) = room.penalties()
    assert (penalty.lowest, penalty.highest, penalty.quantity) == (30, 30, 1)
    assert (penalty.breach.person_id, penalty.breach.about) == (
        UUID(DISPATCHER.id),
        f"book/{back}",
    )
    assert (penalty.because.rule, penalty.because.clause) == ("WO-19", "001-P5 L298")
    assert (penalty.evidence, penalty.proposed_by) == ("1/3", UUID(ARCHIVIST.id))
    (breach,) = room.breaches()
    assert (breach.book_id, breach.work_order_id, breach.items) == (back, None, 1)
    (told,) = room.heard("book_pages_lost")
    assert (told["pages"], told["amount"], told["person_id"]) == (1, "30.00", DISPATCHER.id)


@pytest.mark.rule("WO-19")
@pytest.mark.parametrize(
    ("present", "damaged", "blank_from", "amount"),
    [
        ((1, 2, 3, 4), (), None, None),
        ((1, 2, 3), (4,), None, 30),
        ((1, 2), (4,), None, 60),
        ((), (), None, 120),
        ((1, 2), (), 3, None),
        ((1,), (), 3, 30),
        ((), (), 1, None),
    ],
)
def test_each_missing_or_damaged_page_costs_30_yuan_and_a_blank_one_nothing(
    room, back, present, damaged, blank_from, amount
):
    room.count(back, *present, damaged=damaged, blank_from=blank_from)

    assert [penalty.lowest for penalty in room.penalties()] == ([amount] if amount else [])


@pytest.mark.rule("WO-19")
def test_a_void_page_with_its_stub_is_not_missing_and_a_damaged_one_is(room):
    book_id = room.out()
    room.void(book_id, 2)
    room.void(book_id, 3)
    room.bring(book_id)
    room.count(book_id, 1, 2, 4, damaged=[3])

    (penalty,) = room.penalties()
    assert (penalty.quantity, penalty.evidence) == (1, "1/3")


@pytest.mark.rule("WO-19")
def test_pages_are_put_down_to_who_had_the_book_when_they_were_due(room):
    book_id = room.out(last=6)
    room.hand(book_id, SECOND, next_page=4)
    room.bring(book_id)
    room.count(book_id, 1, 3, 4)

    owed = {one.breach.person_id: one.quantity for one in room.penalties()}
    assert owed == {UUID(DISPATCHER.id): 1, UUID(SECOND.id): 2}


@pytest.mark.rule("WO-19")
def test_a_second_count_corrects_the_first_until_somebody_decided(room, back):
    room.count(back, 1, 2)
    room.now += timedelta(hours=1)
    room.count(back, 1, 2, 4)

    (penalty,) = room.penalties()
    assert (penalty.quantity, penalty.lowest, penalty.highest) == (1, 30, 30)
    assert (penalty.state, penalty.evidence) == (PenaltyState.PROPOSED, "1/3")
    told = [room.heard(f"penalty_{one}") for one in ("proposed", "withdrawn")]
    assert [one["lowest"] for one in told[0]] == ["60.00", "30.00"]
    assert len(told[1]) == 1
    standing = [one.items for one in room.breaches() if one.withdrawn_at is None]
    assert (standing, len(room.breaches())) == ([1], 2)
    assert [one.pages for one in room.ledger() if one.kind == "counted"] == [2, 1]

    room.count(back, 1, 2, 3, 4)
    assert [one.state for one in room.penalties()] == [PenaltyState.WITHDRAWN]
    assert {breach.withdrawal for breach in room.breaches()} == {"counted_again"}
    room.count(back, 1, damaged=[3, 4])
    (penalty,) = room.penalties()
    assert (penalty.state, penalty.lowest, penalty.quantity) == (PenaltyState.PROPOSED, 90, 3)


@pytest.mark.rule("WO-19")
def test_what_is_counted_the_same_is_told_once(room, back):
    room.count(back, 1, 2, 4)
    room.count(back, 1, 2, 4)
    room.count(back, 1, 2, 4, damaged=[3])

    assert len(room.heard("book_pages_lost")) == len(room.heard("penalty_proposed")) == 1


@pytest.mark.rule("WO-19")
@pytest.mark.parametrize(("act", "how"), [(confirm, {}), (waive, {"reason": "it was found"})])
def test_after_the_decision_the_count_stands(room, back, act, how):
    room.count(back, 1, 2, 4)
    decide(room, act, **how)
    with pytest.raises(PenaltyDecided):
        room.count(back, 1, 2, 3, 4)
    (breach,) = room.breaches()
    assert (breach.items, len(room.ledger())) == (1, 4)


@pytest.mark.rule("WO-19")
def test_it_is_the_month_in_which_the_book_came_back(room, back):
    room.now += timedelta(days=40)
    room.count(back, 1, 2, 4)

    (penalty,) = room.penalties()
    assert penalty.month == "2026-02"


@pytest.mark.rule("WO-18")
def test_nobody_counts_the_stubs_of_a_book_that_he_held(room):
    both = asker(22, CENTRE, "archivist", "dispatcher")
    with room.open() as tx:
        add(tx, both)
    book_id = room.out(to=both)
    room.bring(book_id)
    with pytest.raises(OwnBook):
        room.count(book_id, 1, 2, 3, 4, by=both)


@pytest.mark.parametrize(
    ("present", "damaged", "blank_from", "refusal"),
    [
        ((1, 2, 5), (), None, PageOutside),
        ((0,), (), None, PageOutside),
        ((1, 2), (), 6, PageOutside),
        ((1, 1), (), None, PageTwice),
        ((1, 2), (2,), None, PageTwice),
        ((1, 2, 4), (), 3, PageBlank),
        ((1,), (2,), 2, PageBlank),
    ],
)
def test_a_count_that_cannot_be_is_refused_and_changes_nothing(
    room, back, present, damaged, blank_from, refusal
):
    with pytest.raises(refusal):
        room.count(back, *present, damaged=damaged, blank_from=blank_from)
    assert (room.penalties(), len(room.ledger())) == ([], 3)


@pytest.mark.parametrize("use", ["order", "void"])
def test_a_page_that_was_used_does_not_come_back_blank(room, use):
    book_id = room.out()
    if use == "order":
        room.write(3)
    else:
        room.void(book_id, 3)
    room.bring(book_id)
    with pytest.raises(PageBlank):
        room.count(book_id, 1, 2, blank_from=3)
    room.count(book_id, 1, 2, 3, blank_from=4)


def test_stubs_without_an_order_are_shown(room):
    book_id = room.out()
    room.write(1)
    room.void(book_id, 2)
    room.bring(book_id)
    room.count(book_id, 1, 2, 3, blank_from=4)
    with room.open() as tx:
        assert tx.books.unentered(tx.books.get(book_id, ARCHIVIST)) == [3]
    room.write(3)
    with room.open() as tx:
        assert tx.books.unentered(tx.books.get(book_id, ARCHIVIST)) == []


def test_where_no_pack_prices_lost_pages_nothing_is_broken(room, rulebook):
    document = dict(rulebook.of_builtin("property", "1").document)
    sections = {**document["sections"]}
    kept = [one for one in sections["breaches"]["rules"] if one["value"]["code"] != "page_lost"]
    sections["breaches"] = {**sections["breaches"], "rules": kept}
    with room.open() as tx:
        add_pack(tx, {**document, "pack": "mild", "sections": sections}, rulebook)
        activate(tx, CENTRE, ["mild"], tx.now.date(), rulebook=rulebook)
    book_id = room.out()
    room.bring(book_id)
    assert room.count(book_id, 1).count.missing == (2, 3, 4)
    assert room.penalties() == room.breaches() == []
