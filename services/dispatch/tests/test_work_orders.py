"""Drafting, revising and issuing."""

from uuid import UUID, uuid4

import pytest

from dispatch.domain.people import NotOnStaff
from dispatch.domain.work_order_rules import MandatoryBlank, MayNotDispatch, ReceiverUnfit
from dispatch.domain.work_order_states import State
from dispatch.use_cases.people import change_person
from dispatch.use_cases.work_orders import draft_work_order, issue_work_order, revise_work_order
from shared.rules import Invalid, NotFound

RECEIVES = [
    "department_head",
    "engineer",
    "enquiry_clerk",
    "property_assistant",
    "repair_supervisor",
    "repair_worker",
    "supervisor",
]
DISPATCHES = ["department_leader", "dispatch_supervisor", "dispatcher"]


@pytest.mark.rule("WO-04")
@pytest.mark.parametrize("role", DISPATCHES)
def test_those_who_dispatch_draft_in_the_unit_of_their_post(opened, cast, role, now):
    somebody = cast.asker(20, "region-south", role)
    with opened(by=somebody) as tx:
        cast.add(tx, somebody)
        order = draft_work_order(tx, caller=somebody, reply_due_at=now)

    assert order.org_unit == "region-south"
    assert order.dispatcher_id == UUID(somebody.id)


@pytest.mark.rule("WO-04")
def test_nobody_else_may_dispatch(opened, cast, rulebook, now):
    with opened() as tx, pytest.raises(MayNotDispatch) as refused:
        draft_work_order(tx, caller=cast.clerk, reply_due_at=now)

    assert refused.value.status == 403
    assert refused.value.because.rule == "WO-04"
    section = rulebook.of_builtin("property", "1").sections["dispatching"]
    assert sorted(section.rules[0].value.roles) == DISPATCHES


@pytest.mark.rule("WO-04")
def test_a_role_in_the_token_without_a_post_is_not_enough(opened, cast, now):
    promoted = cast.asker(5, "region-south", "dispatcher")
    with opened() as tx, pytest.raises(MayNotDispatch):
        draft_work_order(tx, caller=promoted, reply_due_at=now)


def test_somebody_unknown_to_the_directory_cannot_dispatch(opened, cast, now):
    stranger = cast.asker(99, "dispatch-centre", "dispatcher")
    with opened() as tx, pytest.raises(NotOnStaff):
        draft_work_order(tx, caller=stranger, reply_due_at=now)


def test_somebody_who_left_cannot_dispatch(opened, cast, now):
    with opened() as tx:
        person = tx.people.find(UUID(cast.dispatcher.id))
        change_person(tx, person, fresh={"active": False}, caller=cast.hr)
        with pytest.raises(NotOnStaff):
            draft_work_order(tx, caller=cast.dispatcher, reply_due_at=now)


@pytest.mark.rule("WO-05")
@pytest.mark.parametrize("role", RECEIVES)
def test_these_roles_receive_work(opened, cast, role):
    somebody = cast.asker(20, "shop-01", role)
    with opened() as tx:
        cast.add(tx, somebody)
        order = cast.issue(tx, receiver_id=UUID(somebody.id))

    assert order.state is State.ISSUED


@pytest.mark.rule("WO-05")
def test_other_roles_receive_no_work(opened, cast, rulebook):
    with opened() as tx, pytest.raises(ReceiverUnfit) as refused:
        cast.draft(tx, receiver_id=UUID(cast.clerk.id))

    assert refused.value.because.rule == "WO-05"
    section = rulebook.of_builtin("property", "1").sections["receiving"]
    assert sorted(section.rules[0].value.roles) == RECEIVES


@pytest.mark.rule("WO-05")
def test_a_receiver_who_left_since_the_draft_stops_the_issue(opened, cast):
    with opened() as tx:
        order = cast.draft(tx)
        worker = tx.people.find(UUID(cast.worker.id))
        change_person(tx, worker, fresh={"active": False}, caller=cast.hr)
        with pytest.raises(ReceiverUnfit):
            issue_work_order(tx, order.id, caller=cast.dispatcher)


def test_a_receiver_nobody_knows_is_refused(opened, cast):
    with opened() as tx, pytest.raises(Invalid) as refused:
        cast.draft(tx, receiver_id=uuid4())

    assert refused.value.extra["errors"] == {"receiver_id": ["is not known"]}


@pytest.mark.rule("WO-06")
def test_any_kind_of_work_can_be_ordered(opened, cast):
    with opened() as tx:
        order = cast.issue(tx, category="Water the plants")

    assert order.category == "Water the plants"


@pytest.mark.rule("WO-07")
@pytest.mark.parametrize(
    ("blanked", "field", "blank"),
    [
        ("place", "place", ["place"]),
        ("content", "content", ["content"]),
        ("requirements", "requirements", ["requirements"]),
        ("receiver_id", "receiver_id", ["receiver"]),
    ],
)
@pytest.mark.parametrize("nothing", [None, "  "])
def test_a_blank_mandatory_field_stops_the_issue(opened, cast, blanked, field, blank, nothing):
    value = None if field == "receiver_id" else nothing
    with opened() as tx:
        order = cast.draft(tx, **{blanked: value})
        with pytest.raises(MandatoryBlank) as refused:
            issue_work_order(tx, order.id, caller=cast.dispatcher)

    assert refused.value.code == "mandatory_blank"
    assert refused.value.extra["blank"] == blank
    assert refused.value.extra["errors"] == {field: ["is blank"]}
    assert refused.value.because.clause == "001-P5 L278"
    assert order.state is State.DRAFT
    assert order.order_no is None


@pytest.mark.rule("WO-07")
def test_all_blank_fields_are_named_at_once_a_dispatcher_among_them(opened, cast, now):
    with opened() as tx:
        order = cast.draft(tx, place=None, content="", requirements=" ", receiver_id=None)
        rule = tx.ruling("issuing", unit="hq")
        order.dispatcher_id = order.reply_due_at = None
        with pytest.raises(MandatoryBlank) as refused:
            order.issue(by=None, rule=rule, take_number=lambda: "1", now=now)
        order.reply_due_at = now

    assert refused.value.extra["blank"] == [
        "dispatcher",
        "place",
        "content",
        "requirements",
        "reply_due_at",
        "receiver",
    ]


def test_an_issued_order_is_told_with_its_number(opened, cast, told):
    with opened() as tx:
        order = cast.issue(tx)

    assert order.order_no == "dispatch-centre-000001"
    kind, data = told()[-1]
    assert kind == "dispatch.work_order_issued.v1"
    assert data["order_no"] == order.order_no
    assert data["receiver_id"] == cast.worker.id


@pytest.mark.rule("WO-19")
def test_numbers_have_no_gap_though_an_issue_failed_in_between(opened, cast):
    numbers = []
    for place in ("Gate 1", None, "Gate 3"):
        try:
            with opened() as tx:
                numbers.append(cast.issue(tx, place=place).order_no)
        except MandatoryBlank:
            continue

    assert numbers == ["dispatch-centre-000001", "dispatch-centre-000002"]


def test_who_issues_an_order_becomes_its_dispatcher(opened, cast):
    with opened() as tx:
        order = cast.draft(tx)
        issue_work_order(tx, order.id, caller=cast.supervisor)

    assert order.dispatcher_id == UUID(cast.supervisor.id)


def test_a_draft_can_be_filled_in_and_its_timeline_says_by_whom(opened, cast):
    with opened() as tx:
        order = cast.draft(tx, place=None)
    with opened(by=cast.supervisor) as tx:
        order = tx.work_orders.get(order.id, cast.supervisor)
        revise_work_order(tx, order, fresh={"place": "Gate 9"}, caller=cast.supervisor)

    assert order.place == "Gate 9"
    assert order.version == 2


@pytest.mark.parametrize("unit", ["region-north", "region-south", "shop-01"])
def test_an_order_of_another_department_looks_like_none(opened, cast, unit):
    foreign = cast.asker(30, unit, "dispatcher")
    with opened() as tx:
        order = cast.draft(tx)
        with pytest.raises(NotFound) as hidden:
            tx.work_orders.get(order.id, foreign)
        with pytest.raises(NotFound) as missing:
            tx.work_orders.get(uuid4(), foreign)

    assert hidden.value.detail == missing.value.detail


def test_a_receiver_of_another_department_sees_the_order_once_it_is_issued(opened, cast):
    with opened() as tx:
        draft, issued = cast.draft(tx), cast.issue(tx)
        seen = tx.session.scalars(tx.work_orders.chosen(cast.worker)).all()

    assert [issued] == seen
    assert draft not in seen


def test_lists_are_narrowed_by_state_person_and_complaint(opened, cast):
    complaint_id = uuid4()
    with opened() as tx:
        draft, issued = cast.draft(tx, complaint_id=complaint_id), cast.issue(tx)

        def chosen(**asked):
            by = asked.pop("by", cast.dispatcher)
            return tx.session.scalars(tx.work_orders.chosen(by, **asked)).all()

        assert [issued] == chosen(state=State.ISSUED)
        assert [draft] == chosen(complaint_id=complaint_id)
        assert [issued] == chosen(by=cast.worker, to_me=True)
        assert [] == chosen(by=cast.supervisor, by_me=True)
        assert {draft, issued} == set(chosen(by_me=True))
