"""The reply deadline of an order that names none: by the category of its work (WO-25)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from dispatch.domain.response_times import ReplyDueMissing
from dispatch.use_cases.work_orders import revise_work_order

from .company import DISPATCHER, FRIDAY, ORDER
from .office import Office

# Friday 17:00:41.5 in Shanghai: an hour but for 41.5 seconds until the evening, three on Saturday
# morning, which is a make-up working day before the spring festival, and the rest after lunch.
DUE = datetime(2026, 2, 14, 5, 0, 41, 500_000, tzinfo=UTC)


@pytest.fixture
def office(sessions, rulebook, company):
    return Office(sessions, rulebook)


def drafted(office, **fields):
    office.draft(**{"reply_due_at": None, **fields})
    return office.found()


def revised(office, **fresh):
    with office.open(DISPATCHER) as tx:
        order = tx.work_orders.known(office.order_id)
        revise_work_order(tx, order, fresh=fresh, caller=DISPATCHER)
    return office.found()


@pytest.mark.rule("WO-25")
def test_a_repair_that_names_no_time_is_due_after_the_response_time_of_its_category(office):
    order = drafted(office, category="repair")

    assert order.reply_due_at == DUE
    assert order.next_due_at == DUE
    assert (order.reply_due_because.rule, order.reply_due_because.clause) == (
        "WO-25",
        "004-T16 L348",
    )


def test_a_time_that_is_named_goes_before_that_of_the_category(office):
    order = drafted(office, category="repair", reply_due_at=ORDER["reply_due_at"])

    assert order.reply_due_at == ORDER["reply_due_at"]
    assert order.reply_due_because is None


@pytest.mark.parametrize("category", [None, "painting"])
def test_without_a_time_and_a_category_that_has_one_there_is_no_order(office, category):
    with pytest.raises(ReplyDueMissing) as refused:
        drafted(office, category=category)

    assert refused.value.code == "reply_due_missing"
    assert refused.value.extra["errors"] == {"reply_due_at": ["is missing"]}


def test_a_deadline_that_follows_from_the_category_changes_with_it(office):
    drafted(office, category="repair")
    assert revised(office, category="electric_repair").reply_due_at == DUE
    with pytest.raises(ReplyDueMissing):
        revised(office, category="painting")

    named = revised(office, category="painting", reply_due_at=FRIDAY + timedelta(days=3))
    assert (named.reply_due_because, named.next_due_at) == (None, FRIDAY + timedelta(days=3))
    assert revised(office, category="repair").reply_due_at == FRIDAY + timedelta(days=3)


def test_what_is_no_category_leaves_the_deadline_alone(office):
    drafted(office, category="repair")
    office.now += timedelta(hours=1)
    assert revised(office, receiver_id=UUID(int=8)).reply_due_at == DUE


def test_over_http_the_time_may_be_left_out(send, cast):
    body = {**ORDER, "category": "repair"}
    del body["reply_due_at"]
    order = send(cast.dispatcher, "POST", "/v1/work-orders", body)
    assert (order.status_code, order.json["reply_due_because"]["rule"]) == (201, "WO-25")
    assert datetime.fromisoformat(order.json["reply_due_at"]) == DUE

    refused = send(cast.dispatcher, "POST", "/v1/work-orders", {**body, "category": "painting"})
    assert (refused.status_code, refused.json["code"]) == (422, "reply_due_missing")
