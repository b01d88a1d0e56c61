"""Review, decision and archive, through the built-in pack."""

from dataclasses import replace

import pytest

from complaint.domain.clocks import ClockName
from complaint.domain.review import ArchivistUnfit, DeciderUnfit, ReviewerIsHandler, ReviewerUnfit
from complaint.domain.states import State
from complaint.use_cases import review
from complaint.use_cases.clock_owners import owners
from shared.rules import NotFound, WrongState

STEPS = {"contact": (), "request_field_work": (), "tell": (), "answer": (1,)}


@pytest.mark.rule("CP-18")
@pytest.mark.rule("CP-19")
@pytest.mark.rule("CP-20")
@pytest.mark.rule("CP-21")
@pytest.mark.parametrize(
    ("level", "reviewers"),
    [
        (1, {"manager", "supervisor"}),
        (2, {"sales-director"}),
        (3, {"sales-director", "admin-director", "general-manager"}),
    ],
)
def test_each_level_is_reviewed_by_the_roles_that_its_clause_names(desk, level, reviewers):
    complaint = desk.answered(2, level=level)
    fit = set()
    with desk.open() as tx:
        step = tx.chain("shop-01", None).step(level)
    for name in desk.people:
        if desk.caller(name).roles.intersection(step.value.reviewers):
            fit.add(name)
        else:
            with pytest.raises(ReviewerUnfit):
                desk.review(complaint, name)

    assert fit == reviewers
    assert step.because.rule == {1: "CP-18", 2: "CP-19", 3: "CP-20"}[level]


@pytest.mark.rule("CP-21")
def test_a_handler_cannot_review_his_own_complaint(desk):
    complaint = desk.answered(2, level=3)

    with pytest.raises(ReviewerIsHandler) as refused:
        desk.review(complaint, "sales-director")

    assert refused.value.because.rule == "CP-20"
    assert desk.review(complaint, "admin-director").state == State.REVIEWED


@pytest.mark.rule("CP-21")
@pytest.mark.parametrize(
    ("teller", "owner"),
    [("sales-director", "admin-director"), ("admin-director", "general-manager")],
)
def test_the_review_is_the_nearest_ones_who_had_no_hand_in_it(desk, teller, owner):
    complaint = desk.contact(desk.file_at_level(3), by="sales-director")
    desk.tell(complaint, by=teller)
    desk.answer(complaint, 1, by=teller)

    with desk.open() as tx:
        found = tx.complaints.of_event(complaint.id)
        fit = owners(tx, found, ClockName.REVIEW)

    assert desk.people[owner] in fit
    assert found.hands.isdisjoint(fit)
    assert desk.review(complaint, owner).state == State.REVIEWED


@pytest.mark.rule("CP-21")
@pytest.mark.parametrize("hand", ["contact", "request_field_work", "tell", "answer"])
def test_whoever_had_any_hand_in_it_cannot_review_either(desk, hand):
    complaint = desk.file_at_level(3)
    for step, given in STEPS.items():
        by = "admin-director" if step == hand else "sales-director"
        getattr(desk, step)(complaint, *given, by=by)

    with pytest.raises(ReviewerIsHandler):
        desk.review(complaint, "admin-director")


@pytest.mark.rule("CP-21")
def test_whoever_told_a_result_that_a_bad_call_back_undid_cannot_review(desk):
    complaint = desk.contact(desk.file_at_level(3), by="sales-director")
    desk.tell(complaint, by="admin-director")
    desk.call_back(complaint, satisfied=False)
    desk.tell(complaint, by="sales-director")
    desk.answer(complaint, 1, by="sales-director")

    with pytest.raises(ReviewerIsHandler):
        desk.review(complaint, "admin-director")


@pytest.mark.rule("CP-18")
def test_a_review_names_form_and_reviewer(desk):
    complaint = desk.review(desk.answered(1), "supervisor")

    (told,) = desk.told("complaint.reviewed.v1")
    assert told["form_id"] == str(complaint.form.id)
    assert told["reviewer_id"] == str(desk.people["supervisor"])
    assert desk.read(complaint).form.review.opinion == "well handled"


def archive(desk, complaint):
    return desk.do(review.archive, complaint.id, by=desk.caller("clerk"))


@pytest.mark.rule("CP-18")
@pytest.mark.rule("CP-29")
def test_a_complaint_is_archived_only_after_its_review(desk):
    complaint = desk.answered(3)

    with pytest.raises(WrongState):
        archive(desk, complaint)
    desk.review(complaint, "supervisor")
    archived = archive(desk, complaint)

    (closed,) = desk.told("complaint.closed.v1")
    assert archived.state == State.ARCHIVED
    assert archived.form.archived_by == desk.people["clerk"]
    assert (closed["answer"], closed["normalised"]) == (3, 50)


@pytest.mark.rule("CP-18")
@pytest.mark.rule("CP-19")
@pytest.mark.rule("CP-20")
@pytest.mark.parametrize("level", [1, 2, 3])
def test_only_the_franchise_clerk_files_a_complaint_away(desk, level):
    complaint = desk.answered(2, level=level)
    desk.review(complaint, {1: "supervisor", 2: "sales-director", 3: "admin-director"}[level])

    for name in sorted(set(desk.people) - {"clerk"}):
        with pytest.raises(ArchivistUnfit):
            desk.do(review.archive, complaint.id, by=desk.caller(name))

    assert archive(desk, complaint).state == State.ARCHIVED


def decide(desk, complaint, by="general-manager"):
    return desk.do(
        review.record_decision, complaint.id, by=desk.caller(by), text="a refund is paid"
    )


@pytest.mark.rule("CP-31")
@pytest.mark.parametrize("name", ["general-manager", "secretary"])
def test_the_meeting_decides_and_then_the_complaint_is_archived(desk, name):
    complaint = desk.answered(5, level=3)

    with pytest.raises(WrongState):
        archive(desk, complaint)
    decided = decide(desk, complaint, by=name)
    archived = archive(desk, complaint)

    (told,) = desk.told("complaint.meeting_decided.v1")
    (closed,) = desk.told("complaint.closed.v1")
    assert told["decided_by"] == str(decided.form.decision.by)
    assert decided.form.decision.text == "a refund is paid"
    assert archived.state == State.ARCHIVED
    assert (closed["answer"], closed["normalised"]) == (5, 0)


@pytest.mark.rule("CP-31")
@pytest.mark.parametrize("name", ["sales-director", "clerk"])
def test_nobody_else_decides_for_the_meeting(desk, name):
    complaint = desk.answered(5, level=3)

    with pytest.raises(DeciderUnfit):
        decide(desk, complaint, by=name)

    assert desk.read(complaint).state == State.GM_MEETING


def test_no_meeting_decides_below_the_highest_level(desk):
    complaint = desk.answered(2)

    with pytest.raises(WrongState):
        decide(desk, complaint)


def test_a_complaint_of_another_unit_is_not_found(desk):
    complaint = desk.answered(2)
    elsewhere = replace(desk.caller("supervisor"), unit="region-south")

    with pytest.raises(NotFound):
        desk.do(review.review, complaint.id, by=elsewhere, opinion="fine")
