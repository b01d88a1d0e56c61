"""The order in which work is arranged: the customer's priority, then the due time."""

from datetime import timedelta
from uuid import UUID

import pytest

from dispatch.consumers import SUBSCRIPTIONS
from shared.reading_envelopes import received
from shared.testing import examples
from shared.testing_inbox import envelope

from .company import FRIDAY, ORDER

CHANGED, SERVICE = "customer.grade_changed.v1", "customer.service_described.v1"
VIP, PREFERRED, QUALIFIED, NOBODY = (UUID(int=0xC << 64 | n) for n in range(1, 5))
PRIORITIES = {VIP: 1, PREFERRED: 2, QUALIFIED: 3}


@pytest.fixture
def hear(app, parts):
    """``hear(type_, data)``: the service that the requests go to hears an event."""

    def heard(type_, data, *, sequence=1):
        event = received(envelope(type_, data=data, sequence=sequence))
        subscription = SUBSCRIPTIONS[type_]
        with parts.begin(now=parts.clock.now()) as tx:
            subscription.handler(tx, event, subscription.reads.load(event.data))

    return heard


@pytest.fixture
def graded(hear):
    """``graded(customer, priority)``: customer tells a grade of the department of shop-01."""

    def told(customer_id, priority, *, sequence=1, **of):
        given = {"unit": "region-north", "scheme": "medical", "product": "", "priority": priority}
        data = {**examples(CHANGED)[0], "customer_id": str(customer_id), **given, **of}
        hear(CHANGED, data, sequence=sequence)

    return told


@pytest.fixture
def firm(graded):
    """A firm that has one customer of each grade."""
    for customer_id, priority in PRIORITIES.items():
        graded(customer_id, priority)


@pytest.fixture
def drafted(send, cast):
    """``drafted(customer, due=1)``: an order of the dispatcher, due after so many days."""

    def made(customer_id, *, due=1, **of):
        due_at = (FRIDAY + timedelta(days=due)).isoformat()
        named = {"customer_id": customer_id and str(customer_id), "reply_due_at": due_at}
        body = {**ORDER, **named, "receiver_id": cast.worker.id, **of}
        answer = send(cast.dispatcher, "POST", "/v1/work-orders", body)
        assert answer.status_code == 201, answer.json
        return answer.json["work_order_id"]

    return made


@pytest.fixture
def queued(send, cast):
    """``queued(...)``: the customers of the orders in the queue, page after page."""

    def walk(query="", *, limit=100):
        found, cursor = [], ""
        while True:
            path = f"/v1/work-orders?order=queue&limit={limit}{query}{cursor}"
            page = send(cast.supervisor, "GET", path).json
            found += [one["customer_id"] and UUID(one["customer_id"]) for one in page["items"]]
            if not page["next_cursor"]:
                return found
            cursor = f"&cursor={page['next_cursor']}"

    return walk


@pytest.mark.rule("CL-28", "CL-29", "WO-24")
def test_a_vip_comes_before_a_preferred_customer_and_he_before_a_qualified_one(
    firm, drafted, queued
):
    for customer_id in (NOBODY, QUALIFIED, None, PREFERRED, VIP):
        drafted(customer_id)

    assert [VIP, PREFERRED, QUALIFIED, NOBODY, None] == queued()


@pytest.mark.rule("CL-28")
def test_of_equals_the_one_that_is_due_earlier_comes_first(firm, drafted, queued):
    drafted(NOBODY, due=1)
    drafted(PREFERRED, due=3)
    drafted(None, due=0.5)
    drafted(VIP, due=9)

    assert [VIP, PREFERRED, None, NOBODY] == queued()


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_the_pages_of_the_queue_hold_each_order_once(firm, drafted, queued, limit):
    for customer_id in (None, QUALIFIED, VIP, NOBODY, VIP, PREFERRED):
        drafted(customer_id)

    paged = queued(limit=limit)
    assert 6 == len(paged)
    assert queued() == paged


@pytest.mark.rule("CL-28")
@pytest.mark.parametrize(("unit", "first"), [("shop-01", VIP), ("shop-03", NOBODY)])
def test_a_grade_counts_in_the_unit_that_gave_it_and_below_alone(
    firm, hear, graded, queued, unit, first
):
    """Both orders lie in the dispatch centre; what counts is the unit that asked for the work."""
    graded(NOBODY, 3, unit="hq")
    for customer_id in (NOBODY, VIP):
        asked = {"customer_id": str(customer_id), "request_id": str(customer_id), "org_unit": unit}
        hear(SERVICE, {**examples(SERVICE)[0], **asked})

    assert first == queued()[0]


@pytest.mark.rule("CL-28")
def test_the_last_that_is_told_of_a_grade_holds(firm, graded, drafted, queued):
    graded(VIP, None, sequence=5)
    graded(VIP, 1, sequence=4)
    drafted(VIP)
    drafted(QUALIFIED)

    assert [QUALIFIED, VIP] == queued()


def test_the_queue_holds_what_is_still_open_and_can_be_narrowed(firm, send, cast, drafted, queued):
    drafted(VIP)
    issued = f"/v1/work-orders/{drafted(PREFERRED)}"
    send(cast.dispatcher, "POST", f"{issued}/issues", {})
    assert [VIP, PREFERRED] == queued()
    assert [PREFERRED] == queued("&state=issued")

    signature = {"signature": {"name": "Zhang San"}}
    done = {"remarks": "Changed", "client_signature": {"name": "Wang"}}
    call = {"method": "telephone", "satisfied": True, "result": "All well"}
    for by, command, body in (
        (cast.worker, "acceptances", signature),
        (cast.worker, "completions", done),
        (cast.dispatcher, "call-backs", call),
        (cast.dispatcher, "signatures", signature),
        (cast.dispatcher, "archives", {}),
    ):
        send(by, "POST", f"{issued}/{command}", body)
    assert [VIP] == queued()
    assert [] == queued("&state=archived")


def test_a_cursor_of_the_queue_is_none_of_the_list(send, cast, drafted):
    for _ in range(2):
        drafted(None)
    path = "/v1/work-orders?limit=1"
    cursor = send(cast.dispatcher, "GET", f"{path}&order=queue").json["next_cursor"]

    answer = send(cast.dispatcher, "GET", f"{path}&cursor={cursor}")
    assert (400, "cursor_invalid") == (answer.status_code, answer.json["code"])
    assert 422 == send(cast.dispatcher, "GET", f"{path}&order=due").status_code
