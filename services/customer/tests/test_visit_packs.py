"""Which visits each regulation asks for, and of whom (K-03, K-04)."""

from datetime import date
from pathlib import Path

import pytest

from customer.main import RULEBOOK
from customer.use_cases.projects import record_project
from customer.use_cases.visit_occasions import flag_customer
from shared.policy import PackFault, add_pack
from shared.policy.builtin import read_yaml

from .desk import HQ
from .visit_packs import SHOP, STAFF, due, enter, following, grade

DOWN = dict.fromkeys(
    ("is_key", "out_of_town", "executive_selected", "lost", "key_project"), False
) | {"communication_necessary": False}
TODAY = date(2026, 3, 2)
TEA_HOUSE = Path(__file__).parents[3] / "docs" / "examples" / "tea-house.yaml"


def asked(desk, pack, **facts):
    """Activity, months and actor of each rule that holds for these facts."""
    desk.follow(SHOP, pack)
    with desk.open() as tx:
        found = tx.policies.rulings("visit_rules", unit=SHOP, on=TODAY, **{**DOWN, **facts})
    return {(one.value.activity, one.value.months, one.value.role) for one in found}


def flag(desk, customer, **up):
    with desk.open() as tx:
        flags = tx.visit_flags.of(customer.id, unit=SHOP)
        flag_customer(tx, flags, fresh=up)


@pytest.mark.rule("VS-04")
@pytest.mark.parametrize(
    ("code", "months"), [("medical:vip", 1), ("medical:preferred", 1), ("medical:qualified", 3)]
)
def test_salespeople_visit_vip_and_preferred_customers_each_month(desk, code, months):
    for key in (False, True):
        assert {("visit", months, "sales_team")} == asked(desk, "medical", grade=code, is_key=key)


@pytest.mark.rule("VS-04")
def test_a_firm_may_mean_key_customers_alone(desk):
    document = dict(RULEBOOK.of_builtin("medical", "1").document)
    rules = [dict(one) for one in document["sections"]["visit_rules"]["rules"]]
    rules[0] = {**rules[0], "when": {**rules[0]["when"], "is_key": True}}
    sections = {"visit_rules": {"merge": "strictest", "rules": rules}}
    history = [{**document["history"][0], "version": "2"}]
    changed = {**document, "version": "2", "sections": sections, "history": history}
    desk.do(add_pack, {**changed, "effective_from": "2026-02-01"}, RULEBOOK)

    assert set() == asked(desk, "medical", grade="medical:vip")
    assert {("visit", 1, "sales_team")} == asked(desk, "medical", grade="medical:vip", is_key=True)


@pytest.mark.rule("VS-16")
@pytest.mark.parametrize(("code", "months"), [("jv:a", 1), ("jv:b", 2), ("jv:c", 3), ("jv:d", 6)])
def test_partners_are_visited_by_grade(desk, code, months):
    found = asked(desk, "jointventure", grade=code)

    assert ("partner_visit", months, "contracting_unit") in found


@pytest.mark.rule("VS-17")
@pytest.mark.parametrize("code", ["jv:a", "jv:b", "jv:c", "jv:d"])
def test_partners_out_of_town_are_visited_each_half_year_whatever_the_grade(desk, code):
    found = asked(desk, "jointventure", grade=code, out_of_town=True)

    assert ("partner_visit", 6, "contracting_unit") in found
    assert 1 == sum(activity == "partner_visit" for activity, _, _ in found)


@pytest.mark.rule("VS-17")
@pytest.mark.parametrize("code", ["jv:a", "jv:d"])
@pytest.mark.parametrize(("months", "taken"), [(6, True), (7, False)])
def test_more_than_half_a_year_out_of_town_is_refused_whatever_the_grade(desk, code, months, taken):
    document = dict(RULEBOOK.of_builtin("jointventure", "1").document)
    rules = [dict(one) for one in document["sections"]["visit_rules"]["rules"]]
    value = {"activity": "far_visit", "months": months, "role": "contracting_unit"}
    rules.append({**rules[0], "when": {"grade": code, "out_of_town": True}, "value": value})
    sections = {"visit_rules": {"merge": "strictest", "rules": rules}}
    history = [{**document["history"][0], "version": "2"}]
    changed = {**document, "version": "2", "sections": sections, "history": history}

    if taken:
        assert "2" == desk.do(add_pack, changed, RULEBOOK).version
        return
    with pytest.raises(PackFault) as refused:
        desk.do(add_pack, changed, RULEBOOK)
    assert (
        f"sections.visit_rules.rules.{len(rules) - 1}.value.months" == (refused.value.extra["path"])
    )


@pytest.mark.rule("VS-18")
def test_executives_visit_the_best_partners_and_those_selected_of_the_next_each_year(desk):
    visit = ("executive_visit", 12, "company_executive")

    assert visit in asked(desk, "jointventure", grade="jv:a")
    assert visit not in asked(desk, "jointventure", grade="jv:b")
    assert visit in asked(desk, "jointventure", grade="jv:b", executive_selected=True)
    assert visit not in asked(desk, "jointventure", grade="jv:c", executive_selected=True)


@pytest.mark.rule("VS-22")
@pytest.mark.rule("VS-26")
def test_key_accounts_are_spoken_with_by_importance(desk):
    assert {
        ("communication", 1, "key_account_group"),
        ("executive_meeting", 12, "company_executive"),
    } == asked(desk, "keyaccount", is_key=True)
    assert {("communication", 3, "key_account_group")} == asked(desk, "keyaccount")


@pytest.mark.rule("VS-22")
def test_key_accounts_are_spoken_with_on_site_or_from_afar(desk):
    rules = RULEBOOK.of_builtin("keyaccount", "1").sections["visit_rules"].rules

    modes = ["on_site", "video", "telephone", "email", "conference"]
    for rule in rules[:2]:
        assert modes == list(rule.value.modes)
    assert ["on_site", "video"] == list(rules[2].value.modes)


@pytest.mark.rule("VS-28")
@pytest.mark.rule("VS-29")
def test_key_accounts_of_real_estate_are_visited_and_followed_up(desk):
    assert {
        ("return_visit", 3, "key_account_group"),
        ("follow_up", 1, "account_manager"),
    } == asked(desk, "realestate")


LEVELS = {
    ("return_visit", 12, "marketing_centre"),
    ("return_visit", 6, "business_unit_manager"),
    ("return_visit", 3, "marketing_manager"),
    ("return_visit", 3, "project_manager"),
}


@pytest.mark.rule("VS-34")
@pytest.mark.rule("VS-37")
def test_each_level_has_a_plan_of_its_own(desk):
    assert LEVELS == asked(desk, "bu-control")


@pytest.mark.rule("VS-33")
@pytest.mark.parametrize("fact", ["key_project", "communication_necessary"])
def test_the_general_manager_speaks_each_quarter_with_customers_of_key_projects(desk, fact):
    found = asked(desk, "bu-control", **{fact: True})

    assert {("executive_contact", 3, "general_manager")} == found - LEVELS


@pytest.mark.rule("VS-33")
@pytest.mark.parametrize(
    ("there", "visitor"),
    [
        (("general_manager",), "general_manager"),
        (("marketing_director",), "marketing_director"),
        (("general_manager", "marketing_director"), "general_manager"),
    ],
)
def test_the_marketing_director_speaks_with_them_in_the_general_managers_place(
    desk, there, visitor
):
    following(desk, "bu-control")
    for role in {"general_manager", "marketing_director"} - set(there):
        with desk.open() as tx:
            tx.staff.keep(STAFF[role], active=False, superior_id=None, posts=[])

    (visit,) = contacts(desk, of_key_project(desk))

    assert STAFF[visitor] == visit.visitor_id


@pytest.mark.rule("VS-33")
@pytest.mark.parametrize("role", ["general_manager", "marketing_director"])
def test_a_contact_by_either_is_the_one_of_the_quarter(desk, as_, role):
    following(desk, "bu-control")
    customer = of_key_project(desk)
    (visit,) = contacts(desk, customer)
    told = {
        "completed_on": "2026-03-02",
        "mode": "on_site",
        "report": "well",
        "record": {"sections": {"project_progress": "on time", "operation": "well"}},
    }

    assert str(visit.id) in {one["visit_id"] for one in as_(role).get("/v1/visits").json["items"]}
    done = as_(role).post(f"/v1/visits/{visit.id}/completions", told)

    assert "done" == done.json["state"]
    (next_one,) = contacts(desk, customer)
    assert date(2026, 6, 2) == next_one.due_on


def of_key_project(desk):
    """A customer who is entered and has a key project."""
    customer = desk.register()
    enter(desk, customer)
    with desk.open() as tx:
        found = tx.customers.get(customer.id, unit="hq")
        record_project(tx, found, name="Town hall", key_project=True, caller=HQ)
    return customer


def contacts(desk, customer):
    return [one for one in desk.open_visits(customer) if one.activity == "executive_contact"]


@pytest.mark.rule("VS-39")
def test_the_factory_visits_its_customers(desk):
    assert {("visit", 3, "sales_team")} == asked(desk, "factory")


@pytest.mark.rule("VS-40")
def test_everybody_is_followed_up(desk):
    assert {("follow_up", 6, "customer_service_team")} == asked(desk, "crm-generic")


@pytest.mark.rule("VS-41")
def test_a_customer_who_was_lost_is_visited_to_win_him_back(desk):
    lost = ("win_back_visit", 3, "customer_service_team")
    assert {lost} == asked(desk, "crm-generic", lost=True)

    desk.follow(SHOP, "crm-generic", "generic")
    customer = desk.register()
    flag(desk, customer, lost=True)

    assert {("win_back_visit", "customer_service_team"): "2026-06-02"} == due(desk, customer)


@pytest.mark.rule("VS-17")
@pytest.mark.rule("VS-18")
def test_flags_move_the_visits_of_a_partner_at_once(desk):
    following(desk, "jointventure")
    customer = desk.register()
    grade(desk, customer, "jv:b")
    partner, executive = (
        ("partner_visit", "contracting_unit"),
        ("executive_visit", "company_executive"),
    )
    assert {partner: "2026-05-02"} == due(desk, customer)

    flag(desk, customer, out_of_town=True, executive_selected=True)

    assert {partner: "2026-09-02", executive: "2027-03-02"} == due(desk, customer)


def test_a_firm_of_its_own_visits_by_its_own_schemes_and_rules(desk):
    document = read_yaml(TEA_HOUSE.read_bytes(), source=TEA_HOUSE.name)
    desk.do(add_pack, document, RULEBOOK)
    following(desk, "tea-house")
    customer = desk.register()

    grade(desk, customer, "tea:gold")

    assert {
        ("tasting", "sales_team"): "2026-04-02",
        ("owner_call", "general_manager"): "2026-09-02",
        ("festival_call", "sales_team"): "2026-09-18",
    } == due(desk, customer)
