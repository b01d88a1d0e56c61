"""No new work for customers on a blacklist; remedies of their open complaints go on."""

import json
from uuid import UUID

import pytest
from sqlalchemy import select

from dispatch.adapters.work_orders import work_orders
from dispatch.consumers import SUBSCRIPTIONS
from dispatch.domain.barring import (
    ComplaintClosed,
    ComplaintOfAnother,
    ComplaintUnknown,
    CustomerBlacklisted,
)
from dispatch.domain.work_order_states import Source, State
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.barring import refuse_barred
from dispatch.use_cases.work_orders import issue_work_order
from shared.handling import HANDLED, LATE, Row, handle
from shared.ids import new_id
from shared.rules import RuleBroken
from shared.tables import journal
from shared.testing import examples
from shared.testing_inbox import envelope

DEPARTMENT, COMPANY = examples("customer.blacklisted.v1")
CUSTOMER, ANOTHER, COMPLAINT = UUID(COMPANY["customer_id"]), UUID(int=7), UUID(int=8)
FILED, CLOSED = "complaint.filed.v1", "complaint.closed.v1"
REOPENED = "complaint.reopened.v1"
DESCRIBED, SERVICE = "complaint.field_work_described.v1", "customer.service_described.v1"


def hear(tx, type_, told, *, sequence=1):
    """Hand an event to its handler, as the applier does: what became of it."""
    made = envelope(type_, data=told, sequence=sequence, subject=f"subject/{type_}")
    row = Row(UUID(made["id"]), type_, sequence, "pending", 0, False, json.dumps(made))
    return handle(tx, row, SUBSCRIPTIONS, careful=True)


def bar(tx, entry=COMPANY):
    hear(tx, "customer.blacklisted.v1", entry)


def complain(tx, *, customer_id=CUSTOMER, closed=False):
    of = {"complaint_id": str(COMPLAINT), "customer_id": customer_id and str(customer_id)}
    hear(tx, FILED, {**examples(FILED)[0], **of})
    if closed:
        hear(tx, CLOSED, {**examples(CLOSED)[0], **of}, sequence=2)


def order_of(tx, unit, *, customer_id=CUSTOMER, complaint_id=None):
    return WorkOrder(
        id=new_id(),
        org_unit=unit,
        source=Source.MANUAL,
        opened_at=tx.now,
        reply_due_at=tx.now,
        customer_id=customer_id,
        complaint_id=complaint_id,
    )


def refused(tx, unit, **fields):
    """The code of the refusal, if there is one, and the scope of the entry that bars."""
    try:
        refuse_barred(tx, order_of(tx, unit, **fields))
    except RuleBroken as no:
        return no.code, no.extra.get("scope")
    return None


@pytest.mark.rule("AD-16")
def test_a_department_bars_itself_and_what_lies_below(opened, cast):
    with opened() as tx:
        bar(tx, DEPARTMENT)

        expected = ("customer_blacklisted", "department")
        assert expected == refused(tx, "region-north") == refused(tx, "shop-01")
        assert refused(tx, "region-south") is None


@pytest.mark.rule("AD-16")
def test_the_company_bars_everywhere_but_remedies_of_open_complaints_go_on(opened, cast):
    with opened() as tx:
        bar(tx)
        bar(tx)
        complain(tx)

        assert ("customer_blacklisted", "company") == refused(tx, "dispatch-centre")
        assert refused(tx, "dispatch-centre", complaint_id=COMPLAINT) is None


@pytest.mark.rule("AD-16")
def test_what_was_lifted_bars_no_longer(opened, cast):
    with opened() as tx:
        bar(tx)
        hear(tx, "customer.blacklist_lifted.v1", {**COMPANY, "grade": "medical:qualified"})

        assert refused(tx, "dispatch-centre") is None


@pytest.mark.rule("AD-16")
@pytest.mark.parametrize(
    ("told", "code"),
    [
        (None, "complaint_unknown"),
        ({"closed": True}, "complaint_closed"),
        ({"customer_id": ANOTHER}, "complaint_of_another_customer"),
        ({"customer_id": None}, "complaint_of_another_customer"),
        ({}, None),
    ],
)
def test_only_an_open_complaint_of_the_barred_customer_excuses_new_work(opened, cast, told, code):
    with opened() as tx:
        bar(tx)
        if told is not None:
            complain(tx, **told)

        found = refused(tx, "dispatch-centre", complaint_id=COMPLAINT)
    assert code == (found and found[0])


@pytest.mark.rule("AD-16")
def test_an_order_that_names_no_customer_is_for_that_of_its_complaint(opened, cast):
    with opened() as tx:
        bar(tx)
        complain(tx)
        asked = {"customer_id": None, "complaint_id": COMPLAINT}
        assert refused(tx, "dispatch-centre", **asked) is None

        complain(tx, closed=True)
        assert ("complaint_closed", "company") == refused(tx, "dispatch-centre", **asked)


def test_nobody_hides_behind_the_complaint_of_another(opened, cast):
    with opened() as tx:
        complain(tx)

        found = refused(tx, "shop-01", customer_id=ANOTHER, complaint_id=COMPLAINT)
    assert ("complaint_of_another_customer", None) == found


@pytest.mark.parametrize("told", [None, {"closed": True}, {"customer_id": None}])
def test_who_is_not_barred_is_served_whatever_became_of_his_complaint(opened, cast, told):
    with opened() as tx:
        if told is not None:
            complain(tx, **told)

        assert refused(tx, "shop-01", complaint_id=COMPLAINT) is None


def test_a_complaint_that_is_told_again_after_its_end_stays_closed(opened, cast):
    with opened() as tx:
        bar(tx)
        complain(tx, closed=True)
        complain(tx)

        found = refused(tx, "shop-01", complaint_id=COMPLAINT)
    assert ("complaint_closed", "company") == found


@pytest.mark.rule("AD-16")
def test_a_closed_complaint_that_is_reopened_may_be_remedied_again(opened, cast):
    with opened() as tx:
        bar(tx)
        complain(tx, closed=True)
        again = {**examples(REOPENED)[0], "complaint_id": str(COMPLAINT)}
        hear(tx, REOPENED, again, sequence=3)
        assert refused(tx, "shop-01", complaint_id=COMPLAINT) is None

        hear(tx, CLOSED, {**examples(CLOSED)[0], "complaint_id": str(COMPLAINT)}, sequence=4)
        found = refused(tx, "shop-01", complaint_id=COMPLAINT)
    assert ("complaint_closed", "company") == found


@pytest.mark.rule("AD-16")
@pytest.mark.parametrize(
    ("named", "error"),
    [
        ({"customer_id": CUSTOMER}, CustomerBlacklisted),
        ({"customer_id": CUSTOMER, "complaint_id": COMPLAINT}, ComplaintClosed),
        ({"customer_id": CUSTOMER, "complaint_id": UUID(int=9)}, ComplaintUnknown),
        ({"customer_id": ANOTHER, "complaint_id": COMPLAINT}, ComplaintOfAnother),
    ],
)
def test_no_draft_is_begun_for_a_barred_customer(opened, cast, rows, named, error):
    with opened() as tx:
        bar(tx)
        complain(tx, closed=True)
    with pytest.raises(error), opened() as tx:
        cast.draft(tx, **named)

    assert [] == rows(select(work_orders.c.id))


@pytest.mark.rule("AD-16")
def test_a_draft_is_not_issued_once_its_customer_is_barred_and_his_complaint_closed(opened, cast):
    with opened() as tx:
        complain(tx)
        draft = cast.draft(tx, customer_id=CUSTOMER, complaint_id=COMPLAINT)
        bar(tx)
        complain(tx, closed=True)
    with pytest.raises(ComplaintClosed), opened() as tx:
        issue_work_order(tx, draft.id, caller=cast.dispatcher)

    with opened() as tx:
        assert tx.work_orders.known(draft.id).state is State.DRAFT


@pytest.mark.rule("AD-16")
def test_what_remedies_an_open_complaint_is_drafted_and_issued(opened, cast):
    with opened() as tx:
        bar(tx)
        complain(tx)

        order = cast.issue(tx, customer_id=CUSTOMER, complaint_id=COMPLAINT)
    assert order.state is State.ISSUED


def field_work(**of):
    return {
        **examples(DESCRIBED)[0],
        "org_unit": "shop-01",
        "customer_id": str(CUSTOMER),
        "complaint_id": str(COMPLAINT),
        **of,
    }


@pytest.mark.rule("AD-16", "WO-23")
def test_field_work_for_an_open_complaint_of_a_barred_customer_is_drafted(opened, cast):
    with opened() as tx:
        bar(tx)
        complain(tx)
        assert HANDLED == hear(tx, DESCRIBED, field_work())

        order = tx.work_orders.of_request(UUID(field_work()["request_id"]))
    assert order.complaint_id == COMPLAINT


@pytest.mark.rule("AD-16")
def test_the_department_that_asked_bars_the_order_in_the_dispatch_centre_as_well(
    opened, cast, rows
):
    asked = {**examples(SERVICE)[0], "org_unit": "shop-01", "customer_id": str(CUSTOMER)}
    with opened() as tx:
        hear(tx, SERVICE, asked)
        order = tx.work_orders.of_request(UUID(asked["request_id"]))
        bar(tx, DEPARTMENT)
        assert ("dispatch-centre", "shop-01") == (order.org_unit, order.asking_unit)
    with pytest.raises(CustomerBlacklisted), opened() as tx:
        issue_work_order(tx, order.id, caller=cast.dispatcher)

    assert 1 == len(rows(select(journal).where(journal.c.kind == "customer_blacklisted")))


@pytest.mark.rule("AD-16")
def test_field_work_that_is_told_before_its_complaint_is_tried_again(opened, cast):
    with opened() as tx:
        bar(tx)
        with pytest.raises(ComplaintUnknown):
            hear(tx, DESCRIBED, field_work())
        complain(tx)

        assert HANDLED == hear(tx, DESCRIBED, field_work())


@pytest.mark.rule("AD-16")
def test_field_work_of_a_case_that_is_no_complaint_excuses_nothing(opened, cast, rows):
    with opened() as tx:
        bar(tx)
        assert LATE == hear(tx, DESCRIBED, field_work(kind="problem"))

    ((noted,),) = rows(select(journal.c.data).where(journal.c.kind == "late_fact"))
    assert noted["code"] == "customer_blacklisted"


@pytest.mark.rule("AD-16")
@pytest.mark.parametrize("type_", [DESCRIBED, SERVICE])
def test_work_that_others_ask_for_a_barred_customer_is_refused_and_noted(opened, cast, rows, type_):
    asked = {**examples(SERVICE)[0], "org_unit": "shop-01", "customer_id": str(CUSTOMER)}
    code = "customer_blacklisted"
    if type_ == DESCRIBED:
        asked, code = field_work(), "complaint_closed"
    with opened() as tx:
        bar(tx)
        complain(tx, closed=True)
        assert LATE == hear(tx, type_, asked)

    assert [] == rows(select(work_orders.c.id))
    ((noted,),) = rows(select(journal.c.data).where(journal.c.kind == "late_fact"))
    assert code == noted["code"]


@pytest.mark.rule("AD-16")
def test_the_refusal_over_http_changes_nothing_and_has_a_code_of_its_own(send, cast, parts):
    with parts.begin(now=parts.clock.now()) as tx:
        bar(tx)
        complain(tx, closed=True)
    body = {"reply_due_at": "2026-02-14T18:00:00+08:00", "customer_id": str(CUSTOMER)}
    answers = [
        send(cast.dispatcher, "POST", "/v1/work-orders", {**body, **complaint})
        for complaint in ({}, {"complaint_id": str(COMPLAINT)}, {"complaint_id": str(new_id())})
    ]

    codes = ("customer_blacklisted", "complaint_closed", "complaint_unknown")
    assert [(409, code) for code in codes] == [
        (one.status_code, one.json["code"]) for one in answers
    ]
    assert [] == send(cast.dispatcher, "GET", "/v1/work-orders").json["items"]
