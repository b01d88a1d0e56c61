"""What the receiver does: accept and complete."""

from datetime import UTC, datetime, timedelta

import pytest

from dispatch.domain.signatures import Signed, digest_of
from dispatch.domain.work_order_rules import CompletionIncomplete, NotTheReceiver
from dispatch.domain.work_order_states import State
from dispatch.use_cases.execution import accept_work_order, complete_work_order

LAST_SECOND = timedelta(seconds=18, microseconds=499_999)  # 09:00:59.999999


@pytest.fixture
def issued(opened, cast):
    with opened() as tx:
        order = cast.issue(tx)
    return order.id


@pytest.fixture
def accepted(opened, cast, issued):
    with opened() as tx:
        accept_work_order(tx, issued, signed=cast.signed, caller=cast.worker)
    return issued


@pytest.mark.rule("WO-08")
@pytest.mark.parametrize(
    ("later", "minute"), [(timedelta(0), 0), (LAST_SECOND, 0), (timedelta(seconds=20), 1)]
)
def test_acceptance_is_kept_to_the_minute(opened, cast, issued, told, later, minute):
    with opened(later=later) as tx:
        order = accept_work_order(tx, issued, signed=cast.signed, caller=cast.worker)

    assert order.accepted_at == datetime(2026, 2, 13, 9, minute, tzinfo=UTC)
    kind, data = told()[-1]
    assert kind == "dispatch.work_order_accepted.v1"
    assert data["accepted_at"] == f"2026-02-13T09:0{minute}:00+00:00"


def test_the_receiver_signs_the_job_as_it_was_given(opened, cast, issued, now):
    signed = Signed(name="Li Si", image_sha256="a" * 64)
    with opened() as tx:
        order = accept_work_order(tx, issued, signed=signed, caller=cast.worker)

    text = (
        "order_no: dispatch-centre-000001\n"
        "place: Building 3, gate 2\n"
        "content: The lock does not close\n"
        "requirements: Bring a lock of the same make\n"
        "reply_due_at: 2026-02-14T09:00:41.500000+00:00"
    )
    assert order.acceptance.name == "Li Si"
    assert order.acceptance.image_sha256 == "a" * 64
    assert order.acceptance.digest == digest_of(text)
    assert order.acceptance.at == now


@pytest.mark.rule("WO-08")
def test_nobody_accepts_in_the_place_of_the_receiver(opened, cast, issued):
    with opened() as tx, pytest.raises(NotTheReceiver):
        accept_work_order(tx, issued, signed=cast.signed, caller=cast.dispatcher)


@pytest.mark.rule("WO-14")
@pytest.mark.parametrize(
    ("remarks", "client", "missing"),
    [
        (None, None, ["remarks", "client_signature"]),
        (" \n", Signed(name="Wang"), ["remarks"]),
        ("Lock changed", None, ["client_signature"]),
        ("Lock changed", Signed(name=" "), ["client_signature"]),
    ],
)
def test_a_completion_needs_remarks_and_the_clients_signature(
    opened, cast, accepted, remarks, client, missing
):
    with opened() as tx, pytest.raises(CompletionIncomplete) as refused:
        complete_work_order(tx, accepted, remarks=remarks, client=client, caller=cast.worker)
    with opened() as tx:
        kept = tx.work_orders.known(accepted)

    assert refused.value.code == "completion_incomplete"
    assert refused.value.extra["missing"] == missing
    assert refused.value.because.clause == "001-P5 L290"
    assert (kept.state, kept.remarks) == (State.ACCEPTED, None)


@pytest.mark.rule("WO-14")
def test_a_complete_completion_goes_back_to_the_dispatcher(opened, cast, accepted, told):
    with opened(later=timedelta(hours=1)) as tx:
        order = complete_work_order(
            tx, accepted, remarks="换锁", client=Signed(name="王女士"), caller=cast.worker
        )

    assert order.state is State.COMPLETED
    kind, data = told()[-1]
    assert kind == "dispatch.work_order_completed.v1"
    assert data["completed_at"] == "2026-02-13T10:00:41.500000+00:00"
    assert "王女士" not in str(data)


@pytest.mark.rule("WO-14")
def test_the_client_signs_the_exact_remarks(opened, cast, accepted):
    with opened() as tx:
        order = complete_work_order(
            tx, accepted, remarks="换锁", client=Signed(name="王女士"), caller=cast.worker
        )

    text = (
        "order_no: dispatch-centre-000001\n"
        "place: Building 3, gate 2\n"
        "content: The lock does not close\n"
        "remarks: 换锁"
    )
    assert order.client_signature.name == "王**"  # The proof has the name.
    assert order.client_signature.digest == digest_of(text)


def test_nobody_completes_in_the_place_of_the_receiver(opened, cast, accepted):
    with opened() as tx, pytest.raises(NotTheReceiver):
        complete_work_order(
            tx, accepted, remarks="Done", client=cast.signed, caller=cast.dispatcher
        )
