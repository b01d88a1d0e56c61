"""Penalties through the built-in packs: proposed, decided upon, posted."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from complaint.domain.penalties import BreachOutOfTime, PersonNotInvolved
from complaint.use_cases import clocks, staff
from shared.ids import new_id
from shared.penalties import PenaltyState
from shared.penalties.penalty import (
    AlreadyProposed,
    MonthInvalid,
    NotAmongPenaltyRoles,
    OwnPenalty,
    PenaltyUnknown,
)
from shared.penalties.rules import AmountInvalid, ReasonMissing, is_money
from shared.penalty_ledger import confirm, post_month, waive
from shared.policy import activate
from shared.rules import NotFound
from shared.testing import CALENDAR

from .test_follow_ups import SHOP

LATE = "first_contact_or_form_missing"
NOT_ASKED = "satisfaction_not_asked"
ANSWERED_HIMSELF = "answer_filled_in_by_handler"
IGNORED = "authority_or_guide_ignored"


def missed(desk, **facts):
    """A complaint whose first contact was not made in time."""
    complaint = desk.file(**facts)
    desk.wake()
    desk.wake()
    return complaint


def told(desk, what):
    return desk.told(f"complaint.penalty_{what}.v1")


def no_make_up_days(desk):
    """The calendar changes: 14 February is free after all, and what was due is due later."""
    desk.do(staff.keep_unit, **SHOP, calendar={**CALENDAR, "workdays": {}})


@pytest.mark.rule("CP-33")
@pytest.mark.rule("ST-30")
@pytest.mark.rule("ST-31")
def test_a_missed_first_contact_proposes_30_yuan_for_the_handler(desk):
    complaint = missed(desk)

    (event,) = told(desk, "proposed")
    (penalty,) = desk.penalties()
    assert event == {
        "penalty_id": str(penalty.id),
        "org_unit": "shop-01",
        "about": f"complaint/{complaint.id}",
        "person_id": str(desk.people["assistant-north"]),
        "code": LATE,
        "lowest": "30.00",
        "highest": "30.00",
        "occurred_on": "2026-02-14",
        "because": {
            "pack": "franchise",
            "version": "1",
            "clause": "001-P4 L196",
            "rule": "CP-33",
        },
    }
    assert (penalty.state, penalty.month) == (PenaltyState.PROPOSED, "2026-02")
    assert (penalty.proposed_by, penalty.hard) == (None, True)


@pytest.mark.rule("CP-33")
def test_a_contact_in_time_costs_nothing(desk):
    complaint = desk.file()
    desk.wake()
    desk.contact(complaint)

    assert desk.penalties() == []


@pytest.mark.rule("ST-30")
def test_a_breach_is_penalised_once_however_often_the_case_is_woken(desk):
    complaint = missed(desk)

    desk.do(clocks.wake, complaint.id)
    desk.do(clocks.recount, complaint.ref, reason="calendar")
    desk.do(clocks.wake, complaint.id)

    assert len(desk.penalties()) == 1


@pytest.mark.rule("CP-35")
@pytest.mark.rule("ST-31")
def test_a_satisfaction_that_was_not_asked_in_time_proposes_50_to_100_yuan(desk):
    complaint = desk.contact(desk.file())
    desk.tell(complaint)
    desk.wake()
    desk.wake()

    (penalty,) = desk.penalties()
    assert (penalty.breach.code, penalty.lowest, penalty.highest) == (NOT_ASKED, 50, 100)
    assert penalty.because.clause == "001-P4 L200"
    assert (penalty.breach.person_id, penalty.hard) == (desk.people["assistant-north"], False)


def test_other_soft_steps_and_those_without_a_penalty_cost_nothing(desk):
    complaint = desk.answered(2)
    desk.wake()
    desk.wake()

    assert [one["clock"] for one in desk.told("complaint.clock_breached.v1")] == ["review"]
    assert desk.read(complaint).timed["review"].has_missed()
    assert desk.penalties() == []


def test_a_pack_without_penalties_proposes_none(desk, rulebook):
    with desk.open() as tx:
        activate(tx, "hq", ["generic"], date(2026, 3, 1), rulebook=rulebook)
        found = tx.policies.rulings("penalties", unit="shop-01", on=date(2026, 3, 2))

    assert found == []


@pytest.mark.rule("ST-30")
def test_a_proposal_is_withdrawn_when_the_due_time_moves_away_and_comes_again_once_it_passes(desk):
    complaint = missed(desk)

    no_make_up_days(desk)
    (withdrawn,) = desk.penalties()
    desk.wake()
    desk.wake()

    old, new = desk.penalties()
    assert (withdrawn.state, withdrawn.breach.occurred_on) == ("withdrawn", date(2026, 2, 14))
    assert (old.state, new.state) == (PenaltyState.WITHDRAWN, PenaltyState.PROPOSED)
    assert new.breach.occurred_on == desk.clock(complaint).deadline.due_at.date()
    assert len(told(desk, "withdrawn")) == 1


@pytest.mark.parametrize("decided", ["confirmed", "waived"])
def test_what_was_decided_stays_when_the_due_time_moves_and_is_not_doubled_later(desk, decided):
    missed(desk)
    (penalty,) = desk.penalties()
    if decided == "confirmed":
        desk.confirm(penalty)
    else:
        desk.do(waive, penalty.id, by=desk.caller("manager"), reason="he was ill")

    no_make_up_days(desk)
    desk.wake()
    desk.wake()

    assert len(desk.told("complaint.first_contact_breached.v1")) == 2
    assert [one.state for one in desk.penalties()] == [decided]


def test_what_was_withdrawn_is_proposed_again_by_hand_under_its_own_id(desk):
    complaint = missed(desk)
    no_make_up_days(desk)

    again = desk.penalise(complaint, LATE)

    (penalty,) = desk.penalties()
    assert (penalty.id, penalty.state) == (again.id, PenaltyState.PROPOSED)
    assert (penalty.proposed_by, penalty.cause) == (desk.people["manager"], None)


@pytest.mark.rule("CP-34")
@pytest.mark.rule("ST-31")
@pytest.mark.rule("ST-32")
def test_30_and_100_yuan_are_in_the_range_and_120_is_not(desk):
    complaint = desk.contact(desk.file())
    penalty = desk.penalise(complaint, IGNORED)

    for amount in ("29.99", "100.01", "120"):
        with pytest.raises(AmountInvalid) as refused:
            desk.confirm(penalty, amount)
        assert refused.value.extra == {"lowest": "30.00", "highest": "100.00"}
    assert desk.penalties()[0].state == PenaltyState.PROPOSED
    desk.confirm(penalty, "30")
    desk.now += timedelta(days=1)
    other = desk.confirm(desk.penalise(complaint, IGNORED), "100")

    assert [one["amount"] for one in told(desk, "confirmed")] == ["30.00", "100.00"]
    assert (other.reason, other.because.clause) == ("the second time", "001-P4 L198")


@pytest.mark.rule("ST-32")
def test_of_a_range_the_amount_and_the_reason_have_to_be_said(desk):
    penalty = desk.penalise(desk.contact(desk.file()), IGNORED)

    with pytest.raises(AmountInvalid):
        desk.confirm(penalty)
    with pytest.raises(ReasonMissing):
        desk.confirm(penalty, "50", reason=None)

    assert desk.penalties()[0].amount is None


@pytest.mark.rule("ST-32")
def test_amounts_have_two_decimals_at_most(desk):
    penalty = desk.penalise(desk.contact(desk.file()), IGNORED)

    with pytest.raises(AmountInvalid):
        desk.confirm(penalty, "50.005")

    assert desk.confirm(penalty, "50.25").amount == Decimal("50.25")
    unfit = ("0", "-1", "0.001", "NaN", "Infinity", "1e40", "1e-40", "100000.01")
    assert not any(is_money(Decimal(one)) for one in unfit)


def test_a_fixed_penalty_says_its_amount_itself_and_takes_no_other(desk):
    missed(desk)
    (penalty,) = desk.penalties()

    with pytest.raises(AmountInvalid):
        desk.confirm(penalty, "31")

    assert desk.confirm(penalty, reason=None).amount == 30


@pytest.mark.rule("CP-35")
def test_an_answer_that_the_handler_filled_in_himself_is_proposed_by_hand_with_evidence(desk):
    complaint = desk.answered(1)

    penalty = desk.penalise(complaint, ANSWERED_HIMSELF)

    assert (penalty.lowest, penalty.highest, penalty.because.rule) == (50, 100, "CP-35")
    assert (penalty.evidence, penalty.proposed_by) == ("recording 4712", desk.people["manager"])


@pytest.mark.rule("ST-30")
def test_for_one_act_a_person_is_penalised_once_a_day_in_one_complaint(desk):
    complaint = desk.answered(1)
    first = desk.penalise(complaint, ANSWERED_HIMSELF)

    with pytest.raises(AlreadyProposed) as refused:
        desk.penalise(complaint, ANSWERED_HIMSELF)

    assert refused.value.extra == {"penalty_id": str(first.id)}
    assert len(desk.penalties()) == 1


@pytest.mark.rule("CP-35")
def test_two_acts_that_one_rule_names_are_penalised_each_on_the_same_day(desk):
    complaint = desk.answered(1)

    acts = [desk.penalise(complaint, code) for code in (NOT_ASKED, ANSWERED_HIMSELF)]

    assert [one.breach.code for one in acts] == [NOT_ASKED, ANSWERED_HIMSELF]
    assert {one.breach.rule for one in acts} == {"CP-35"}


@pytest.mark.rule("CP-35")
def test_an_act_that_was_missed_by_itself_is_not_proposed_by_hand_as_well(desk):
    complaint = desk.contact(desk.file())
    desk.tell(complaint)
    desk.wake()
    desk.wake()
    (penalty,) = desk.penalties()

    with pytest.raises(AlreadyProposed):
        desk.penalise(complaint, NOT_ASKED, occurred_on=penalty.breach.occurred_on)

    assert len(desk.penalties()) == 1


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"code": "smoking"}, PenaltyUnknown),
        ({"person_id": new_id()}, PersonNotInvolved),
        ({"occurred_on": date(2026, 2, 14)}, BreachOutOfTime),
        ({"occurred_on": date(2026, 2, 12)}, BreachOutOfTime),
        ({"by": "clerk"}, NotAmongPenaltyRoles),
    ],
)
def test_a_proposal_that_makes_no_sense_is_refused(desk, given, refusal):
    complaint = desk.contact(desk.file())

    with pytest.raises(refusal):
        desk.penalise(complaint, given.pop("code", IGNORED), **given)

    assert desk.penalties() == []


def test_whoever_reviewed_or_handled_before_can_be_liable_as_well(desk):
    complaint = desk.answered(5)  # It goes up to the manager.
    desk.review(desk.answered(1), "supervisor")

    before = desk.people["assistant-north"]
    assert desk.penalise(complaint, IGNORED, person_id=before).breach.person_id == before


@pytest.mark.rule("CP-32")
@pytest.mark.parametrize("by", ["supervisor", "assistant-north", "clerk", "secretary"])
def test_others_than_the_deciders_of_the_pack_neither_confirm_nor_waive(desk, by):
    missed(desk)
    (penalty,) = desk.penalties()

    for decide in (confirm, waive):
        with pytest.raises(NotAmongPenaltyRoles) as refused:
            desk.do(decide, penalty.id, by=desk.caller(by), reason="so it is")
        assert refused.value.because.rule == "CP-32"


@pytest.mark.rule("CP-32")
def test_the_packs_name_who_proposes_who_decides_and_who_posts(desk):
    with desk.open() as tx:
        named = tx.policies.ruling("penalty_roles", unit="shop-01", on=date(2026, 3, 2))

    directors = ("sales_centre_director", "administration_centre_director")
    manager = "general_service_manager"
    assert named.value.proposers == ("general_service_supervisor", manager, *directors)
    assert named.value.deciders == (manager, *directors, "general_manager")
    assert named.value.posters == ("franchise_clerk", "administration_centre_director")
    assert named.because.clause == "001-P4 L194"


def test_nobody_decides_on_his_own_penalty(desk):
    complaint = desk.contact(desk.file_at_level(2), by="manager")
    penalty = desk.penalise(complaint, IGNORED, by="supervisor", person_id=desk.people["manager"])

    with pytest.raises(OwnPenalty):
        desk.confirm(penalty, "50")
    with pytest.raises(OwnPenalty):
        desk.do(waive, penalty.id, by=desk.caller("manager"), reason="it was not me")

    assert desk.confirm(penalty, "50", by="sales-director").state == PenaltyState.CONFIRMED


def test_a_waived_penalty_says_why_and_is_never_posted(desk):
    missed(desk)
    (penalty,) = desk.penalties()

    desk.do(waive, penalty.id, by=desk.caller("manager"), reason="he was ill")

    assert desk.do(post_month, "2026-02", by=desk.caller("clerk")) == []
    assert desk.penalties()[0].reason == "he was ill"
    assert len(told(desk, "waived")) == 1


@pytest.mark.rule("ST-30")
@pytest.mark.rule("RP-15")
def test_what_was_confirmed_is_posted_into_the_ledger_of_the_month_of_the_breach_once(desk):
    missed(desk)
    (penalty,) = desk.penalties()
    desk.confirm(penalty)
    desk.now = datetime.fromisoformat("2026-03-05T10:00+08:00")
    clerk = desk.caller("clerk")

    none = desk.do(post_month, "2026-03", by=clerk)
    posted = desk.do(post_month, "2026-02", by=clerk)
    again = desk.do(post_month, "2026-02", by=clerk)

    (event,) = told(desk, "posted")
    assert ([], [penalty.id], []) == (none, [one.id for one in posted], again)
    assert (event["month"], event["amount"]) == ("2026-02", "30.00")
    assert (event["person_id"], event["because"]["rule"]) == (
        str(desk.people["assistant-north"]),
        "CP-33",
    )


def test_only_the_posters_of_the_pack_post_and_only_a_month(desk):
    with pytest.raises(NotAmongPenaltyRoles):
        desk.do(post_month, "2026-02", by=desk.caller("manager"))
    for wrong in ("2026-13", "2026-2", "2026-02-01", "next"):
        with pytest.raises(MonthInvalid):
            desk.do(post_month, wrong, by=desk.caller("clerk"))


def test_a_penalty_of_another_unit_looks_like_none(desk):
    missed(desk)
    (penalty,) = desk.penalties()
    stranger = desk.caller("manager")

    with pytest.raises(NotFound):
        desk.do(confirm, penalty.id, by=type(stranger)(new_id(), stranger.roles, "shop-03"))


@pytest.mark.rule("CP-33")
def test_nobody_is_liable_for_a_time_that_was_up_when_the_complaint_was_filed(desk):
    received_at = desk.now - timedelta(days=7)

    desk.file(received_at=received_at)
    desk.wake()

    assert desk.told("complaint.first_contact_breached.v1")
    assert desk.penalties() == []
