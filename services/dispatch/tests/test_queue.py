"""The order in which work is arranged: key accounts, the customer's grade, then the due time."""

from datetime import timedelta
from uuid import UUID

import pytest

from dispatch.consumers import SUBSCRIPTIONS, TIMERS
from dispatch.domain.priorities import Criterion, Preference, PriorityRule, place_in_queue
from dispatch.use_cases import priorities
from shared.reading_envelopes import received
from shared.rules import Because, Ruling
from shared.subscriptions import Fired
from shared.tables import timers
from shared.testing import examples
from shared.testing_inbox import envelope

from .company import FRIDAY, ORDER

KEY_CHANGED = "customer.key_account_changed.v1"
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
def keyed(hear):
    """``keyed(customer)``: customer tells that the department of shop-01 holds him to be a key
    account, or that it does no more."""

    def told(customer_id, *, is_key=True, unit="region-north", sequence=1):
        said = {"customer_id": str(customer_id), "unit": unit, "is_key": is_key}
        hear(KEY_CHANGED, {**examples(KEY_CHANGED)[0], **said}, sequence=sequence)

    return told


@pytest.fixture
def wake(parts):
    """``wake(kind)``: every timer of that kind that waits goes off; how many did."""

    def fired(kind):
        with parts.begin(now=parts.clock.now()) as tx:
            rows = tx.session.execute(timers.select().where(timers.c.kind == kind)).all()
            tx.session.execute(timers.delete().where(timers.c.kind == kind))
            for row in rows:
                told = {"subject": row.subject, "due_at": row.due_at, "data": row.data}
                TIMERS[kind](tx, Fired(kind=kind, **told))
        return len(rows)

    return fired


@pytest.fixture
def asked(hear):
    """``asked(customer, unit)``: a unit asks for work for a customer."""

    def heard(customer_id, unit, number=0):
        request = UUID(int=customer_id.int + number * 1000)
        told = {"customer_id": str(customer_id), "request_id": str(request), "org_unit": unit}
        hear(SERVICE, {**examples(SERVICE)[0], **told})

    return heard


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


@pytest.mark.rule("WO-24", "KA-21")
def test_a_key_account_comes_before_every_grade_and_of_two_the_one_of_the_better_grade(
    firm, keyed, drafted, queued
):
    keyed(NOBODY)
    keyed(QUALIFIED)
    for customer_id, due in ((VIP, 1), (None, 0.5), (NOBODY, 9), (PREFERRED, 1), (QUALIFIED, 10)):
        drafted(customer_id, due=due)

    assert [QUALIFIED, NOBODY, VIP, PREFERRED, None] == queued()


@pytest.mark.rule("KA-21")
def test_a_key_account_moves_what_is_open_and_falls_back_when_he_is_none_any_more(
    firm, keyed, drafted, queued
):
    for customer_id in (VIP, NOBODY, None):
        drafted(customer_id)
    keyed(NOBODY)
    assert [NOBODY, VIP, None] == queued()
    keyed(NOBODY, is_key=False, sequence=3)
    keyed(NOBODY, sequence=2)
    assert [VIP, NOBODY, None] == queued()


@pytest.mark.rule("KA-21")
@pytest.mark.parametrize(("unit", "first"), [("shop-01", NOBODY), ("shop-03", VIP)])
def test_a_key_account_is_one_in_the_unit_that_says_so_and_below_alone(
    hear, graded, keyed, asked, queued, unit, first
):
    graded(VIP, 1, unit="hq")
    keyed(NOBODY)
    for customer_id in (VIP, NOBODY):
        asked(customer_id, unit)

    assert first == queued()[0]


def test_a_grade_that_changes_moves_what_is_open(firm, graded, drafted, queued):
    for customer_id in (QUALIFIED, PREFERRED, NOBODY):
        drafted(customer_id)
    graded(NOBODY, 1)
    graded(PREFERRED, None, sequence=2)

    assert [NOBODY, QUALIFIED, PREFERRED] == queued()


def test_of_a_customer_with_many_orders_the_others_are_moved_by_a_timer(
    firm, graded, drafted, queued, wake, monkeypatch
):
    monkeypatch.setattr(priorities, "BATCH", 2)
    for customer_id in (QUALIFIED, NOBODY, NOBODY, NOBODY):
        drafted(customer_id)
    graded(NOBODY, 1)
    assert [NOBODY, NOBODY, QUALIFIED, NOBODY] == queued()

    assert 1 == wake(priorities.MOVE_CUSTOMER)
    assert [NOBODY, NOBODY, NOBODY, QUALIFIED] == queued()
    assert 0 == wake(priorities.MOVE_CUSTOMER)


def test_what_has_ended_is_moved_no_more(firm, graded, drafted, send, cast, parts):
    order_id = drafted(NOBODY)
    with parts.begin(now=parts.clock.now()) as tx:
        tx.work_orders.known(UUID(order_id)).next_due_at = None
    graded(NOBODY, 1)
    shown = send(cast.dispatcher, "GET", f"/v1/work-orders/{order_id}").json
    assert shown["preference"] == {"key_account": False, "grade": None}


def test_orders_of_a_unit_that_moves_stand_where_it_lies_now(
    graded, asked, queued, send, cast, wake, monkeypatch
):
    monkeypatch.setattr(priorities, "MIXED_BATCH", 2)
    graded(NOBODY, 1, unit="region-south")
    graded(QUALIFIED, 3, unit="hq")
    for number in range(3):
        asked(NOBODY, "shop-01", number)
    asked(QUALIFIED, "shop-01")
    assert queued()[0] == QUALIFIED

    moved = {"parent": "region-south"}
    answer = send(cast.hr, "PATCH", "/v1/units/shop-01", moved, if_match='"1"')
    assert answer.status_code == 200
    while wake(priorities.MOVE_UNIT):
        pass
    assert [NOBODY, NOBODY, NOBODY, QUALIFIED] == queued()


@pytest.mark.rule("WO-24")
def test_a_firm_that_puts_the_grade_first_has_its_orders_in_that_order(
    firm, keyed, drafted, queued, send, cast, wake
):
    keyed(NOBODY)
    keyed(QUALIFIED)
    for customer_id in (NOBODY, QUALIFIED, VIP):
        drafted(customer_id)
    editor = cast.asker(9, "hq", "policy_administrator")
    document = send(editor, "GET", "/v1/policies/property/1").json["document"]
    document |= {"pack": "grades"}
    [rule] = document["sections"]["priority"]["rules"]
    rule["value"] = {"preferred_by": ["grade", "key_account"]}
    added = send(editor, "POST", "/v1/policies", document)
    assert added.status_code == 201, added.json
    follows = {"packs": ["grades"], "effective_from": "2026-02-13"}
    send(editor, "PUT", "/v1/units/hq/policies", follows, if_match='"0"')
    assert wake(priorities.MOVE_UNIT)

    assert [VIP, QUALIFIED, NOBODY] == queued()


def test_an_order_says_how_its_customer_stands(firm, keyed, drafted, send, cast):
    keyed(PREFERRED)
    shown = send(cast.dispatcher, "GET", f"/v1/work-orders/{drafted(PREFERRED)}").json
    assert shown["preference"] == {"key_account": True, "grade": 2}


def test_the_queue_of_a_worker_holds_what_he_was_given(firm, keyed, drafted, send, cast):
    keyed(NOBODY)
    for customer_id in (VIP, NOBODY):
        send(cast.dispatcher, "POST", f"/v1/work-orders/{drafted(customer_id)}/issues", {})
    drafted(VIP)
    page = send(cast.worker, "GET", "/v1/work-orders?order=queue&receiver=me").json
    seen = [(one["customer_id"], one["state"], one["awaited"]) for one in page["items"]]
    assert [(str(NOBODY), "issued", "reply"), (str(VIP), "issued", "reply")] == seen


def test_a_grade_that_is_far_behind_still_comes_before_nobody_and_without_a_rule_all_are_equal():
    because = Because(pack="property", version="1", clause="002 L69", rule="WO-24")
    rule = Ruling(PriorityRule((Criterion.KEY_ACCOUNT, Criterion.GRADE)), because)
    places = [
        place_in_queue(Preference(key_account, grade), rule)
        for key_account in (True, False)
        for grade in (1, 98, None)
    ]
    assert places == sorted(set(places))
    assert place_in_queue(Preference(grade=500), rule) < place_in_queue(Preference(), rule)
    assert place_in_queue(Preference(key_account=True), None) == place_in_queue(Preference(), rule)


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
