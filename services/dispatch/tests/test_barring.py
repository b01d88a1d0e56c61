"""No new work for customers on a blacklist; remedies of complaints go on."""

from uuid import UUID

import pytest

from dispatch.consumers import SUBSCRIPTIONS
from dispatch.domain.barring import CustomerBlacklisted
from dispatch.domain.work_order_states import Source
from dispatch.domain.work_orders import WorkOrder
from dispatch.use_cases.barring import refuse_barred
from shared.ids import new_id
from shared.testing import examples

DEPARTMENT, COMPANY = examples("customer.blacklisted.v1")


def hear(tx, type_, told):
    subscription = SUBSCRIPTIONS[f"customer.{type_}.v1"]
    subscription.handler(tx, None, subscription.reads.load(told))


def order_of(tx, unit, *, complaint_id=None):
    return WorkOrder(
        id=new_id(),
        org_unit=unit,
        source=Source.MANUAL,
        opened_at=tx.now,
        reply_due_at=tx.now,
        customer_id=UUID(COMPANY["customer_id"]),
        complaint_id=complaint_id,
    )


def refused(tx, unit, **fields):
    try:
        refuse_barred(tx, order_of(tx, unit, **fields))
    except CustomerBlacklisted as no:
        return no.extra["scope"] if (no.status, no.code) == (409, "customer_blacklisted") else no
    return None


@pytest.mark.rule("AD-16")
def test_a_department_bars_itself_and_what_lies_below(opened, cast):
    with opened() as tx:
        hear(tx, "blacklisted", DEPARTMENT)

        assert "department" == refused(tx, "region-north")
        assert "department" == refused(tx, "shop-01")
        assert refused(tx, "region-south") is None


@pytest.mark.rule("AD-16")
def test_the_company_bars_everywhere_but_remedies_of_complaints_go_on(opened, cast):
    with opened() as tx:
        hear(tx, "blacklisted", COMPANY)
        hear(tx, "blacklisted", COMPANY)

        assert "company" == refused(tx, "dispatch-centre")
        assert refused(tx, "dispatch-centre", complaint_id=new_id()) is None


@pytest.mark.rule("AD-16")
def test_what_was_lifted_bars_no_longer(opened, cast):
    with opened() as tx:
        hear(tx, "blacklisted", COMPANY)
        hear(tx, "blacklist_lifted", {**COMPANY, "grade": "medical:qualified"})

        assert refused(tx, "dispatch-centre") is None
