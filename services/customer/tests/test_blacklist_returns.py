"""The way back from a blacklist: review, two leaders, and the lowest grade."""

from datetime import date

import pytest

from customer.domain.blacklist_returns import VerdictsIncomplete
from customer.domain.blacklist_rules import (
    ConditionsUnmet,
    NoAuthority,
    SamePerson,
    ValidityRuns,
)
from customer.domain.blacklist_states import State
from customer.domain.memberships import Standing
from customer.use_cases.blacklist_returns import (
    approve_return,
    open_return,
    refuse_return,
    review_return,
)

from .blacklists import (
    BOSS,
    HEAD,
    MARKETING,
    barred_by_company,
    barred_by_department,
    decided,
    met,
    returned,
    vip,
    who,
)
from .desk import at
from .test_barring import refused


@pytest.fixture
def firm(desk):
    """The sample company where everybody follows the regulation of the medical firm."""
    desk.follow("hq", "medical", "generic")
    return desk


@pytest.fixture
def customer(firm):
    return firm.register()


@pytest.fixture
def entry(firm, customer):
    """An entry of a department whose validity has ended."""
    made = barred_by_department(firm, customer)
    firm.now = at(2026, 9, 2, 10)
    return made


def grades(desk, customer, unit):
    with desk.open() as tx:
        return tx.grades.current(customer.id, units=[unit]).get("medical")


@pytest.mark.rule("AD-18")
def test_nobody_returns_before_the_validity_has_ended(firm, customer):
    entry = barred_by_department(firm, customer)
    firm.now = at(2026, 9, 1, 23)

    with pytest.raises(ValidityRuns):
        decided(firm, entry, open_return, HEAD, change="new owners")


@pytest.mark.rule("AD-18", "AD-19")
def test_a_return_is_reviewed_and_approved_by_both_leaders(firm, customer, entry):
    vip(firm, customer)

    lifted = returned(firm, entry)

    assert State.LIFTED is lifted.state
    assert refused(firm, customer, "region-north") is None
    assert "medical:qualified" == firm.told("blacklist_lifted")[0]["grade"]
    assert "qualified" == grades(firm, customer, "region-north")
    told = [(one["unit"], one["old"], one["reason"]) for one in firm.told("grade_changed")]
    assert [("region-north", "vip", "lowered"), ("shop-01", None, "graded")] == told
    assert {("qualified", 3)} == {
        (one["new"], one["priority"]) for one in firm.told("grade_changed")
    }


@pytest.mark.rule("AD-18")
def test_one_leader_is_not_enough_nor_the_same_person_twice(firm, customer, entry):
    both = who("both", "hq", "department_head", "general_manager", "branch_leader")
    decided(firm, entry, open_return, HEAD, change="new owners")
    decided(firm, entry, review_return, HEAD, verdicts=met())

    decided(firm, entry, approve_return, both, role="general_manager")
    with pytest.raises(SamePerson):
        decided(firm, entry, approve_return, both, role="department_head")
    with pytest.raises(NoAuthority):
        decided(firm, entry, approve_return, HEAD, role="general_manager")
    assert refused(firm, customer, "region-north") is not None

    decided(firm, entry, approve_return, HEAD, role="department_head")
    assert refused(firm, customer, "region-north") is None


@pytest.mark.rule("AD-18")
@pytest.mark.parametrize("role", ["general_manager", "branch_leader"])
def test_either_leader_of_the_company_speaks_for_it(firm, entry, role):
    decided(firm, entry, open_return, HEAD, change="new owners")
    decided(firm, entry, review_return, HEAD, verdicts=met())
    decided(firm, entry, approve_return, who("leader", "hq", role), role=role)

    lifted = decided(firm, entry, approve_return, HEAD, role="department_head")

    assert State.LIFTED is lifted.state


@pytest.mark.rule("AD-18")
def test_every_condition_has_to_be_met(firm, entry):
    decided(firm, entry, open_return, HEAD, change="new owners")
    with pytest.raises(ConditionsUnmet):
        decided(firm, entry, approve_return, BOSS, role="general_manager")
    with pytest.raises(VerdictsIncomplete):
        decided(firm, entry, review_return, HEAD, verdicts=met()[1:])
    decided(firm, entry, review_return, HEAD, verdicts=met(but=["lawful_conduct"]))
    with pytest.raises(ConditionsUnmet) as no:
        decided(firm, entry, approve_return, BOSS, role="general_manager")

    assert ["lawful_conduct"] == no.value.extra["unmet"]


@pytest.mark.rule("AD-18")
def test_a_refused_return_leaves_him_barred_and_may_be_tried_again(firm, customer, entry):
    decided(firm, entry, open_return, HEAD, change="new owners")
    kept = decided(firm, entry, refuse_return, BOSS, reason="no")

    assert State.EXPIRED is kept.state
    assert refused(firm, customer, "region-north") is not None
    assert State.LIFTED is returned(firm, entry).state


@pytest.mark.rule("AD-18", "AD-19")
def test_from_the_list_of_the_company_he_returns_to_the_bases_that_he_left(firm, customer):
    entry = barred_by_company(firm, customer)

    returned(firm, entry, keeper=MARKETING, leader=MARKETING, role="marketing_division")

    with firm.open() as tx:
        assert [Standing.ENTERED] == [one.standing for one in tx.memberships.of(customer.id)]
    assert refused(firm, customer, "shop-04") is None
    assert "qualified" == grades(firm, customer, "shop-01")
    assert "qualified" == grades(firm, customer, "region-north")
    told = {one["unit"]: one["old"] for one in firm.told("grade_changed")}
    assert {"region-north": "vip", "shop-01": None} == told
    assert date(2026, 3, 2) == firm.now.date()
