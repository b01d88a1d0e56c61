"""What complaint and dispatch tell of a customer goes into his file (CF-05, CP-64)."""

from datetime import timedelta
from uuid import UUID

import pytest

from customer.domain.complaints import State
from shared.ids import new_id

from .teller import Teller


@pytest.fixture
def customer(desk):
    return desk.register()


@pytest.fixture
def teller(desk, customer):
    made = Teller(desk, complaint_id=str(new_id()))
    made.tell("complaint.filed.v1", customer_id=str(customer.id), level=1)
    return made


def known(desk, teller):
    with desk.open() as tx:
        return tx.complaints.find(UUID(teller.named["complaint_id"]))


WAY = [
    ("assigned", {"level": 1, "reason": "filed"}, State.RECEIVED),
    ("first_contact_made", {}, State.CONTACTED),
    ("field_work_requested", {}, State.IN_PROGRESS),
    ("field_work_done", {"satisfied": True}, State.IN_PROGRESS),
    ("result_told", {}, State.RESULT_TOLD),
    ("satisfaction_answered", {"accepted": False, "normalised": 0}, State.RESULT_TOLD),
    ("escalated", {"to_level": 2}, State.IN_PROGRESS),
    ("assigned", {"level": 2, "reason": "escalated"}, State.IN_PROGRESS),
    ("result_told", {}, State.RESULT_TOLD),
    ("assigned", {"level": 3, "reason": "raised"}, State.IN_PROGRESS),
    ("result_told", {}, State.RESULT_TOLD),
    ("field_work_done", {"satisfied": False}, State.IN_PROGRESS),
    ("result_told", {}, State.RESULT_TOLD),
    ("satisfaction_answered", {"accepted": True, "normalised": 75}, State.AWAITING_REVIEW),
    ("reviewed", {}, State.REVIEWED),
    ("closed", {"normalised": 75}, State.ARCHIVED),
]


@pytest.mark.rule("CP-64")
def test_every_change_of_a_complaint_goes_back_to_the_file(desk, teller):
    for name, data, state in WAY:
        teller.tell(f"complaint.{name}.v1", **data)
        assert state == known(desk, teller).state, name

    complaint = known(desk, teller)
    assert (3, 75, desk.now) == (complaint.level, complaint.satisfaction, complaint.closed_at)


@pytest.mark.rule("CP-64")
def test_what_the_meeting_decides_goes_back_to_the_file(desk, teller):
    for name, state in (
        ("gm_meeting_requested", State.GM_MEETING),
        ("meeting_decided", State.DECIDED),
        ("closed", State.ARCHIVED),
    ):
        teller.tell(f"complaint.{name}.v1")
        assert state == known(desk, teller).state


@pytest.mark.rule("CP-64")
def test_a_reopened_complaint_is_open_again(desk, teller):
    teller.tell("complaint.closed.v1")
    teller.tell("complaint.reopened.v1")

    complaint = known(desk, teller)
    assert (State.IN_PROGRESS, None) == (complaint.state, complaint.closed_at)


@pytest.mark.rule("CP-64")
@pytest.mark.parametrize("reason", ["raised", "handler_left"])
def test_a_complaint_that_is_not_answered_yet_is_not_sent_back(desk, teller, reason):
    teller.tell("complaint.first_contact_made.v1")

    teller.tell("complaint.assigned.v1", level=2, reason=reason)
    teller.tell("complaint.field_work_done.v1", satisfied=False)

    assert (State.CONTACTED, 2) == (known(desk, teller).state, known(desk, teller).level)


def test_what_was_heard_before_changes_nothing(desk, teller):
    teller.tell("complaint.first_contact_made.v1")
    teller.tell("complaint.result_told.v1")

    teller.tell("complaint.first_contact_made.v1", sequence=2)
    teller.tell("complaint.result_told.v1", sequence=3)
    teller.tell("complaint.filed.v1", sequence=1, customer_id=str(new_id()))

    complaint = known(desk, teller)
    assert (State.RESULT_TOLD, 3, 3) == (complaint.state, complaint.contacts, complaint.sequence)


def test_a_complaint_of_nobody_known_is_not_kept(desk):
    stranger = Teller(desk, complaint_id=str(new_id()))

    stranger.tell("complaint.filed.v1", customer_id=None)
    stranger.tell("complaint.first_contact_made.v1")

    assert known(desk, stranger) is None


def test_a_change_stands_in_the_timeline_of_the_customer(desk, teller):
    teller.tell("complaint.assigned.v1", level=1)
    teller.tell("complaint.first_contact_made.v1")

    (filed,) = desk.journal("complaint_filed")
    (changed,) = desk.journal("complaint_changed")
    assert ("received", "contacted") == (filed["state"], changed["state"])


@pytest.fixture
def order(desk, customer):
    made = Teller(desk, work_order_id=str(new_id()))
    made.tell("dispatch.work_order_opened.v1", customer_id=str(customer.id))
    return made


def states(desk):
    kinds = ("draft", "issued", "accepted", "completed", "called_back", "archived")
    return [kind for kind in kinds for _ in desk.journal(f"work_order_{kind}")]


@pytest.mark.rule("CF-05")
def test_a_work_order_that_is_cancelled_is_open_no_more(desk, order, as_, customer):
    order.tell("dispatch.work_order_issued.v1", customer_id=str(customer.id))
    order.tell("dispatch.work_order_cancelled.v1")

    path = f"/v1/customers/{customer.id}/work-orders"
    (shown,) = as_("sales_team").get(path).json["items"]
    assert "cancelled" == shown["state"]
    assert 1 == len(desk.journal("work_order_cancelled"))


@pytest.mark.rule("CF-05")
def test_a_work_order_is_followed_to_its_archive(desk, order, as_, customer):
    for name in ("issued", "accepted", "completed", "called_back", "archived"):
        order.tell(f"dispatch.work_order_{name}.v1", **named(name, customer))

    path = f"/v1/customers/{customer.id}/work-orders"
    (shown,) = as_("sales_team").get(path).json["items"]
    assert ("archived", True) == (shown["state"], shown["satisfied"])
    assert ["draft", "issued", "accepted", "completed", "called_back", "archived"] == states(desk)


def named(name, customer):
    return {"customer_id": str(customer.id)} if name == "issued" else {}


def test_a_work_order_given_to_another_is_issued_again(desk, order, customer):
    other = str(new_id())
    order.tell("dispatch.work_order_issued.v1", customer_id=str(customer.id))
    order.tell("dispatch.work_order_accepted.v1")

    order.tell("dispatch.work_order_issued.v1", customer_id=str(customer.id), receiver_id=other)
    order.tell("dispatch.work_order_accepted.v1", sequence=3)

    with desk.open() as tx:
        found = tx.session.scalars(tx.work_orders.listed(customer.id)).one()
        assert ("issued", other) == (found.state, str(found.worker_id))


def test_a_work_order_for_nobody_known_is_not_kept(desk):
    stranger = Teller(desk, work_order_id=str(new_id()))

    stranger.tell("dispatch.work_order_opened.v1", customer_id=None)
    stranger.tell("dispatch.work_order_accepted.v1")

    assert [] == states(desk)


def test_complaints_come_in_pages_the_latest_first(desk, as_, customer):
    for _ in range(3):
        told = Teller(desk, complaint_id=str(new_id()))
        desk.now += timedelta(minutes=1)
        told.tell("complaint.filed.v1", customer_id=str(customer.id))
    sales, path = as_("sales_team"), f"/v1/customers/{customer.id}/complaints"

    first = sales.get(f"{path}?limit=2").json
    second = sales.get(f"{path}?limit=2&cursor={first['next_cursor']}").json

    times = [item["filed_at"] for item in first["items"] + second["items"]]
    assert (3, sorted(times, reverse=True)) == (len(set(times)), times)
    assert second["next_cursor"] is None


@pytest.mark.parametrize("kind", ["complaints", "work-orders"])
def test_nobody_reads_the_complaints_of_a_foreign_customer(as_, customer, kind):
    path = f"/v1/customers/{customer.id}/{kind}"

    assert 404 == as_("sales_team", unit="region-south").get(path).status_code
    assert 200 == as_("sales_team", unit="shop-01").get(path).status_code
