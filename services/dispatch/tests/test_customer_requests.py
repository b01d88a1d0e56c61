"""Field work that a customer's issue asks for (E-05)."""

from uuid import UUID

import pytest

from dispatch.consumers import SUBSCRIPTIONS
from dispatch.domain.work_order_states import Source, State
from shared.testing import examples

DESCRIBED = "customer.service_described.v1"


@pytest.mark.rule("WO-23")
def test_a_request_told_twice_becomes_one_draft_of_the_nearest_dispatcher(opened, cast, told):
    subscription = SUBSCRIPTIONS[DESCRIBED]
    asked = examples(DESCRIBED)[0]
    for _ in range(2):
        with opened() as tx:
            subscription.handler(tx, None, subscription.reads.load(asked))

    with opened() as tx:
        order = tx.work_orders.of_request(UUID(asked["request_id"]))
    assert (order.state, order.source) == (State.DRAFT, Source.CUSTOMER)
    assert (order.place, str(order.customer_id)) == (asked["place"], asked["customer_id"])
    (data,) = [data for kind, data in told() if kind == "dispatch.work_order_opened.v1"]
    assert (data["dispatcher_id"], data["complaint_id"]) == (cast.dispatcher.id, None)
    assert (data["source"], data["request_id"]) == ("customer", asked["request_id"])
