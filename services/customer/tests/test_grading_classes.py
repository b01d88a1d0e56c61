"""Industry, length of cooperation and value of purchases (CL-04 to CL-07, CL-36)."""

from datetime import date
from decimal import Decimal

import pytest

from customer.api.policies import SECTIONS
from customer.domain.grading import Purchases
from customer.main import RULEBOOK
from customer.use_cases.classes import tell_purchases
from customer.use_cases.grading import held
from shared.policy import PackFault, parse
from shared.rules import Invalid

from .desk import at
from .river import CUSTOMERS


@pytest.mark.rule("CL-04")
@pytest.mark.parametrize(
    ("industry", "grade"),
    [
        ("manufacturing", "a"),
        (" Finance ", "a"),
        ("services", "b"),
        ("retail", "b"),
        ("fishing", "c"),
        (None, None),
    ],
)
def test_an_industry_that_no_class_names_is_of_the_last_one(desk, industry, grade):
    customer = desk.register(industry=industry)

    assert grade == desk.classes(customer).get("industry")


@pytest.mark.rule("CL-05", "CL-06")
@pytest.mark.parametrize(
    ("since", "grade"),
    [
        (date(2020, 3, 2), "long"),
        (date(2021, 3, 1), "long"),
        (date(2021, 3, 2), "mid"),
        (date(2024, 3, 2), "mid"),
        (date(2024, 3, 3), "short"),
        (date(2026, 3, 2), "short"),
        (None, None),
    ],
)
def test_exactly_five_years_are_not_long_and_exactly_two_are_not_short(desk, since, grade):
    customer = desk.register(since=since)

    assert grade == desk.classes(customer).get("tenure")


@pytest.mark.rule("CL-07")
def test_time_alone_changes_the_class_of_tenure_on_its_day(desk):
    customer = desk.register(since=date(2024, 5, 31))
    timer = ("grade.recount", f"customer/{customer.id}")
    assert at(2026, 5, 31) == desk.timers()[timer]

    assert "grade.recount" == desk.fire()
    assert "mid" == desk.classes(customer)["tenure"]
    assert at(2029, 6, 1) == desk.timers()[timer]

    desk.fire()
    assert "long" == desk.classes(customer)["tenure"]
    assert {} == desk.timers()
    told = [(one["scheme"], one["old"], one["new"]) for one in desk.told("class_changed")]
    assert told == [
        ("tenure", None, "short"),
        ("tenure", "short", "mid"),
        ("tenure", "mid", "long"),
    ]


@pytest.mark.rule("CL-07")
def test_the_classes_hold_side_by_side_and_each_changes_alone(desk):
    customer = desk.register(annual_amount=Decimal(500), industry="finance", since=date(2015, 1, 1))
    assert {"size": "large", "industry": "a", "tenure": "long"} == desk.classes(customer)

    desk.change(customer, industry="retail")
    desk.change(customer, since=None)

    assert {"size": "large", "industry": "b"} == desk.classes(customer)
    told = [(one["scheme"], one["old"], one["new"]) for one in desk.told("class_changed")][3:]
    assert [("industry", "a", "b"), ("tenure", "long", None)] == told


@pytest.mark.rule("CL-07")
def test_the_schemes_of_the_pack_name_the_grades_that_are_worked_out():
    rules = RULEBOOK.of_builtin("generic", "1").sections["grade_schemes"].rules
    found = {rule.value.scheme: [one.code for one in rule.value.values] for rule in rules}

    assert found == {
        "size": ["large", "medium", "small"],
        "industry": ["a", "b", "c"],
        "tenure": ["long", "mid", "short"],
    }
    titles = {rule.value.scheme: rule.value.title for rule in rules}
    assert titles == {
        "size": "Size by annual amount",
        "industry": "Class of industry",
        "tenure": "Length of cooperation",
    }


def test_classes_go_with_the_customer_to_another_unit(desk):
    customer = desk.register(annual_amount=Decimal(500), industry="finance")

    desk.change(customer, org_unit="shop-03")

    with desk.open() as tx:
        assert {"shop-03"} == {one.unit for one in tx.grades.of(customer.id)}
        assert {"size:large", "industry:a"} == held(tx, customer, unit="region-south")
    assert 2 == len(desk.told("class_changed"))


@pytest.mark.rule("CL-36")
@pytest.mark.parametrize(
    ("amount", "frequency", "last_on", "grade"),
    [
        (100, 6, date(2025, 12, 2), "high"),
        (99, 6, date(2026, 3, 2), "potential"),
        (100, 5, date(2026, 3, 2), "potential"),
        (100, 6, date(2025, 12, 1), "potential"),
        (19, 9, date(2026, 3, 2), "ordinary"),
        (20, 1, date(2026, 3, 2), "ordinary"),
    ],
)
def test_value_takes_amount_frequency_and_recency_together(desk, amount, frequency, last_on, grade):
    desk.follow("hq", "crm-generic", "generic")
    customer = desk.register()

    told(desk, customer, amount, frequency, last_on)

    assert {"value": grade} == desk.classes(customer)


@pytest.mark.rule("CL-36")
def test_a_customer_who_stops_buying_loses_his_value_day_by_day(desk):
    desk.follow("hq", "crm-generic", "generic")
    customer = desk.register()
    told(desk, customer, 100, 6, date(2026, 3, 2))
    assert {"value": "high"} == desk.classes(customer)

    desk.fire()
    assert (at(2026, 6, 1), {"value": "potential"}) == (desk.now, desk.classes(customer))
    desk.fire()
    assert (at(2026, 8, 30), {"value": "ordinary"}) == (desk.now, desk.classes(customer))
    assert [] == [kind for kind, _ in desk.timers() if kind.startswith("grade.")]


@pytest.mark.rule("CL-36")
def test_value_has_three_grades_from_high_to_ordinary():
    rules = RULEBOOK.of_builtin("crm-generic", "1").sections["grade_schemes"].rules
    (scheme,) = (one.value for one in rules if one.rule == "CL-36")

    assert ["high", "potential", "ordinary"] == [one.code for one in scheme.values]
    assert [1, 2, 3] == [one.rank for one in scheme.values]


def test_a_purchase_to_come_is_refused(desk):
    customer = desk.register()

    with pytest.raises(Invalid):
        told(desk, customer, 1, 1, date(2026, 3, 3))


def test_purchases_are_told_over_http_and_classes_asked_for(as_, sales, path, desk):
    desk.follow("hq", "crm-generic", "generic")
    bought = {"amount": "20", "frequency": 2, "last_on": "2026-03-01"}

    shown = sales.post(f"{path}/purchases", bought)

    assert ["c", "large", "long", "potential"] == [one["grade"] for one in shown.json["grades"]]
    for code, count in (("value:potential", 1), ("value:high", 0), ("industry:c", 1)):
        assert count == len(sales.get(f"{CUSTOMERS}?grade={code}").json["items"])
    assert 422 == sales.get(f"{CUSTOMERS}?grade=large").status_code


def told(desk, customer, amount, frequency, last_on):
    with desk.open() as tx:
        found = tx.customers.get(customer.id, unit="hq")
        tell_purchases(tx, found, Purchases(Decimal(amount), frequency, last_on))


@pytest.mark.parametrize(
    ("pack", "section", "index", "value", "path"),
    [
        ("generic", "industry_classes", 1, {"grade": "b", "industries": ["finance"]}, ".1.value"),
        ("generic", "industry_classes", 2, {"grade": "c", "industries": ["fishing"]}, ""),
        ("generic", "tenure", 0, {"grade": "long", "over_years": 1}, ""),
        ("generic", "tenure", 0, {"grade": "mid"}, ""),
        ("crm-generic", "value_classes", 2, {"grade": "ordinary", "orders": 1}, ""),
        ("crm-generic", "value_classes", 1, {"grade": "high"}, ""),
    ],
)
def test_classes_that_cannot_work_are_refused(pack, section, index, value, path):
    document = RULEBOOK.of_builtin(pack, "1").document
    rules = list(document["sections"][section]["rules"])
    rules[index] = {**rules[index], "value": value}
    inside = {**document["sections"], section: {"merge": "replace", "rules": rules}}

    with pytest.raises(PackFault) as refused:
        parse({**document, "sections": inside}, SECTIONS)

    assert refused.value.faults[0].path.startswith(f"sections.{section}.rules{path}")
