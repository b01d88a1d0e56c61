"""Call-back, signature, archive."""

from uuid import UUID

import pytest

from dispatch.domain.signatures import digest_of
from dispatch.domain.work_order_rules import CallBackMethod, ClosingStepMissing, MayNotClose
from dispatch.domain.work_order_states import State
from dispatch.use_cases.closing import archive_work_order, call_back, sign_work_order
from dispatch.use_cases.execution import accept_work_order, complete_work_order
from shared.transaction import timeline


@pytest.fixture
def completed(opened, cast):
    with opened() as tx:
        order = cast.issue(tx)
        accept_work_order(tx, order.id, signed=cast.signed, caller=cast.worker)
        complete_work_order(tx, order.id, remarks="Done", client=cast.signed, caller=cast.worker)
    return order.id


def ask(tx, cast, order_id, **fields):
    given = {"method": "telephone", "satisfied": True, "result": "All well"}
    return call_back(tx, order_id, **{**given, "caller": cast.dispatcher, **fields})


@pytest.mark.rule("WO-15")
def test_an_order_is_called_back_signed_and_archived_in_this_order(opened, cast, completed, told):
    with opened() as tx:
        ask(tx, cast, completed)
    with opened() as tx:
        sign_work_order(tx, completed, signed=cast.signed, caller=cast.supervisor)
    with opened(by=cast.dispatcher) as tx:
        order = archive_work_order(tx, completed, caller=cast.dispatcher)

    assert order.state is State.ARCHIVED
    assert order.signed_by == UUID(cast.supervisor.id)
    assert order.archived_by == UUID(cast.dispatcher.id)
    assert [kind for kind, _ in told()][-2:] == [
        "dispatch.work_order_called_back.v1",
        "dispatch.work_order_archived.v1",
    ]


@pytest.mark.rule("WO-15")
@pytest.mark.parametrize("role", ["dispatcher", "dispatch_supervisor", "department_leader"])
def test_whoever_may_dispatch_there_may_close(opened, cast, completed, role):
    closer = cast.asker(20, "dispatch-centre", role)
    with opened() as tx:
        cast.add(tx, closer)
        order = ask(tx, cast, completed, caller=closer)
        sign_work_order(tx, completed, signed=cast.signed, caller=closer)
        archive_work_order(tx, completed, caller=closer)

    assert order.state is State.ARCHIVED


@pytest.mark.rule("WO-15")
def test_nobody_else_may_close(opened, cast, completed, rulebook):
    clerk = cast.asker(20, "dispatch-centre", "enquiry_clerk", "department_head")
    with opened() as tx:
        cast.add(tx, clerk)
        for close in (
            lambda: ask(tx, cast, completed, caller=clerk),
            lambda: sign_work_order(tx, completed, signed=cast.signed, caller=clerk),
            lambda: archive_work_order(tx, completed, caller=clerk),
        ):
            with pytest.raises(MayNotClose) as refused:
                close()

    assert (refused.value.status, refused.value.because.rule) == (403, "WO-15")
    section = rulebook.of_builtin("property", "1").sections["closing"]
    assert set(section.rules[0].value.roles) == {
        "dispatcher",
        "dispatch_supervisor",
        "department_leader",
    }


def test_a_receiver_who_dispatches_elsewhere_does_not_close_his_own_order(opened, cast):
    both = cast.asker(20, "region-south", "engineer", "dispatcher")
    with opened() as tx:
        cast.add(tx, both)
        order = cast.issue(tx, receiver_id=UUID(both.id))
        accept_work_order(tx, order.id, signed=cast.signed, caller=both)
        complete_work_order(tx, order.id, remarks="Done", client=cast.signed, caller=both)
        with pytest.raises(MayNotClose):
            ask(tx, cast, order.id, caller=both)

    assert order.state is State.COMPLETED


@pytest.mark.rule("WO-15")
def test_archive_without_call_back_is_impossible(opened, cast, completed):
    with opened() as tx, pytest.raises(ClosingStepMissing) as refused:
        archive_work_order(tx, completed, caller=cast.dispatcher)

    assert refused.value.extra["missing"] == ["call_back", "sign"]
    assert refused.value.because.clause == "001-P5 L290"


@pytest.mark.rule("WO-15")
def test_the_signature_waits_for_the_call_back(opened, cast, completed):
    with opened() as tx, pytest.raises(ClosingStepMissing) as refused:
        sign_work_order(tx, completed, signed=cast.signed, caller=cast.dispatcher)

    assert refused.value.extra["missing"] == ["call_back"]


@pytest.mark.rule("WO-15")
def test_one_calls_back_by_telephone_alone(opened, cast, completed):
    with opened() as tx, pytest.raises(CallBackMethod):
        ask(tx, cast, completed, method="e-mail")


@pytest.mark.rule("WO-15")
def test_a_client_who_is_not_satisfied_does_not_hold_the_order_up(opened, cast, completed, told):
    with opened() as tx:
        order = ask(tx, cast, completed, satisfied=False, result="Still broken")

    assert order.state is State.CALLED_BACK
    kind, data = told()[-1]
    assert (kind, data["satisfied"]) == ("dispatch.work_order_called_back.v1", False)
    assert data["called_back_by"] == cast.dispatcher.id
    assert "Still broken" not in str(data)


def test_the_dispatcher_signs_what_the_client_said(opened, cast, completed):
    with opened() as tx:
        ask(tx, cast, completed)
        order = sign_work_order(tx, completed, signed=cast.signed, caller=cast.dispatcher)

    assert order.dispatcher_signature.digest == digest_of(
        "order_no: dispatch-centre-000001\nremarks: Done\nsatisfied: True\nresult: All well"
    )


def test_the_timeline_tells_the_whole_way(opened, cast, completed, session):
    with opened(by=cast.dispatcher) as tx:
        ask(tx, cast, completed)
        sign_work_order(tx, completed, signed=cast.signed, caller=cast.dispatcher)

    rows = timeline(session, f"work_order/{completed}")
    assert [row.kind.removeprefix("dispatch.work_order_") for row in rows] == [
        "opened.v1",
        "issued.v1",
        "accepted.v1",
        "completed.v1",
        "called_back.v1",
        "work_order_signed",
    ]
    assert rows[-1].actor == cast.dispatcher.id
    assert [row.because["rule"] for row in rows] == [
        "WO-04",
        "WO-07",
        "WO-08",
        "WO-14",
        "WO-15",
        "WO-15",
    ]
