"""Faults are ended and kept from happening again: CP-55, CP-56, XC-13, E-24."""

from datetime import datetime

import pytest

from complaint.consumers import SUBSCRIPTIONS
from complaint.domain.corrective_actions import (
    ACTION_STATES,
    ActionCommand,
    ActionKind,
    ActionSource,
    ActionState,
    CorrectiveAction,
    VerifierIsOwner,
)
from complaint.domain.department_work import DueInPast, NotOfTheDepartment, OwnerUnknown
from complaint.domain.staff import NotOfThisTier
from complaint.use_cases import corrective_actions
from shared.ids import new_id
from shared.rules import Because, UnitUnknown, WrongState

from .problem_desk import following

BECAUSE = Because(pack="generic", version="1", clause="004-T19 L430", rule="CP-55")


def at(text):
    return datetime.fromisoformat(text + "+08:00")


@pytest.fixture
def complaint(desk):
    return desk.contact(desk.file())


def opened(desk, complaint, **given):
    asked = {
        "kind": ActionKind.CORRECTIVE,
        "department": "admin-centre",
        "reason": "the contract has no annex",
        **given,
    }
    by = desk.caller(desk.handler(complaint))
    return desk.do(corrective_actions.open_for_complaint, complaint.id, by=by, **asked)


def step(desk, use_case, action, by, **given):
    return desk.do(use_case, action.id, by=desk.caller(by), **given)


def walked(desk, action):
    """Planned and done by the leader of the department."""
    step(desk, corrective_actions.plan, action, "leader", measures="add the annex")
    return step(desk, corrective_actions.finish, action, "leader", result="added")


@pytest.mark.rule("CP-55")
def test_the_responsible_department_acts_and_somebody_else_verifies_it(desk, complaint):
    action = opened(desk, complaint)
    assert action.owner_id == desk.people["leader"]
    assert action.due_at == at("2026-03-05T18:00")  # Ten working days, with a make-up Saturday.
    assert (action.because.rule, action.procedure) == ("CP-55", "corrective_action_control")

    done = walked(desk, action)
    assert done.state == "done"
    verified = step(desk, corrective_actions.verify, action, "head", opinion="it is there")

    assert (verified.state, verified.verified_by) == ("verified", desk.people["head"])
    (told,) = desk.told("complaint.corrective_action_opened.v1")
    assert (told["source"], told["source_id"]) == ("complaint", str(complaint.id))
    (seen,) = desk.told("complaint.corrective_action_verified.v1")
    assert seen["verified_by"] == str(desk.people["head"])
    assert "corrective_action.wake" not in desk.timers()


@pytest.mark.rule("CP-56")
def test_what_keeps_a_fault_from_happening_has_a_procedure_and_a_time_of_its_own(desk, complaint):
    action = opened(desk, complaint, kind=ActionKind.PREVENTIVE)

    assert action.because.rule == "CP-56"
    assert action.procedure == "preventive_action_control"
    assert action.due_at == at("2026-03-19T18:00")
    assert action.owner_id == desk.people["leader"]
    with pytest.raises(NotOfTheDepartment):
        step(desk, corrective_actions.verify, action, "leader", opinion="fine")
    walked(desk, action)
    assert step(desk, corrective_actions.verify, action, "head", opinion="ok").state == "verified"


@pytest.mark.rule("CP-55")
def test_whoever_owns_an_action_does_not_verify_it(desk, complaint):
    action = opened(desk, complaint)
    head = desk.people["head"]
    step(desk, corrective_actions.plan, action, "leader", measures="add it", owner_id=head)
    step(desk, corrective_actions.finish, action, "head", result="added")

    with pytest.raises(VerifierIsOwner):
        step(desk, corrective_actions.verify, action, "head", opinion="well done")
    with pytest.raises(VerifierIsOwner):
        step(desk, corrective_actions.reopen, action, "head", reason="not yet")


@pytest.mark.rule("CP-55")
@pytest.mark.rule("CP-56")
@pytest.mark.parametrize("kind", ActionKind)
def test_an_action_that_is_late_is_told_to_owner_and_supervisors_once(desk, complaint, kind):
    action = opened(desk, complaint, kind=kind)
    step(desk, corrective_actions.plan, action, "leader", measures="add the annex")

    desk.wake("corrective_action.wake")

    (late,) = desk.told("complaint.corrective_action_overdue.v1")
    assert late["owner_id"] == str(desk.people["leader"])
    assert late["supervisor_ids"] == [str(desk.people["head"])]
    assert desk.now == action.due_at
    assert "corrective_action.wake" not in desk.timers()


def test_measures_that_do_not_work_are_planned_anew(desk, complaint):
    action = opened(desk, complaint)
    walked(desk, action)
    desk.now = at("2026-03-09T10:00")

    again = step(desk, corrective_actions.reopen, action, "head", reason="the annex is empty")

    assert (again.state, again.said) == ("requested", "the annex is empty")
    assert desk.timers()["corrective_action.wake"] == again.due_at == at("2026-03-23T18:00")


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"due_at": at("2026-02-13T16:59")}, DueInPast),
        ({"owner_id": new_id()}, OwnerUnknown),
    ],
)
def test_a_plan_that_cannot_be_changes_nothing(desk, complaint, given, refusal):
    action = opened(desk, complaint)

    with pytest.raises(refusal):
        step(desk, corrective_actions.plan, action, "leader", measures="add it", **given)

    with desk.open() as tx:
        assert tx.corrective_actions.of_event(action.id).state == "requested"


def test_others_neither_plan_nor_finish(desk, complaint):
    action = opened(desk, complaint)

    with pytest.raises(NotOfTheDepartment):
        step(desk, corrective_actions.plan, action, "clerk", measures="add it")


def test_a_department_that_is_not_known_cannot_be_asked(desk, complaint):
    with pytest.raises(UnitUnknown):
        opened(desk, complaint, department="nowhere")


@pytest.mark.rule("XC-13")
@pytest.mark.parametrize(("due_on", "due_at"), [("2026-05-01", "2026-05-02T00:00"), (None, None)])
def test_opinions_of_customers_open_an_action(desk, due_on, due_at):
    subscription = SUBSCRIPTIONS["customer.corrective_action_requested.v1"]
    asked = {
        "action_id": str(new_id()),
        "summary_id": str(new_id()),
        "org_unit": "admin-centre",
        "kind": "corrective",
        "reason": "service_failure",
        "due_on": due_on,
        "requested_by": str(desk.people["clerk"]),
    }
    with desk.open() as tx:
        subscription.handler(tx, None, subscription.reads.load(asked))

    (told,) = desk.told("complaint.corrective_action_opened.v1")
    assert (told["action_id"], told["source"]) == (asked["action_id"], "opinions")
    assert told["source_id"] == asked["summary_id"]
    due = datetime.fromisoformat(told["due_at"])
    assert due == (at(due_at) if due_at else at("2026-03-05T18:00"))


@pytest.mark.rule("XC-13")
@pytest.mark.rule("CP-56")
def test_a_problem_of_quality_opens_an_action_as_well(desk, rulebook):
    shop = following(desk, rulebook)
    problem = shop.submit()
    asked = {
        "kind": ActionKind.PREVENTIVE,
        "department": "admin-centre",
        "reason": "seams",
    }
    opened_for = corrective_actions.open_for_problem
    with pytest.raises(NotOfThisTier):
        desk.do(opened_for, problem.id, by=desk.caller("clerk"), **asked)

    action = desk.do(opened_for, problem.id, by=desk.caller(shop.handler(problem)), **asked)

    assert (action.because.rule, action.org_unit) == ("CP-56", "shop-01")
    (told,) = desk.told("complaint.corrective_action_opened.v1")
    assert (told["source"], told["source_id"]) == ("problem", str(problem.id))


def action_in(state):
    now = at("2026-03-02T10:00")
    return CorrectiveAction(
        id=new_id(),
        kind=ActionKind.CORRECTIVE,
        source=ActionSource.COMPLAINT,
        source_id=new_id(),
        org_unit="shop-01",
        department="admin-centre",
        reason="a fault",
        procedure="corrective_action_control",
        because=BECAUSE,
        requested_by=new_id(),
        requested_at=now,
        due_at=at("2026-03-03T10:00"),
        owner_id=new_id(),
        state=state,
    )


NOW = at("2026-03-02T11:00")
DO = {
    ActionCommand.PLAN: lambda a: a.plan(
        new_id(), measures="m", due_at=at("2026-03-04T10:00"), now=NOW
    ),
    ActionCommand.FINISH: lambda a: a.finish(result="r", now=NOW),
    ActionCommand.VERIFY: lambda a: a.verify(new_id(), opinion="o", now=NOW),
    ActionCommand.REOPEN: lambda a: a.reopen(
        new_id(), reason="r", due_at=at("2026-03-04T10:00"), now=NOW
    ),
}


@pytest.mark.parametrize("state", ActionState)
@pytest.mark.parametrize("command", ActionCommand)
def test_each_command_does_in_each_state_what_the_table_says(state, command):
    action = action_in(state)
    if command in ACTION_STATES[state]:
        DO[command](action)
        assert (action.state, action.version) == (ACTION_STATES[state][command], 2)
    else:
        with pytest.raises(WrongState) as refused:
            DO[command](action)
        assert refused.value.extra["allowed"] == [one.value for one in ACTION_STATES[state]]
        assert (action.state, action.version) == (state, 1)


def test_over_http_an_action_goes_from_its_request_to_its_verification(as_, desk, complaint):
    body = {"kind": "corrective", "department": "admin-centre", "reason": "no annex"}
    path = f"/v1/complaints/{complaint.id}/corrective-actions"
    action = as_("assistant-north").post(path, body).json
    one = f"/v1/corrective-actions/{action['id']}"
    leader, head = as_("leader", unit="admin-centre"), as_("head", unit="admin-centre")

    listed = leader.get("/v1/corrective-actions?owner=me").json["items"]
    assert [found["id"] for found in listed] == [action["id"]]
    assert leader.post(f"{one}/plans", {"measures": "add it"}).json["state"] == "planned"
    assert leader.post(f"{one}/results", {"result": "added"}).json["state"] == "done"
    assert head.post(f"{one}/reopenings", {"reason": "empty"}).json["state"] == "requested"
    leader.post(f"{one}/plans", {"measures": "fill it"})
    leader.post(f"{one}/results", {"result": "filled"})
    assert head.post(f"{one}/verifications", {"opinion": "ok"}).json["state"] == "verified"
    assert as_("assistant-south", unit="region-south").get(one).status_code == 404
