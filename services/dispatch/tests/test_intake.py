"""Field work that complaints ask for."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from dispatch.consumers import SUBSCRIPTIONS, TIMERS
from dispatch.domain.work_order_states import Source, State
from dispatch.use_cases.intake import DISPATCHER_SEARCH
from dispatch.use_cases.people import change_person
from shared.rules import UnitUnknown
from shared.subscriptions import Fired
from shared.tables import timers
from shared.testing import examples

REQUESTED = "complaint.field_work_requested.v1"


def request(tx, **fields):
    """Let the service hear of a request as the committed example has it, but for ``fields``."""
    subscription = SUBSCRIPTIONS[REQUESTED]
    told = {**examples(REQUESTED)[0], "org_unit": "shop-01", **fields}
    subscription.handler(tx, None, subscription.reads.load(told))
    return tx.work_orders.of_request(UUID(told["request_id"]))


@pytest.mark.rule("WO-23")
def test_a_request_becomes_a_draft_of_the_nearest_dispatcher_in_his_unit(opened, cast, told):
    with opened() as tx:
        order = request(tx)

    asked = examples(REQUESTED)[0]
    assert (order.state, order.source) == (State.DRAFT, Source.COMPLAINT)
    assert (order.place, order.content) == (asked["place"], asked["content"])
    assert str(order.complaint_id) == asked["complaint_id"]
    kind, data = told()[-1]
    assert kind == "dispatch.work_order_opened.v1"
    assert data["dispatcher_id"] == cast.dispatcher.id
    assert data["org_unit"] == "dispatch-centre"
    assert data["source"] == "complaint"


@pytest.mark.rule("WO-23")
@pytest.mark.parametrize(
    ("unit", "role"),
    [("shop-01", "dispatch_supervisor"), ("region-north", "dispatcher"), ("shop-02", "dispatcher")],
)
def test_the_search_widens_from_the_complaints_unit(opened, cast, unit, role):
    near = cast.asker(50, unit, role)
    with opened() as tx:
        cast.add(tx, near)
        order = request(tx)

    assert (order.dispatcher_id, order.org_unit) == (UUID(near.id), unit)


@pytest.mark.rule("WO-23")
def test_a_dispatcher_goes_before_a_supervisor_then_the_lower_id(opened, cast):
    with opened() as tx:
        for number, role in ((50, "dispatch_supervisor"), (52, "dispatcher"), (51, "dispatcher")):
            cast.add(tx, cast.asker(number, "shop-01", role))
        order = request(tx)

    assert order.dispatcher_id == UUID(int=51)


def test_a_request_told_twice_opens_one_order(opened, cast, told):
    with opened() as tx:
        first = request(tx)
    with opened() as tx:
        second = request(tx)

    assert first.id == second.id
    kinds = [kind for kind, _ in told()]
    assert kinds.count("dispatch.work_order_opened.v1") == 1


@pytest.mark.rule("WO-23")
def test_a_request_that_nobody_can_dispatch_waits_and_is_never_lost(opened, cast, told, rows, now):
    with opened() as tx:
        for asker in (cast.dispatcher, cast.supervisor):
            person = tx.people.find(UUID(asker.id))
            change_person(tx, person, fresh={"active": False}, caller=cast.hr)
    with opened() as tx:
        order = request(tx)
    waiting = rows(select(timers).where(timers.c.kind == DISPATCHER_SEARCH))[0]

    assert order.dispatcher_id is None
    assert waiting.due_at == now + timedelta(minutes=60)

    with opened() as tx:
        person = tx.people.find(UUID(cast.dispatcher.id))
        change_person(tx, person, fresh={"active": True}, caller=cast.hr)
    with opened(later=timedelta(hours=1)) as tx:
        fired = Fired(
            kind=waiting.kind, subject=waiting.subject, due_at=waiting.due_at, data=waiting.data
        )
        TIMERS[DISPATCHER_SEARCH](tx, fired)

    assert told()[-1][0] == "dispatch.work_order_opened.v1"
    with opened() as tx:
        assert tx.work_orders.known(order.id).dispatcher_id == UUID(cast.dispatcher.id)


def test_a_request_from_a_unit_nobody_knows_is_refused(opened, cast):
    with opened() as tx, pytest.raises(UnitUnknown):
        request(tx, org_unit="nowhere", request_id=str(uuid4()))
