"""The board of a unit: what it counts and shows is what a walk over all orders finds."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dispatch.adapters.board import Board
from dispatch.domain.board import OPEN, PENDING, Days, Due, counted
from dispatch.domain.work_order_states import ENDS, Source, State
from dispatch.domain.work_orders import WorkOrder
from shared.ids import new_id

from .company import FRIDAY

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAYS = Days.of(FRIDAY, SHANGHAI)
UNITS = {"hq", "region-north", "shop-01", "region-south"}
BELOW = {
    "hq": UNITS,
    "region-north": {"region-north", "shop-01"},
    "shop-01": {"shop-01"},
    "region-south": {"region-south"},
}
HOUR = timedelta(hours=1)


def order(state, due, unit, receiver, place):
    return WorkOrder(
        id=new_id(),
        org_unit=unit,
        source=Source.MANUAL,
        opened_at=FRIDAY,
        reply_due_at=FRIDAY + due * HOUR,
        state=state,
        receiver_id=receiver and UUID(int=receiver),
        next_due_at=None if state in ENDS else FRIDAY,
        queue_place=place,
    )


def due_of(one):
    """By the clock on the wall in Shanghai."""
    if one.state not in PENDING:
        return None
    if one.reply_due_at < FRIDAY:
        return Due.OVERDUE
    days = (one.reply_due_at.astimezone(SHANGHAI).date() - FRIDAY.astimezone(SHANGHAI).date()).days
    return {0: Due.TODAY, 1: Due.TOMORROW}.get(days, Due.LATER)


@pytest.mark.parametrize("below", [True, False])
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    orders=st.lists(
        st.builds(
            order,
            st.sampled_from(State),
            st.integers(-30, 80),
            st.sampled_from(sorted(UNITS)),
            st.sampled_from([None, 4, 8]),
            st.integers(1, 3),
        ),
        max_size=25,
    ),
    unit=st.sampled_from(sorted(UNITS)),
    first=st.integers(0, 3),
)
def test_the_board_counts_and_shows_what_a_walk_over_all_orders_finds(
    company, sessions, below, orders, unit, first
):
    with sessions() as session:
        session.add_all(orders)
        session.flush()
        board = Board(session, unit, DAYS, below=below)
        counts = counted(board.cells())
        shown = list(board.first((*OPEN, *Due), first))
        session.rollback()

    units = BELOW[unit] if below else {unit}
    here = [one for one in orders if one.org_unit in units and one.state not in ENDS]
    todo = [one for one in here if one.state in PENDING]
    assert counts.states == {s: sum(one.state is s for one in here) for s in OPEN}
    assert counts.due == {d: sum(due_of(one) is d for one in here) for d in Due}
    assert counts.in_hand == {
        who: sum(one.receiver_id == who for one in todo) for who in {o.receiver_id for o in todo}
    }
    for column in (*OPEN, *Due):
        of = [one for one in here if column in (one.state, due_of(one))]
        of.sort(key=lambda one: (one.queue_place, one.reply_due_at, one.id))
        assert [one.id for _, one in _only(shown, column)] == [one.id for one in of[:first]]


def _only(shown, column):
    return [(found, one) for found, one in shown if found is column]


def test_a_day_ends_at_midnight_of_the_unit():
    before = Days.of(datetime(2026, 2, 13, 15, 59, tzinfo=UTC), SHANGHAI)
    after = Days.of(datetime(2026, 2, 13, 16, 0, tzinfo=UTC), SHANGHAI)
    assert before.tomorrow == datetime(2026, 2, 13, 16, tzinfo=UTC)
    assert (after.tomorrow - before.tomorrow, after.day_after - after.tomorrow) == (
        timedelta(days=1),
        timedelta(days=1),
    )


@pytest.fixture
def drafted(send, cast):
    """``drafted(...)``: an order of the dispatcher that is due after so many hours."""

    def made(*, hours=1, receiver_id=cast.worker.id):
        body = {"place": "Gate 2", "content": "Lock", "requirements": "Same make"}
        body |= {"receiver_id": receiver_id}
        due_at = (FRIDAY + hours * HOUR).isoformat()
        answer = send(cast.dispatcher, "POST", "/v1/work-orders", {**body, "reply_due_at": due_at})
        return answer.json["work_order_id"]

    return made


def test_the_board_over_http(send, cast, drafted):
    issued = drafted(hours=2)
    send(cast.dispatcher, "POST", f"/v1/work-orders/{issued}/issues", {})
    lone = drafted(hours=50, receiver_id=None)
    board = send(cast.supervisor, "GET", "/v1/units/dispatch-centre/board").json

    assert board["states"] == {**{one.value: 0 for one in OPEN}, "draft": 1, "issued": 1}
    assert board["due"] == {"overdue": 0, "today": 1, "tomorrow": 0, "later": 1}
    assert board["in_hand"] == [
        {"receiver_id": None, "count": 1},
        {"receiver_id": cast.worker.id, "count": 1},
    ]
    columns = {
        one["column"]: [o["work_order_id"] for o in one["orders"]] for one in board["columns"]
    }
    assert columns == {**{one.value: [] for one in OPEN}, "draft": [lone], "issued": [issued]}

    by_due = "/v1/units/dispatch-centre/board?columns=due&first=1"
    shown = send(cast.supervisor, "GET", by_due).json["columns"]
    assert [(one["column"], one["count"], len(one["orders"])) for one in shown] == [
        ("overdue", 0, 0),
        ("today", 1, 1),
        ("tomorrow", 0, 0),
        ("later", 1, 1),
    ]


def test_a_board_of_a_unit_below_counts_with_it_unless_it_is_not_to(send, cast, drafted):
    drafted()
    general = cast.asker(9, "hq", "general_manager")
    for query, found in (("", 1), ("?below=true", 1), ("?below=false", 0)):
        board = send(general, "GET", f"/v1/units/hq/board{query}").json
        assert board["states"]["draft"] == found


def test_the_board_of_a_unit_outside_ones_own_does_not_exist(send, cast):
    for unit in ("hq", "region-north", "nowhere"):
        answer = send(cast.supervisor, "GET", f"/v1/units/{unit}/board")
        assert (answer.status_code, answer.json["code"]) == (404, "not_found")
    assert (
        422 == send(cast.supervisor, "GET", "/v1/units/dispatch-centre/board?first=21").status_code
    )
