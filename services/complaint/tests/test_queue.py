"""The order in which complaints are attended to: level, the customer's priority, the due time."""

from datetime import timedelta
from uuid import UUID

import pytest

from complaint.consumers import SUBSCRIPTIONS
from complaint.use_cases import priorities
from complaint.use_cases.staff import keep_unit
from shared.reading_envelopes import received
from shared.testing import examples
from shared.testing_inbox import envelope

CHANGED = "customer.grade_changed.v1"
VIP, PREFERRED, QUALIFIED, NOBODY = (UUID(int=0xC << 64 | n) for n in range(1, 5))
PRIORITIES = {VIP: 1, PREFERRED: 2, QUALIFIED: 3}


def graded(desk, customer_id, priority, *, sequence=1, **of):
    """Customer tells a grade of the department to which shop-01 belongs."""
    told = {"unit": "region-north", "scheme": "medical", "product": "", "priority": priority, **of}
    data = {**examples(CHANGED)[0], "customer_id": str(customer_id), **told}
    told = received(envelope(CHANGED, data=data, sequence=sequence))
    with desk.open() as tx:
        SUBSCRIPTIONS[CHANGED].handler(tx, told, SUBSCRIPTIONS[CHANGED].reads.load(told.data))


@pytest.fixture
def firm(desk):
    """A firm that has one customer of each grade."""
    for customer_id, priority in PRIORITIES.items():
        graded(desk, customer_id, priority)
    return desk


@pytest.fixture
def queued(as_):
    """``queued(...)``: the customers of the complaints in the queue, page after page."""

    def walk(*, limit=100, **query):
        client, found, cursor = as_("manager"), [], {}
        while True:
            query_string = {"order": "queue", "limit": limit, **query, **cursor}
            page = client.get("/v1/complaints", query_string=query_string).json
            found += [item["customer_id"] and UUID(item["customer_id"]) for item in page["items"]]
            if not page["next_cursor"]:
                return found
            cursor = {"cursor": page["next_cursor"]}

    return walk


@pytest.mark.rule("CL-28", "CL-29")
def test_a_vip_comes_before_a_preferred_customer_and_he_before_a_qualified_one(firm, queued):
    for customer_id in (NOBODY, QUALIFIED, None, PREFERRED, VIP):
        firm.file(customer_id=customer_id)

    assert [VIP, PREFERRED, QUALIFIED, NOBODY, None] == queued()


@pytest.mark.rule("CL-28")
def test_the_graver_complaint_comes_first_whoever_complains(firm, queued):
    firm.file(customer_id=VIP)
    firm.file_at_level(3, customer_id=QUALIFIED)
    firm.file_at_level(2, customer_id=None)

    assert [QUALIFIED, None, VIP] == queued()


def test_of_equals_the_one_that_is_due_earlier_comes_first(firm, queued):
    firm.file(customer_id=PREFERRED)
    firm.file(customer_id=NOBODY, received_at=firm.now)
    firm.file(customer_id=UUID(int=9), received_at=firm.now - timedelta(days=1))

    assert [PREFERRED, UUID(int=9), NOBODY] == queued()


@pytest.mark.rule("CP-59")
def test_a_grade_that_changes_moves_what_is_open(firm, queued):
    for customer_id in (QUALIFIED, PREFERRED, NOBODY, NOBODY):
        firm.file(customer_id=customer_id)

    graded(firm, NOBODY, 1)
    graded(firm, PREFERRED, None, sequence=2)

    assert [NOBODY, NOBODY, QUALIFIED, PREFERRED] == queued()


def test_of_a_customer_with_many_cases_the_others_are_moved_by_a_timer(firm, queued, monkeypatch):
    monkeypatch.setattr(priorities, "BATCH", 2)
    for customer_id in (QUALIFIED, NOBODY, NOBODY, NOBODY):
        firm.file_at_level(3, customer_id=customer_id)

    graded(firm, NOBODY, 1)
    assert [NOBODY, NOBODY, QUALIFIED, NOBODY] == queued()
    firm.wake(priorities.MOVE)

    assert [NOBODY, NOBODY, NOBODY, QUALIFIED] == queued()
    assert priorities.MOVE not in firm.timers()


def test_a_unit_that_comes_to_another_one_has_the_grades_of_that(firm, queued, desk):
    graded(firm, NOBODY, 1, unit="region-south")
    firm.file(customer_id=QUALIFIED)
    firm.file(customer_id=NOBODY)
    assert [QUALIFIED, NOBODY] == queued()

    told = {"kind": "shop", "name": "shop-01", "calendar": None}
    desk.do(keep_unit, unit="shop-01", parent="region-south", **told)

    assert [NOBODY, QUALIFIED] == queued()


def test_a_complaint_that_is_taken_up_again_stands_where_its_customer_does_now(firm, queued):
    firm.follow("hq", "oversight", "franchise", "generic")
    closed = firm.file(customer_id=NOBODY)
    firm.contact(closed)
    firm.tell(closed)
    firm.answer(closed, 2)
    firm.review(closed, "supervisor")
    firm.archive(closed, "clerk")
    firm.file(customer_id=QUALIFIED)
    graded(firm, NOBODY, 1)

    firm.reopen(closed)

    assert [NOBODY, QUALIFIED] == queued()


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_the_pages_of_the_queue_hold_each_complaint_once(firm, queued, limit):
    for customer_id in (None, QUALIFIED, VIP, NOBODY, VIP, PREFERRED):
        firm.file(customer_id=customer_id)
        firm.file_at_level(2, customer_id=customer_id)

    paged = queued(limit=limit)
    assert 12 == len(paged)
    assert queued() == paged


@pytest.mark.rule("CL-28")
@pytest.mark.parametrize(
    ("of", "first"),
    [
        ({"unit": "region-south"}, PREFERRED),
        ({"unit": "hq"}, NOBODY),
        ({"unit": "shop-02"}, PREFERRED),
    ],
)
def test_a_grade_counts_in_the_unit_that_gave_it_and_below_alone(firm, queued, of, first):
    graded(firm, NOBODY, 1, **of)
    firm.file(customer_id=NOBODY)
    firm.file(customer_id=PREFERRED)

    assert first == queued()[0]


def test_the_best_of_several_grades_counts(firm, queued):
    graded(firm, QUALIFIED, 1, sequence=2, product="scanners")
    graded(firm, QUALIFIED, None, sequence=3, scheme="jv")
    firm.file(customer_id=PREFERRED)
    firm.file(customer_id=QUALIFIED)

    assert [QUALIFIED, PREFERRED] == queued()


@pytest.mark.rule("CL-28")
def test_the_last_that_is_told_of_a_grade_holds(firm, queued):
    graded(firm, VIP, None, sequence=5)
    graded(firm, VIP, 1, sequence=4)
    firm.file(customer_id=VIP)
    firm.file(customer_id=QUALIFIED)

    assert [QUALIFIED, VIP] == queued()


def test_the_queue_holds_what_is_still_open_and_can_be_narrowed(firm, queued, as_):
    closed = firm.answered(2)
    firm.review(closed, "supervisor")
    as_("clerk").post(f"/v1/complaints/{closed.id}/archives", {})
    firm.file(customer_id=VIP)
    contacted = firm.file(customer_id=PREFERRED)
    firm.contact(contacted)

    assert [VIP, PREFERRED] == queued()
    assert [PREFERRED] == queued(state="contacted")
    assert [] == queued(state="archived")


def test_a_cursor_of_the_queue_is_none_of_the_list(firm, as_):
    for _ in range(2):
        firm.file()
    cursor = as_("manager").get("/v1/complaints?order=queue&limit=1").json["next_cursor"]

    answer = as_("manager").get("/v1/complaints", query_string={"cursor": cursor})
    assert (400, "cursor_invalid") == (answer.status_code, answer.json["code"])
    assert 422 == as_("manager").get("/v1/complaints?order=level").status_code
