"""Which visits add up, which compete, and what one visit counts for (K-03)."""

from datetime import date
from decimal import Decimal

import pytest

from customer.domain.memberships import Membership, Standing
from customer.domain.visit_reports import VisitRecord
from customer.domain.visit_rules import RuleKey, VisitMode, VisitRule, satisfied
from customer.domain.visits import ModeNotAllowed
from customer.main import RULEBOOK
from customer.use_cases import visits
from customer.use_cases.visit_plans import plan_visits
from shared.policy import PackFault, add_pack

from .desk import HQ, PEOPLE, SECTIONS

LARGE = Decimal(500)
TEAM, SALES = "customer_service_team", "sales_team"
SINCE = date(2026, 1, 1)


def pack(name, *values, merge="strictest"):
    """A pack of visit rules for large customers."""
    revision = {"version": "1", "change": "First", "by": "a", "approved_by": "b"}
    large = {"rule": "VS-01", "clause": "1", "when": {"grade": "size:large"}}
    return {
        "pack": name,
        "version": "1",
        "title": name,
        "issuer": "a",
        "approver": "b",
        "owner": "a",
        "effective_from": SINCE.isoformat(),
        "history": [{**revision, "on": SINCE.isoformat()}],
        "sections": {
            "visit_rules": {"merge": merge, "rules": [{**large, "value": one} for one in values]}
        },
    }


def rule(activity="return_visit", months=2, role=TEAM, **more):
    return {"activity": activity, "months": months, "role": role, **more}


@pytest.fixture
def adding(desk):
    """Let the whole company follow a pack of these rules before the general one."""

    def add(*values):
        desk.do(add_pack, pack("house", *values), RULEBOOK)
        desk.follow("hq", "house", "generic")
        with desk.open() as tx:
            tx.staff.keep(
                PEOPLE["south"], active=True, superior_id=None, posts=[("hq", SALES), ("hq", TEAM)]
            )

    return add


def due(desk, customer):
    return {
        (visit.activity, visit.role): visit.due_on.isoformat()
        for visit in desk.open_visits(customer)
    }


def test_different_actors_add_up_and_of_the_same_the_strictest_counts(desk, adding):
    adding(rule(months=2), rule(months=4, role=SALES))

    customer = desk.register(annual_amount=LARGE)

    assert {
        ("return_visit", TEAM): "2026-04-02",  # a month of the general pack beats two
        ("return_visit", SALES): "2026-07-02",
    } == due(desk, customer)


def test_one_visit_counts_for_every_rule_whose_actor_and_way_it_fits(desk, adding):
    adding(rule("sales_visit", 1, SALES, counts_for=["return_visit"]))
    customer = desk.register(annual_amount=LARGE, visitor_id=PEOPLE["south"])
    with desk.open() as tx:
        made = next(one for one in tx.visits.open_of(customer.id).values() if one.role == SALES)
        caller = type(HQ)(str(PEOPLE["south"]), "hq")
        given = {"completed_on": date(2026, 3, 2), "mode": VisitMode.ON_SITE, "report": "well"}
        given["record"] = VisitRecord(sections=SECTIONS)
        visits.complete_visit(tx, made, **given, caller=caller)

    assert {
        ("sales_visit", SALES): "2026-04-02",
        ("return_visit", TEAM): "2026-04-02",
    } == due(desk, customer)
    with desk.open() as tx:
        assert {date(2026, 3, 2)} == set(tx.visits.last_days(customer.id).values())
        assert 2 == len(tx.visits.last_days(customer.id))


def test_a_visit_by_somebody_else_or_in_another_way_counts_for_its_own_rule_alone():
    made = VisitRule("sales_visit", 1, SALES, counts_for=("return_visit",))
    by_team = VisitRule("return_visit", 1, TEAM, modes=(VisitMode.ON_SITE,))
    rules = [made, by_team]
    own = [RuleKey("sales_visit", SALES)]

    def counted(mode, *roles):
        return satisfied(made, mode=mode, roles=frozenset(roles), rules=rules)

    assert own == counted(VisitMode.ON_SITE, SALES)
    assert own == counted(VisitMode.TELEPHONE, SALES, TEAM)
    assert [*own, by_team.key] == counted(VisitMode.ON_SITE, SALES, TEAM)


@pytest.mark.rule("VS-02")
@pytest.mark.parametrize("mode", ["telephone", "email", "on_site"])
def test_a_return_visit_is_made_by_telephone_mail_or_on_site(desk, mode):
    modes = RULEBOOK.of_builtin("generic", "1").sections["visit_rules"].rules[0].value.modes

    assert [VisitMode.TELEPHONE, VisitMode.EMAIL, VisitMode.ON_SITE] == list(modes)
    customer = desk.register(annual_amount=LARGE)
    assert VisitMode(mode) is completed(desk, customer, mode).mode


@pytest.mark.rule("VS-02")
def test_a_return_visit_in_another_way_is_refused(desk):
    customer = desk.register(annual_amount=LARGE)

    with pytest.raises(ModeNotAllowed) as refused:
        completed(desk, customer, "video")

    assert "mode_not_allowed" == refused.value.code
    assert "planned" == desk.visit(customer).state


def completed(desk, customer, mode):
    with desk.open() as tx:
        (visit,) = tx.visits.open_of(customer.id).values()
        given = {"completed_on": date(2026, 3, 2), "mode": VisitMode(mode), "report": "well"}
        given["record"] = VisitRecord(sections=SECTIONS)
        return visits.complete_visit(tx, visit, **given, caller=HQ)


def test_each_unit_that_deals_with_a_customer_visits_him_by_its_own_rules(desk, adding):
    customer = desk.register(annual_amount=LARGE, org_unit="shop-01")
    with desk.open() as tx:
        tx.memberships.add(
            Membership(
                customer_id=customer.id, unit="shop-03", standing=Standing.ENTERED, since=tx.now
            )
        )
        tx.session.flush()
        plan_visits(tx, tx.customers.known(customer.id), recount=False)

    assert ["shop-01", "shop-03"] == [visit.org_unit for visit in desk.open_visits(customer)]

    with desk.open() as tx:
        tx.memberships.find(customer.id, "shop-01").take(Standing.EXITED, now=tx.now)
        plan_visits(tx, tx.customers.known(customer.id), recount=False)
    assert ["shop-03"] == [visit.org_unit for visit in desk.open_visits(customer)]
    assert ["unit_left"] == [one["reason"] for one in desk.told("visit_cancelled")]


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (rule(months=0), "months"),
        (rule(role="auditor"), "role"),
        (rule(modes=["pigeon"]), "modes.0"),
        (rule(counts_for=["Not a code"]), "counts_for.0"),
    ],
)
def test_a_pack_whose_visits_nobody_can_make_is_refused(desk, value, path):
    with pytest.raises(PackFault) as refused:
        desk.do(add_pack, pack("house", value), RULEBOOK)

    assert f"sections.visit_rules.rules.0.value.{path}" == refused.value.extra["path"]
