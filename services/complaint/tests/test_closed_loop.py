"""Every problem of a key account is planned before it is worked on, and confirmed after (CP-43)."""

from datetime import timedelta

import pytest

from complaint.domain.action_plans import PlanMissing, ReturnCallMissing
from complaint.domain.problems import PlanDueInPast
from complaint.domain.satisfaction import Method
from complaint.domain.staff import NotOfThisTier
from complaint.domain.states import State
from complaint.use_cases import clocks, satisfaction
from complaint.use_cases.flows import PersonNotOnStaff
from shared.ids import new_id
from shared.policy import PolicyMissing
from shared.rules import WrongState

from .key_account_desk import following

PLANNED = "complaint.action_planned.v1"


@pytest.fixture
def firm(desk):
    return following(desk)


@pytest.fixture
def contacted(desk, firm):
    return desk.contact(firm.file(), by="account-manager")


@pytest.fixture
def planned(desk, contacted):
    return desk.plan(contacted)


@pytest.mark.rule("CP-43")
def test_a_plan_with_owner_and_deadline_begins_the_work(desk, contacted):
    due_at = desk.now + timedelta(days=4)

    complaint = desk.plan(contacted, owner_id=desk.people["leader"], due_at=due_at)

    plan = desk.read(complaint).form.plan
    assert (complaint.state, plan.owner_id) == (State.IN_PROGRESS, desk.people["leader"])
    assert (plan.due_at, plan.by) == (due_at, desk.people["account-manager"])
    assert (plan.because.rule, plan.because.clause) == ("CP-43", "002 L79")
    (told,) = desk.told(PLANNED)
    assert (told["owner_id"], "measures" in told) == (str(desk.people["leader"]), False)


@pytest.mark.rule("CP-43")
def test_without_a_plan_nothing_is_done_and_no_result_is_told(desk, contacted):
    for refused in (lambda: desk.tell(contacted), lambda: desk.request_field_work(contacted)):
        with pytest.raises(PlanMissing):
            refused()

    assert desk.read(contacted).state is State.CONTACTED
    assert not desk.read(contacted).field_works


@pytest.mark.rule("CP-43")
def test_what_is_planned_is_done_told_and_confirmed(desk, planned):
    desk.request_field_work(planned)
    desk.tell(planned)

    assert desk.answer(planned, 1).state is State.AWAITING_REVIEW


@pytest.mark.rule("CP-43")
@pytest.mark.parametrize("method", Method)
def test_satisfaction_is_asked_in_a_return_call(desk, planned, method):
    desk.tell(planned)
    asked = {"by": desk.caller("account-manager"), "code": 1, "method": method, "evidence": "4711"}
    before = desk.read(planned).version

    if method in (Method.TELEPHONE, Method.IN_PERSON):
        answered = desk.do(satisfaction.answer_satisfaction, planned.id, **asked)
        answer = answered.form.answer
        assert (answer.asked_by, answer.evidence) == (desk.people["account-manager"], "4711")
    else:
        with pytest.raises(ReturnCallMissing):
            desk.do(satisfaction.answer_satisfaction, planned.id, **asked)
        assert desk.read(planned).version == before


@pytest.mark.rule("CP-43")
def test_a_dissatisfied_customer_needs_another_plan(desk, planned, firm):
    desk.tell(planned)
    escalated = desk.answer(planned, 4)
    assert escalated.form.plan is None
    firm.calm(escalated)

    with pytest.raises(PlanMissing):
        desk.tell(escalated)
    desk.plan(escalated)

    assert desk.tell(escalated).state is State.RESULT_TOLD
    assert desk.clock(escalated, "solution").round == 2


@pytest.mark.rule("CP-43")
def test_the_deadline_of_the_plan_is_a_clock_that_tells_its_owner_and_the_group(desk, contacted):
    due_at = desk.now + timedelta(days=4, minutes=7)
    desk.plan(contacted, owner_id=desk.people["leader"], due_at=due_at)
    assert desk.clock(contacted, "plan").on_time is True

    clock = desk.clock(contacted, "solution")
    assert (clock.deadline.due_at, clock.deadline.provisional) == (due_at, False)
    assert clock.deadline.because.rule == "CP-43"

    desk.now = due_at
    desk.do(clocks.wake, contacted.id)
    missed = [one for one in desk.told("complaint.clock_breached.v1") if one["clock"] == "solution"]
    assert [one["owner_ids"] for one in missed] == [[str(desk.people["leader"])]]
    group = [str(desk.people[name]) for name in ("group-lead", "group-support")]
    assert [one["supervisor_ids"] for one in missed] == [group]


@pytest.mark.rule("CP-43")
def test_when_the_owner_of_the_plan_has_left_its_lateness_is_told_to_the_handler(
    desk, firm, contacted
):
    desk.plan(contacted, owner_id=desk.people["leader"])
    firm.leaves("leader")

    desk.now += timedelta(days=4)
    desk.do(clocks.wake, contacted.id)

    missed = [one for one in desk.told("complaint.clock_breached.v1") if one["clock"] == "solution"]
    assert [one["owner_ids"] for one in missed] == [[str(desk.people["account-manager"])]]


@pytest.mark.rule("CP-43")
def test_another_plan_moves_the_clock_and_the_timer(desk, planned):
    before = desk.clock(planned, "solution").deadline.due_at

    later = before + timedelta(days=3)
    desk.plan(planned, due_at=later)

    assert desk.clock(planned, "solution").deadline.due_at == later
    (moved,) = desk.told("complaint.clock_retimed.v1")
    assert (moved["clock"], moved["reason"]) == ("solution", "agreed")
    assert desk.read(planned).timed["solution"].round == 1
    assert len(desk.told(PLANNED)) == 2


@pytest.mark.rule("CP-43")
def test_neither_pause_nor_calendar_moves_what_was_agreed_upon(desk, planned):
    due_at = desk.clock(planned, "solution").deadline.due_at

    desk.hold(planned, until=desk.now + timedelta(days=2))

    assert desk.clock(planned, "solution").deadline.due_at == due_at


@pytest.mark.rule("CP-43")
def test_a_plan_is_made_within_a_working_day(desk, contacted):
    clock = desk.clock(contacted, "plan")

    assert (clock.driving.value.within, clock.driving.value.unit) == (1, "working_day")
    assert (clock.deadline.hard, clock.deadline.because.rule) == (False, "CP-43")


def test_a_plan_that_cannot_be_is_refused_and_nothing_changes(desk, contacted):
    version = desk.read(contacted).version

    for given, refusal in (
        ({"due_at": desk.now}, PlanDueInPast),
        ({"owner_id": new_id()}, PersonNotOnStaff),
        ({"by": "assistant-north"}, NotOfThisTier),
    ):
        with pytest.raises(refusal):
            desk.plan(contacted, **given)

    assert (desk.read(contacted).version, desk.told(PLANNED)) == (version, [])


def test_nothing_is_planned_before_the_first_contact_or_after_the_result(desk, firm, planned):
    with pytest.raises(WrongState):
        desk.plan(firm.file())
    desk.tell(planned)
    with pytest.raises(WrongState):
        desk.plan(planned)


def test_whoever_planned_or_sees_to_the_plan_does_not_review(desk, contacted):
    planned = desk.plan(contacted, owner_id=desk.people["group-support"])

    hands = desk.read(planned).hands
    assert {desk.people["account-manager"], desk.people["group-support"]} <= hands


def test_complaints_of_others_need_no_plan(desk, firm):
    complaint = desk.file()
    desk.contact(complaint)

    with pytest.raises(PolicyMissing):
        desk.plan(complaint)
    assert desk.tell(complaint).state is State.RESULT_TOLD
    assert {"plan", "solution"}.isdisjoint(desk.read(complaint).timed)


def test_over_http_a_plan_is_made_and_its_deadline_explained(desk, contacted, as_):
    manager, path = as_("account-manager"), f"/v1/complaints/{contacted.id}"
    asked = {
        "measures": "send the missing parts",
        "owner_id": str(desk.people["leader"]),
        "due_at": "2026-02-20T15:00:00+08:00",
    }

    made = manager.post(f"{path}/plans", asked)
    why = manager.get(f"{path}/clocks/solution/explain")

    assert (made.status_code, made.json["state"]) == (200, "in_progress")
    assert made.json["forms"][-1]["plan"]["owner_id"] == asked["owner_id"]
    assert (why.status_code, why.json["target_seconds"]) == (200, None)
    assert why.json["clock"]["due_at"] == why.json["intervals"][-1]["end"]
    assert 422 == manager.post(f"{path}/plans", {**asked, "owner_id": None}).status_code
