"""Orders whose receiver left, or lost the post that receives, go to another."""

from uuid import UUID, uuid4

import pytest

from dispatch.domain.people import Post
from dispatch.domain.work_order_rules import MayNotDispatch, ReceiverStillFit, ReceiverUnfit
from dispatch.domain.work_order_states import State
from dispatch.use_cases.execution import accept_work_order, complete_work_order
from dispatch.use_cases.people import change_person
from dispatch.use_cases.work_orders import reassign_work_order
from shared.rules import Invalid, WrongState
from shared.transaction import timeline

LEFT = {"active": False}
NO_LONGER_RECEIVES = {"posts": (Post("region-north", "sales_team"),)}


@pytest.fixture
def engineer(opened, cast):
    somebody = cast.asker(21, "shop-03", "engineer")
    with opened() as tx:
        cast.add(tx, somebody)
    return somebody


@pytest.fixture
def accepted(opened, cast):
    with opened() as tx:
        order = cast.issue(tx)
        accept_work_order(tx, order.id, signed=cast.signed, caller=cast.worker)
    return order.id


def change(opened, cast, **fresh):
    with opened() as tx:
        change_person(tx, tx.people.find(UUID(cast.worker.id)), fresh=fresh, caller=cast.hr)


def reassign(tx, order_id, receiver_id, caller):
    return reassign_work_order(
        tx, order_id, receiver_id=UUID(receiver_id), reason="He is gone", caller=caller
    )


@pytest.mark.rule("WO-05")
@pytest.mark.parametrize("fresh", [LEFT, NO_LONGER_RECEIVES])
def test_an_order_whose_receiver_is_gone_goes_its_way_with_another(
    opened, cast, engineer, accepted, told, fresh
):
    change(opened, cast, **fresh)
    with opened() as tx:
        order = reassign(tx, accepted, engineer.id, cast.supervisor)

    assert (order.state, order.receiver_id) == (State.ISSUED, UUID(engineer.id))
    assert order.dispatcher_id == UUID(cast.supervisor.id)
    assert (order.accepted_at, order.acceptance) == (None, None)
    kind, data = told()[-1]
    assert kind == "dispatch.work_order_issued.v1"
    assert data["order_no"] == "dispatch-centre-000001"
    assert data["receiver_id"] == engineer.id

    with opened() as tx:
        accept_work_order(tx, accepted, signed=cast.signed, caller=engineer)
        done = complete_work_order(
            tx, accepted, remarks="Done", client=cast.signed, caller=engineer
        )
    assert done.state is State.COMPLETED


def test_an_order_that_nobody_has_accepted_yet_can_be_given_to_another(opened, cast, engineer):
    with opened() as tx:
        order_id = cast.issue(tx).id
    change(opened, cast, **LEFT)
    with opened() as tx:
        order = reassign(tx, order_id, engineer.id, cast.dispatcher)

    assert order.receiver_id == UUID(engineer.id)


@pytest.mark.rule("WO-10")
def test_a_receiver_who_is_there_keeps_his_order(opened, cast, engineer, accepted):
    with opened() as tx, pytest.raises(ReceiverStillFit) as refused:
        reassign(tx, accepted, engineer.id, cast.dispatcher)

    assert (refused.value.code, refused.value.status) == ("receiver_still_fit", 409)


@pytest.mark.rule("WO-05")
def test_the_new_receiver_must_be_one_who_receives(opened, cast, accepted):
    change(opened, cast, **LEFT)
    with opened() as tx:
        for unfit in (cast.clerk.id, cast.worker.id):
            with pytest.raises(ReceiverUnfit):
                reassign(tx, accepted, unfit, cast.dispatcher)
        with pytest.raises(Invalid) as unknown:
            reassign(tx, accepted, str(uuid4()), cast.dispatcher)
        order = tx.work_orders.known(accepted)

    assert unknown.value.extra["errors"] == {"receiver_id": ["is not known"]}
    assert (order.state, order.receiver_id) == (State.ACCEPTED, UUID(cast.worker.id))


@pytest.mark.rule("WO-04")
def test_only_who_dispatches_there_may_give_it_to_another(opened, cast, engineer, accepted):
    clerk = cast.asker(22, "dispatch-centre", "enquiry_clerk")
    receiver = cast.asker(4, "region-north", "dispatcher")  # He received it, from elsewhere.
    change(opened, cast, **NO_LONGER_RECEIVES)
    with opened() as tx:
        cast.add(tx, clerk)
        for caller in (clerk, receiver):
            with pytest.raises(MayNotDispatch):
                reassign(tx, accepted, engineer.id, caller)


def test_a_completed_order_stays_with_who_completed_it(opened, cast, engineer, accepted):
    with opened() as tx:
        complete_work_order(tx, accepted, remarks="Done", client=cast.signed, caller=cast.worker)
    change(opened, cast, **LEFT)
    with opened() as tx, pytest.raises(WrongState):
        reassign(tx, accepted, engineer.id, cast.dispatcher)


def test_the_timeline_keeps_the_first_acceptance(opened, cast, engineer, accepted, session):
    with opened() as tx:
        signed = tx.work_orders.known(accepted).acceptance
    change(opened, cast, **LEFT)
    with opened(by=cast.dispatcher) as tx:
        reassign(tx, accepted, engineer.id, cast.dispatcher)

    [note] = [
        row
        for row in timeline(session, f"work_order/{accepted}")
        if row.kind == "work_order_reassigned"
    ]
    assert note.actor == cast.dispatcher.id
    assert note.data == {
        "from_receiver_id": cast.worker.id,
        "to_receiver_id": engineer.id,
        "reason": "He is gone",
        "accepted_at": "2026-02-13T09:00:00+00:00",
        "acceptance": {"digest": signed.digest, "image_sha256": None},
    }
