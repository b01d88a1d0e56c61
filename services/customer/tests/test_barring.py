"""Whom an entry bars: a department and all below it, or the whole company."""

from datetime import UTC, datetime

import pytest

from customer.domain.blacklist import BlacklistEntry
from customer.domain.blacklist_rules import CustomerBlacklisted, Scope
from customer.domain.blacklist_states import BARRING, State
from customer.domain.gates import Purpose
from customer.use_cases.gates import demand
from shared.ids import new_id
from shared.rules import Because, RuleBroken

BECAUSE = Because(pack="medical", version="1", clause="001-P10 L530", rule="AD-17")


def bar(desk, customer, *, scope=Scope.DEPARTMENT, unit="region-north", state=State.LISTED):
    with desk.open() as tx:
        tx.blacklist.add(
            BlacklistEntry(
                id=new_id(),
                customer_id=customer.id,
                scope=scope,
                org_unit=unit,
                reason_code="major_loss",
                reason="never paid",
                evidence="invoices",
                reported_by="head",
                reported_at=datetime(2026, 3, 2, tzinfo=UTC),
                because=BECAUSE,
                state=state,
            )
        )


def refused(desk, customer, unit):
    """What a negotiation of ``unit`` with the customer is refused with because of a blacklist; None
    where no list bars it."""
    try:
        with desk.open() as tx:
            known = tx.customers.known(customer.id)
            demand(tx, known, unit=unit, purpose=Purpose.NEGOTIATION)
    except CustomerBlacklisted as no:
        return no
    except RuleBroken:
        pass  # Another gate is closed, behind that of the blacklist.
    return None


@pytest.mark.rule("AD-11", "AD-16")
def test_the_list_of_a_department_bars_it_and_all_below_but_no_other(desk):
    customer = desk.register()
    bar(desk, customer)

    assert refused(desk, customer, "region-north").extra == {"gate": "blacklist"}
    assert refused(desk, customer, "shop-02").because == BECAUSE
    assert refused(desk, customer, "region-south") is None
    assert refused(desk, customer, "hq") is None


@pytest.mark.rule("AD-11", "AD-16")
def test_the_list_of_the_company_bars_everybody(desk):
    customer = desk.register()
    bar(desk, customer, scope=Scope.COMPANY)

    for unit in ("region-north", "region-south", "shop-04", "hq"):
        no = refused(desk, customer, unit)
        assert (409, "customer_blacklisted", {"gate": "blacklist"}) == (
            no.status,
            no.code,
            no.extra,
        )
        assert "never paid" not in no.detail


@pytest.mark.rule("AD-18")
@pytest.mark.parametrize("state", State)
def test_only_what_is_listed_and_not_lifted_bars(desk, state):
    customer = desk.register()
    bar(desk, customer, scope=Scope.COMPANY, state=state)

    assert (refused(desk, customer, "shop-01") is not None) == (state in BARRING)
