"""Field work asked of dispatch, and told back by its events."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from complaint.consumers import SUBSCRIPTIONS
from complaint.domain.field_work import Assignment, Progress, ReplyDueInPast
from complaint.domain.states import State
from complaint.use_cases import field_work
from shared.envelope import Received
from shared.ids import new_id
from shared.rules import NotFound, WrongState
from shared.tables import journal, outbox

ORDER = new_id()


def receive(desk, kind, **data):
    """What the applier does with an event of dispatch."""
    type_ = f"dispatch.{kind}.v1"
    told = {"work_order_id": str(ORDER), "org_unit": "shop-01", "unknown": 1, **data}
    event = Received(
        id=new_id(),
        type=type_,
        source="/dispatch",
        subject=f"work_order/{ORDER}",
        sequence=1,
        time=datetime(2026, 3, 2, tzinfo=UTC),
        org_unit="shop-01",
        actor="dispatcher",
        correlation=None,
        causation=None,
        traceparent=None,
        policy=None,
        data=told,
    )
    subscription = SUBSCRIPTIONS[type_]
    with desk.open() as tx:
        subscription.handler(tx, event, subscription.reads.load(told))


@pytest.fixture
def asked(desk):
    """A complaint whose handler asked for field work, and the request."""
    complaint = desk.contact(desk.file(customer_id=new_id()))
    return complaint, desk.request_field_work(complaint)


def written(work):
    wanted = work.assignment
    return {
        "place": wanted.place,
        "content": wanted.content,
        "requirements": wanted.requirements,
    }


def test_field_work_is_asked_of_dispatch_and_the_complaint_is_in_progress(desk, asked):
    complaint, work = asked

    (told,) = desk.told("complaint.field_work_requested.v1")
    (described,) = desk.told("complaint.field_work_described.v1")
    assert desk.read(complaint).state == State.IN_PROGRESS
    assert told["request_id"] == str(work.id)
    assert told["customer_id"] == str(complaint.intake.customer_id)
    assert told["requested_by"] == str(desk.people["assistant-north"])
    assert {**told, **written(work)} == described


def test_what_is_written_about_a_job_leaves_only_in_private(desk, asked):
    with desk.sessions() as session:
        rows = session.execute(select(outbox).where(outbox.c.body.contains("exchange"))).all()
        noted = session.execute(select(journal.c.kind, journal.c.data)).all()

    _, work = asked
    assert [(row.type, row.private, row.subject) for row in rows] == [
        ("complaint.field_work_described.v1", True, f"field_work/{work.id}")
    ]
    assert "exchange" not in repr(noted)


@pytest.mark.rule("CP-25")
def test_the_complaint_stays_with_its_handler(desk, asked):
    complaint, _ = asked

    assert desk.read(complaint).handler_id == desk.people["assistant-north"]


def test_a_reply_that_is_due_now_is_refused(desk):
    complaint = desk.contact(desk.file())
    wanted = Assignment("shop-01", "look", "now", desk.now)

    with pytest.raises(ReplyDueInPast):
        desk.do(
            field_work.request_field_work,
            complaint.id,
            by=desk.caller("assistant-north"),
            assignment=wanted,
        )

    later = Assignment("shop-01", "look", "now", desk.now + timedelta(seconds=1))
    work = desk.do(
        field_work.request_field_work,
        complaint.id,
        by=desk.caller("assistant-north"),
        assignment=later,
    )
    assert work.progress == Progress.REQUESTED


def test_field_work_before_the_first_contact_is_refused(desk):
    complaint = desk.file()

    with pytest.raises(WrongState):
        desk.request_field_work(complaint)


def test_the_work_order_is_followed_from_opening_to_callback(desk, asked):
    complaint, work = asked
    of = {"complaint_id": str(complaint.id)}
    seen = []
    steps = (
        ("work_order_opened", {"request_id": str(work.id)}),
        ("work_order_issued", {"order_no": "D-1"}),
        ("work_order_completed", {}),
        ("work_order_called_back", {"satisfied": True}),
    )
    for kind, data in steps:
        receive(desk, kind, **of, **data)
        seen.append(desk.read(complaint).field_works[0].progress)

    (told,) = desk.told("complaint.field_work_done.v1")
    assert seen == ["opened", "issued", "completed", "called_back"]
    assert desk.read(complaint).field_works[0].order_no == "D-1"
    assert (told["request_id"], told["satisfied"]) == (str(work.id), True)
    assert told["work_order_id"] == str(ORDER)


@pytest.mark.rule("CP-22")
@pytest.mark.parametrize("satisfied", [True, False])
def test_after_the_callback_the_complaint_is_still_in_progress(desk, asked, satisfied):
    complaint, work = asked
    of = {"complaint_id": str(complaint.id)}
    receive(desk, "work_order_opened", **of, request_id=str(work.id))
    receive(desk, "work_order_called_back", **of, satisfied=satisfied)

    found = desk.read(complaint)
    assert (found.state, found.field_works[0].satisfied) == (State.IN_PROGRESS, satisfied)


def test_an_order_that_dispatch_opened_by_itself_is_told_without_a_request(desk, asked):
    complaint, _ = asked
    of = {"complaint_id": str(complaint.id)}
    receive(desk, "work_order_opened", **of, request_id=None)
    receive(desk, "work_order_called_back", **of, satisfied=True)

    (told,) = desk.told("complaint.field_work_done.v1")
    assert told["request_id"] is None
    assert desk.read(complaint).field_works[0].progress == Progress.REQUESTED


def called_back(desk, asked, *, satisfied, answer=None):
    """The complaint after a call-back that came when its result was told, or also answered."""
    complaint, work = asked
    of = {"complaint_id": str(complaint.id)}
    receive(desk, "work_order_opened", **of, request_id=str(work.id))
    desk.tell(complaint)
    if answer:
        desk.answer(complaint, answer)
    receive(desk, "work_order_called_back", **of, satisfied=satisfied)
    return desk.read(complaint)


@pytest.mark.rule("CP-22")
@pytest.mark.parametrize(
    ("answer", "state"), [(None, State.RESULT_TOLD), (1, State.AWAITING_REVIEW)]
)
def test_a_good_call_back_after_the_result_is_kept_and_changes_nothing_else(
    desk, asked, answer, state
):
    complaint = called_back(desk, asked, satisfied=True, answer=answer)

    (work,) = complaint.field_works
    assert (work.progress, work.satisfied) == (Progress.CALLED_BACK, True)
    assert (complaint.state, len(complaint.forms)) == (state, 1)


@pytest.mark.rule("CP-22")
@pytest.mark.parametrize("answer", [None, 1])
def test_a_bad_call_back_after_the_result_leads_back_to_the_work(desk, asked, answer):
    complaint = called_back(desk, asked, satisfied=False, answer=answer)

    (work,), (old, new) = complaint.field_works, complaint.forms
    (told,) = desk.told("complaint.field_work_done.v1")
    assert (work.satisfied, told["satisfied"]) == (False, False)
    assert (complaint.state, complaint.level) == (State.IN_PROGRESS, 1)
    assert (new.previous_form_id, new.handler_id) == (old.id, old.handler_id)
    assert (old.told.result, new.told, new.answer) == ("it will be repaired", None, None)
    assert desk.answer(desk.tell(complaint), 2).state == State.AWAITING_REVIEW


@pytest.mark.rule("CP-25")
@pytest.mark.parametrize("told_result", [False, True])
def test_field_work_that_is_cancelled_leaves_the_complaint_with_its_handler(
    desk, asked, told_result
):
    complaint, work = asked
    of = {"complaint_id": str(complaint.id)}
    receive(desk, "work_order_opened", **of, request_id=str(work.id))
    if told_result:
        desk.tell(complaint)
    before = desk.read(complaint)
    receive(desk, "work_order_cancelled", **of)

    found = desk.read(complaint)
    (told,) = desk.told("complaint.field_work_cancelled.v1")
    assert found.field_works[0].progress == Progress.CANCELLED
    assert (found.state, found.handler_id) == (before.state, before.handler_id)
    assert found.next_due_at is not None
    assert (told["request_id"], told["handler_id"]) == (str(work.id), str(found.handler_id))
    if not told_result:
        assert desk.request_field_work(complaint).progress == Progress.REQUESTED


def test_the_progress_of_field_work_is_kept_in_the_timeline(desk, asked):
    complaint, work = asked
    of = {"complaint_id": str(complaint.id)}
    receive(desk, "work_order_opened", **of, request_id=str(work.id))
    receive(desk, "work_order_progress_reported", **of, expected_at="2026-03-04T10:00:00+00:00")

    with desk.sessions() as session:
        noted = select(journal.c.data).where(journal.c.kind == "work_order_progress_reported")
        assert session.scalars(noted).one() == {
            "work_order_id": str(ORDER),
            "expected_at": "2026-03-04T10:00:00+00:00",
        }


def test_orders_that_no_complaint_asked_for_are_of_no_concern(desk):
    receive(desk, "work_order_opened", complaint_id=None, request_id=None)
    receive(desk, "work_order_issued", complaint_id=None, order_no="D-2")
    receive(desk, "work_order_completed", complaint_id=None)
    receive(desk, "work_order_called_back", complaint_id=None, satisfied=False)
    receive(desk, "work_order_cancelled", complaint_id=None)
    expected = "2026-03-04T10:00:00+00:00"
    receive(desk, "work_order_progress_reported", complaint_id=None, expected_at=expected)

    assert desk.types() == []


def test_an_order_of_an_unknown_complaint_is_a_late_fact(desk):
    with pytest.raises(NotFound):
        receive(desk, "work_order_completed", complaint_id=str(new_id()))
