"""What customers raise: answered in time by somebody, or alarmed (VS-25, E-05)."""

import pytest

from shared.ids import new_id

from .desk import PEOPLE, at
from .talks import communicated, issue

NORTH = str(PEOPLE["north"])
JOB = {
    "place": "Riverside 1",
    "content": "exchange the lock",
    "requirements": "bring a ladder",
    "reply_due_at": "2026-03-05T10:00:00+08:00",
}
OPENED = "dispatch.work_order_opened.v1"
ORDER = {
    "org_unit": "dispatch-centre",
    "customer_id": None,
    "complaint_id": None,
    "dispatcher_id": NORTH,
    "reply_due_at": "2026-03-05T10:00:00+08:00",
}


@pytest.fixture
def raised(sales, path):
    """An issue that was raised in a communication."""
    communicated(sales, path, issues=[issue()])
    return sales.get("/v1/issues").json["items"][0]


@pytest.mark.rule("VS-25")
def test_an_issue_has_a_person_and_a_deadline_or_is_refused(sales, path, desk):
    for left_out in ("responsible_id", "due_at"):
        asked = {name: value for name, value in issue().items() if name != left_out}
        refused = communicated(sales, path, issues=[asked])
        assert 422 == refused.status_code

    assert [] == desk.told("issue_raised")


@pytest.mark.rule("VS-25")
@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"responsible_id": str(new_id())}, "person_unknown"),
        ({"due_at": "2026-03-02T10:00:00+08:00"}, "invalid"),
    ],
)
def test_nobody_is_no_person_and_the_past_no_deadline(sales, path, desk, wrong, code):
    refused = communicated(sales, path, issues=[{**issue(), **wrong}])

    assert (422, code) == (refused.status_code, refused.json["code"])
    assert [] == desk.told("communication_recorded")


@pytest.mark.rule("VS-25")
def test_an_issue_that_nobody_answers_is_alarmed_at_its_deadline(raised, desk):
    (told,) = desk.told("issue_raised")
    assert (NORTH, "communication") == (told["responsible_id"], told["source"])

    assert "issue.overdue" == desk.fire()

    assert at(2026, 3, 4, 18) == desk.now
    (overdue,) = desk.told("issue_overdue")
    assert (raised["issue_id"], str(PEOPLE["head-north"])) == (
        overdue["issue_id"],
        overdue["supervisor_id"],
    )


@pytest.mark.rule("VS-25")
def test_an_answer_in_time_ends_the_alarm(sales, raised, desk):
    one = f"/v1/issues/{raised['issue_id']}"

    answered = sales.post(f"{one}/answers", {"text": "comes on Friday"})
    assert "answered" == answered.json["state"]
    assert [] == [kind for kind, _ in desk.timers() if kind == "issue.overdue"]

    again = sales.post(f"{one}/reopenings", {"due_at": "2026-03-09T10:00:00+08:00"})
    assert ("open", None) == (again.json["state"], again.json["answer_text"])
    sales.post(f"{one}/answers", {"text": "came"})
    assert "closed" == sales.post(f"{one}/closings", {}).json["state"]
    assert 409 == sales.post(f"{one}/answers", {"text": "once more"}).status_code


@pytest.mark.rule("VS-25")
def test_completed_field_work_answers_the_issue_that_asked_for_it(sales, raised, desk):
    one = f"/v1/issues/{raised['issue_id']}"
    asked = sales.post(f"{one}/service-requests", JOB)
    again = sales.post(f"{one}/service-requests", JOB)
    assert (201, "service_asked_for") == (asked.status_code, again.json["code"])
    (public,), (private,) = desk.told("service_requested"), desk.told("service_described")
    assert public["request_id"] == private["request_id"] == asked.json["request_id"]
    assert not {"place", "content", "requirements"} & set(public)
    assert "Riverside 1" == private["place"]

    order = str(new_id())
    desk.receive(OPENED, **ORDER, work_order_id=order, request_id=public["request_id"])
    desk.receive("dispatch.work_order_completed.v1", work_order_id=order)
    desk.receive("dispatch.work_order_completed.v1", work_order_id=order)

    answered = sales.get(one).json
    assert ("answered", order, None) == (
        answered["state"],
        answered["work_order_id"],
        answered["answered_by"],
    )
    assert [order] == [told["work_order_id"] for told in desk.told("issue_answered")]
    assert [] == [kind for kind, _ in desk.timers() if kind == "issue.overdue"]


@pytest.mark.rule("VS-25")
def test_field_work_that_is_cancelled_leaves_the_issue_open_for_other_work(sales, raised, desk):
    one = f"/v1/issues/{raised['issue_id']}"
    sales.post(f"{one}/service-requests", JOB)
    (asked,) = desk.told("service_requested")
    order = str(new_id())
    desk.receive(OPENED, **ORDER, work_order_id=order, request_id=asked["request_id"])
    for _ in range(2):
        desk.receive("dispatch.work_order_cancelled.v1", work_order_id=order)

    found = sales.get(one).json
    assert ("open", None, None) == (found["state"], found["request_id"], found["work_order_id"])
    assert 1 == len(desk.journal("service_cancelled"))
    assert ["issue.overdue"] == [kind for kind, _ in desk.timers() if kind == "issue.overdue"]
    assert 201 == sales.post(f"{one}/service-requests", JOB).status_code


def test_orders_of_others_and_late_completions_change_nothing(sales, raised, desk):
    one = f"/v1/issues/{raised['issue_id']}"
    request = sales.post(f"{one}/service-requests", JOB).json["request_id"]
    order = str(new_id())
    for asked in (None, request):
        desk.receive(OPENED, **ORDER, work_order_id=order, request_id=asked)
    desk.receive("dispatch.work_order_completed.v1", work_order_id=str(new_id()))
    sales.post(f"{one}/answers", {"text": "it was the key"})

    desk.receive("dispatch.work_order_completed.v1", work_order_id=order)

    assert "it was the key" == sales.get(one).json["answer_text"]
    assert 1 == len(desk.told("issue_answered"))


@pytest.mark.rule("VS-25")
def test_the_words_of_an_issue_are_told_once_and_in_private(sales, raised, desk):
    one = f"/v1/issues/{raised['issue_id']}"
    sales.post(f"{one}/answers", {"text": "comes on Friday"})
    sales.post(f"{one}/reopenings", {"due_at": "2026-03-09T10:00:00+08:00"})

    (told,) = desk.told("issue_described")
    assert (told["text"], told["source"]) == ("the door sticks", "communication")
    assert not [public for public in desk.told("issue_raised") if "text" in public]


CLOSED = "complaint.problem_closed.v1"


@pytest.mark.rule("VS-25")
def test_the_closing_of_its_ticket_answers_an_issue(sales, raised, desk):
    one, ticket = f"/v1/issues/{raised['issue_id']}", str(new_id())
    for _ in range(2):
        desk.receive(CLOSED, case_id=ticket, issue_id=raised["issue_id"])

    answered = sales.get(one).json
    assert ("answered", ticket, None) == (
        answered["state"],
        answered["problem_id"],
        answered["answered_by"],
    )
    assert [ticket] == [told["problem_id"] for told in desk.told("issue_answered")]
    assert [] == [kind for kind, _ in desk.timers() if kind == "issue.overdue"]


def test_tickets_of_others_and_late_closings_change_nothing(sales, raised, desk):
    one = f"/v1/issues/{raised['issue_id']}"
    desk.receive(CLOSED, case_id=str(new_id()), issue_id=None)
    assert "open" == sales.get(one).json["state"]
    sales.post(f"{one}/answers", {"text": "it was the key"})

    desk.receive(CLOSED, case_id=str(new_id()), issue_id=raised["issue_id"])

    left = sales.get(one).json
    assert ("it was the key", None) == (left["answer_text"], left["problem_id"])
    assert 1 == len(desk.told("issue_answered"))


def test_issues_are_listed_by_deadline_to_their_own_unit(as_, sales, path, raised):
    mine = f"/v1/issues?responsible_id={NORTH}&state=open"
    north, south = as_("auditor", unit="region-north"), as_("auditor", unit="region-south")

    assert [raised["issue_id"]] == [one["issue_id"] for one in north.get(mine).json["items"]]
    assert [] == south.get(mine).json["items"]
    assert 404 == south.get(f"/v1/issues/{raised['issue_id']}").status_code
