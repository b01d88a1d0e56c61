"""Field work that complaints ask for."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from dispatch.consumers import SUBSCRIPTIONS, TIMERS
from dispatch.domain.people import Post
from dispatch.domain.work_order_states import Source, State
from dispatch.use_cases.intake import DISPATCHER_SEARCH
from dispatch.use_cases.people import change_person
from dispatch.use_cases.work_orders import issue_work_order
from shared.rules import UnitUnknown
from shared.subscriptions import Fired
from shared.tables import timers
from shared.testing import examples

DESCRIBED = "complaint.field_work_described.v1"


def request(tx, **fields):
    """Let the service hear of a request as the committed example has it, but for ``fields``."""
    subscription = SUBSCRIPTIONS[DESCRIBED]
    told = {**examples(DESCRIBED)[0], "org_unit": "shop-01", **fields}
    subscription.handler(tx, None, subscription.reads.load(told))
    return tx.work_orders.of_request(UUID(told["request_id"]))


def fire(tx, waiting):
    """Fire a timer of which the row is given."""
    TIMERS[DISPATCHER_SEARCH](
        tx,
        Fired(kind=waiting.kind, subject=waiting.subject, due_at=waiting.due_at, data=waiting.data),
    )


def searches(rows):
    return rows(select(timers).where(timers.c.kind == DISPATCHER_SEARCH))


@pytest.mark.rule("WO-23")
def test_a_request_becomes_a_draft_of_the_nearest_dispatcher_in_his_unit(opened, cast, told):
    with opened() as tx:
        order = request(tx)

    asked = examples(DESCRIBED)[0]
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
    waiting = searches(rows)[0]

    assert order.dispatcher_id is None
    assert waiting.due_at == now + timedelta(minutes=60)

    with opened() as tx:
        person = tx.people.find(UUID(cast.dispatcher.id))
        change_person(tx, person, fresh={"active": True}, caller=cast.hr)
    with opened(later=timedelta(hours=1)) as tx:
        fire(tx, waiting)

    assert told()[-1][0] == "dispatch.work_order_opened.v1"
    with opened() as tx:
        assert tx.work_orders.known(order.id).dispatcher_id == UUID(cast.dispatcher.id)


def test_the_public_request_without_the_description_opens_nothing():
    assert "complaint.field_work_requested.v1" not in SUBSCRIPTIONS


@pytest.mark.rule("WO-23")
def test_a_request_for_which_no_pack_is_in_force_waits_until_one_is(opened, cast, rows, now):
    early = datetime(2025, 12, 31, 15, 30, tzinfo=UTC)  # 23:30 in Shanghai
    with opened(later=early - now) as tx:
        order = request(tx)
    waiting = searches(rows)[0]
    assert (order.dispatcher_id, waiting.due_at) == (None, early + timedelta(hours=1))

    with opened(later=waiting.due_at - now) as tx:
        fire(tx, waiting)
        assert tx.work_orders.known(order.id).dispatcher_id == UUID(cast.dispatcher.id)


def pass_on(opened, cast, rows, **fresh):
    """Change the dispatcher, then let the searches fire that this sets off."""
    with opened() as tx:
        change_person(tx, tx.people.find(UUID(cast.dispatcher.id)), fresh=fresh, caller=cast.hr)
    fired = searches(rows)
    with opened() as tx:
        for waiting in fired:
            fire(tx, waiting)
    return fired


@pytest.mark.rule("WO-01")
@pytest.mark.parametrize(
    "fresh", [{"active": False}, {"posts": (Post("dispatch-centre", "engineer"),)}]
)
def test_the_orders_of_a_dispatcher_who_is_gone_go_to_another(opened, cast, rows, told, now, fresh):
    with opened() as tx:
        drafted, asked, issued = cast.draft(tx), request(tx), cast.issue(tx)
    fired = pass_on(opened, cast, rows, **fresh)

    every = {str(one.id) for one in (drafted, asked, issued)}
    assert {one.data["work_order_id"] for one in fired} == every
    assert {one.due_at for one in fired} == {now}
    with opened() as tx:
        holders = [tx.work_orders.known(one.id).dispatcher_id for one in (drafted, asked, issued)]
    assert holders == [UUID(cast.supervisor.id)] * 3
    assert [data["dispatcher_id"] for kind, data in told()[-3:]] == [cast.supervisor.id] * 3
    assert [kind for kind, _ in told()].count("dispatch.work_order_handed_on.v1") == 1


def test_the_drafts_of_a_dispatcher_who_is_still_one_stay_with_him(opened, cast, rows, told):
    with opened() as tx:
        draft = cast.draft(tx)
    posts = (Post("dispatch-centre", "dispatcher"), Post("shop-01", "engineer"))
    assert len(pass_on(opened, cast, rows, posts=posts)) == 1

    assert told()[-1][0] == "dispatch.person_changed.v1"
    with opened() as tx:
        assert tx.work_orders.known(draft.id).dispatcher_id == UUID(cast.dispatcher.id)


def test_a_draft_that_was_issued_before_the_search_stays_with_its_issuer(opened, cast, rows, told):
    with opened() as tx:
        draft = cast.draft(tx)
        change_person(
            tx, tx.people.find(UUID(cast.dispatcher.id)), fresh={"active": False}, caller=cast.hr
        )
    waiting = searches(rows)[0]
    with opened() as tx:
        issue_work_order(tx, draft.id, caller=cast.supervisor)
        fire(tx, waiting)

    assert told()[-1][0] == "dispatch.work_order_issued.v1"


def test_a_request_from_a_unit_nobody_knows_is_refused(opened, cast):
    with opened() as tx, pytest.raises(UnitUnknown):
        request(tx, org_unit="nowhere", request_id=str(uuid4()))
