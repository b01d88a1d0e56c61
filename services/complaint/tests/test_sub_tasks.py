"""Other departments take part, and the complaint stays with its handler: CP-25, PT-25."""

from datetime import datetime, timedelta

import pytest

from complaint.domain.department_work import DueInPast, NotOfTheDepartment, OwnerUnknown
from complaint.domain.sub_tasks import (
    STEPS,
    Dues,
    SubTask,
    SubTasksOpen,
    SubTaskState,
    SubTaskStep,
)
from complaint.use_cases import sub_tasks
from shared.ids import new_id
from shared.rules import Because, NotFound, UnitUnknown, WrongState

ACCEPT, FINISH = sub_tasks.accept, sub_tasks.finish
BECAUSE = Because(pack="franchise", version="1", clause="001-P4 L184", rule="CP-25")


def at(text):
    return datetime.fromisoformat(text + "+08:00")


@pytest.fixture
def complaint(desk):
    return desk.contact(desk.file())


@pytest.fixture
def task(desk, complaint):
    return desk.involve(complaint)


def read(desk, complaint):
    (found,) = desk.read(complaint).sub_tasks
    return found


@pytest.mark.rule("CP-25")
def test_a_department_does_its_part_and_the_complaint_stays_with_its_handler(desk, complaint):
    task = desk.involve(complaint)
    desk.step(ACCEPT, task, "leader")
    desk.step(FINISH, task, "leader", result="the contract is void")

    found = desk.read(complaint)
    assert found.handler_id == complaint.handler_id
    assert (found.sub_tasks[0].state, found.sub_tasks[0].said) == ("done", "the contract is void")
    (opened,) = desk.told("complaint.sub_task_opened.v1")
    assert (opened["owner_id"], opened["department"]) == (
        str(desk.people["leader"]),
        "admin-centre",
    )
    steps = [one["step"] for one in desk.told("complaint.sub_task_changed.v1")]
    assert steps == ["accept", "finish"]


@pytest.mark.rule("CP-25")
def test_it_is_due_in_the_time_of_the_pack_unless_the_handler_says_otherwise(desk, complaint):
    usual = desk.involve(complaint)
    sooner = desk.involve(complaint, due_at=desk.now + timedelta(hours=2))

    assert usual.because.rule == "CP-25"
    assert usual.dues.due_at == at(
        "2026-02-25T18:00"
    )  # Three working days, with the make-up Saturday.
    assert sooner.dues.due_at == desk.now + timedelta(hours=2)
    assert desk.read(complaint).next_due_at == sooner.dues.due_at


@pytest.mark.rule("CP-25")
def test_owner_handler_and_the_departments_supervisor_hear_that_it_is_late(desk, complaint):
    task = desk.involve(complaint, due_at=desk.now + timedelta(hours=6))

    desk.wake()
    (soon,) = desk.told("complaint.sub_task_due_soon.v1")
    assert soon["owner_id"] == str(desk.people["leader"])
    desk.wake()

    (late,) = desk.told("complaint.sub_task_overdue.v1")
    assert (late["missed"], late["handler_id"]) == ("result", str(complaint.handler_id))
    assert late["supervisor_ids"] == [str(desk.people["head"])]
    assert datetime.fromisoformat(late["due_at"]) == task.dues.due_at
    assert desk.timers()["case.wake"] > desk.now


@pytest.mark.rule("PT-25")
def test_a_department_that_does_not_report_is_told_of_and_each_report_begins_the_time_anew(
    desk, complaint, task
):
    assert task.dues.report_due_at == at("2026-02-24T18:00")
    desk.step(ACCEPT, task, "leader")
    desk.now = at("2026-02-24T10:00")
    reported = desk.step(sub_tasks.report, task, "leader", content="half done")
    assert reported.dues.report_due_at == at("2026-02-26T18:00")
    assert [one.content for one in read(desk, complaint).reports] == ["half done"]

    while desk.timers():
        desk.wake()

    missed = [one["missed"] for one in desk.told("complaint.sub_task_overdue.v1")]
    assert sorted(missed) == ["report", "result"]


@pytest.mark.rule("CP-25")
def test_no_result_is_told_while_a_department_has_something_to_do(desk, complaint, task):
    with pytest.raises(SubTasksOpen) as refused:
        desk.tell(complaint)
    assert refused.value.extra["sub_task_ids"] == [str(task.id)]
    assert refused.value.because.rule == "CP-25"

    desk.step(sub_tasks.cancel, task, desk.handler(complaint), reason="settled")

    assert desk.tell(complaint).state == "result_told"


@pytest.mark.rule("CP-25")
def test_what_is_returned_has_its_time_anew(desk, complaint, task):
    desk.step(ACCEPT, task, "leader")
    desk.step(FINISH, task, "leader", result="done")
    desk.now = at("2026-03-02T10:00")

    back = desk.step(
        sub_tasks.send_back, task, desk.handler(complaint), reason="the annex is missing"
    )

    assert (back.state, back.said) == ("returned", "the annex is missing")
    assert back.dues.due_at == at("2026-03-05T18:00")
    assert back.overdue_at is None


def test_whoever_leads_the_department_may_go_on_with_it_and_owns_it_then(desk, complaint):
    named = desk.involve(complaint, owner_id=desk.people["clerk"])
    assert named.owner_id == desk.people["clerk"]

    desk.step(ACCEPT, named, "leader")

    assert read(desk, complaint).owner_id == desk.people["leader"]


def test_others_do_not_do_what_the_department_is_to_do(desk, task):
    with pytest.raises(NotOfTheDepartment):
        desk.step(ACCEPT, task, "clerk")


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"department": "nowhere"}, UnitUnknown),
        ({"due_at": at("2026-02-13T16:59")}, DueInPast),
        ({"owner_id": new_id()}, OwnerUnknown),
    ],
)
def test_what_cannot_be_asked_changes_nothing(desk, complaint, given, refusal):
    with pytest.raises(refusal):
        desk.involve(complaint, **given)

    assert desk.read(complaint).sub_tasks == []


def test_nobody_there_to_do_it_is_said_at_once(desk, complaint):
    with desk.open() as tx:
        tx.staff.keep(desk.people["leader"], active=False, superior_id=None, posts=[])

    with pytest.raises(OwnerUnknown):
        desk.involve(complaint)


def test_a_sub_task_that_is_not_there_is_not_found(desk, complaint):
    with pytest.raises(NotFound):
        complaint.sub_task(new_id())


def task_in(state):
    now = at("2026-03-02T10:00")
    return SubTask(
        id=new_id(),
        case_id=new_id(),
        department="admin-centre",
        content="look it up",
        owner_id=new_id(),
        opened_by=new_id(),
        opened_at=now,
        dues=Dues(due_at=now, warn_at=None, report_due_at=None),
        because=BECAUSE,
        state=state,
    )


@pytest.mark.parametrize("state", SubTaskState)
@pytest.mark.parametrize("step", SubTaskStep)
def test_each_step_does_in_each_state_what_the_table_says(state, step):
    task = task_in(state)
    if step in STEPS[state]:
        task.take(step, new_id(), now=task.opened_at)
        assert task.state == STEPS[state][step]
    else:
        with pytest.raises(WrongState) as refused:
            task.take(step, new_id(), now=task.opened_at)
        assert refused.value.extra["allowed"] == [one.value for one in STEPS[state]]
        assert task.state == state


def test_over_http_the_department_sees_its_sub_task_and_not_the_complaint(as_, desk, complaint):
    path = f"/v1/complaints/{complaint.id}/sub-tasks"
    asked = {"department": "admin-centre", "content": "look the contract up"}
    task = as_("assistant-north").post(path, asked).json

    leader = as_("leader", unit="admin-centre")
    assert [one["id"] for one in leader.get("/v1/sub-tasks?owner=me").json["items"]] == [task["id"]]
    assert leader.get(f"/v1/complaints/{complaint.id}").status_code == 404
    one = f"/v1/sub-tasks/{task['id']}"
    assert leader.post(f"{one}/acceptances", {}).json["state"] == "accepted"
    assert (
        leader.post(f"{one}/reports", {"content": "half"}).json["reports"][0]["content"] == "half"
    )
    assert leader.post(f"{one}/results", {"result": "void"}).json["said"] == "void"
    handler = as_("assistant-north")
    assert handler.post(f"{one}/returns", {"reason": "more"}).json["state"] == "returned"
    assert handler.post(f"{one}/cancellations", {"reason": "no"}).json["state"] == "cancelled"
    assert handler.get(one).json["case_id"] == str(complaint.id)


@pytest.mark.rule("CP-47")
def test_the_marketing_division_takes_part_where_the_pack_says_so(desk):
    desk.follow("hq", "medical", "franchise", "generic")
    complaint = desk.file()
    desk.contact(complaint)

    task = desk.involve(complaint, department="sales-centre")
    accepted = desk.step(ACCEPT, task, "marketing")

    assert (task.owner_id, task.because.rule) == (desk.people["marketing"], "CP-47")
    assert accepted.state is SubTaskState.ACCEPTED
    assert desk.involve(complaint).owner_id == desk.people["leader"]
