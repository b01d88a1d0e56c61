"""The size class of a customer (CL-01..CL-03), by the built-in pack and at its boundaries."""

from decimal import Decimal

import pytest

from customer.api.policies import SECTIONS
from customer.domain.grading import SizeBand, SizeClass, faults
from customer.main import RULEBOOK
from shared.policy import PackFault, parse

D = Decimal


def size_and_clause(desk, customer):
    with desk.open() as tx:
        size = tx.grades.computed(customer.id)["size"]
    return size.grade, size.because.rule, size.because.clause


@pytest.mark.rule("CL-01")
@pytest.mark.parametrize("amount", ["500", "500.0001", "123456"])
def test_a_customer_at_or_above_the_large_threshold_is_large(desk, amount):
    customer = desk.register(annual_amount=D(amount))

    assert ("large", "CL-01", "000 S3") == size_and_clause(desk, customer)


@pytest.mark.rule("CL-02")
@pytest.mark.parametrize("amount", ["100", "100.01", "499.9999"])
def test_a_customer_between_the_thresholds_is_medium(desk, amount):
    customer = desk.register(annual_amount=D(amount))

    assert ("medium", "CL-02", "000 S4") == size_and_clause(desk, customer)


@pytest.mark.rule("CL-03")
@pytest.mark.parametrize("amount", ["99.99", "99.9999", "0"])
def test_a_customer_below_the_medium_threshold_is_small(desk, amount):
    customer = desk.register(annual_amount=D(amount))

    assert ("small", "CL-03", "000 S5") == size_and_clause(desk, customer)


def test_a_customer_whose_amount_is_not_known_has_no_class_and_no_visit(desk):
    customer = desk.register()

    assert {} == desk.classes(customer)
    assert [] == desk.open_visits(customer)
    assert ["registered"] == desk.types()


@pytest.mark.rule("CL-07")
def test_a_changed_amount_changes_the_class_and_says_why(desk):
    customer = desk.register(annual_amount=D("499.9999"))
    desk.change(customer, annual_amount=D(500))
    desk.change(customer, annual_amount=D(700))
    desk.change(customer, annual_amount=None)

    told = [(one["old"], one["new"], one["because"]["rule"]) for one in desk.told("class_changed")]
    assert told == [
        (None, "medium", "CL-02"),
        ("medium", "large", "CL-01"),
        ("large", None, "CL-01"),
    ]
    assert [] == desk.open_visits(customer)
    assert ["due_date_changed", "rule_ended"] == [
        one["reason"] for one in desk.told("visit_cancelled")
    ]


def test_an_amount_comes_back_from_the_database_to_the_yuan(desk):
    customer = desk.register(annual_amount=D("99.9999"))

    with desk.open() as tx:
        found = tx.customers.get(customer.id, unit="hq")
    assert D("99.9999") == found.annual_amount


BAND = {
    "large": SizeBand(SizeClass.LARGE, D(500), None),
    "medium": SizeBand(SizeClass.MEDIUM, D(100), D(500)),
    "small": SizeBand(SizeClass.SMALL, D(0), D(100)),
}


@pytest.mark.parametrize(
    ("bands", "positions"),
    [
        ([*BAND.values()], []),
        ([BAND["large"], BAND["small"]], [None]),
        ([BAND["medium"], BAND["small"]], [None]),
        ([BAND["large"], BAND["medium"]], [None]),
        ([BAND["large"], SizeBand(SizeClass.MEDIUM, D(90), D(500)), BAND["small"]], [None]),
        ([BAND["large"], SizeBand(SizeClass.LARGE, D(100), D(500)), BAND["small"]], [1]),
        ([SizeBand(SizeClass.LARGE, D(500), D(400)), BAND["medium"], BAND["small"]], [0, None]),
    ],
)
def test_bands_that_cross_or_leave_a_gap_are_refused(bands, positions):
    assert positions == [position for position, _why in faults(bands)]


@pytest.mark.parametrize(
    ("section", "index", "change", "path"),
    [
        ("size", 1, {"below": 400}, "sections.size.rules"),
        ("size", 0, {"size_class": "medium"}, "sections.size.rules.1.value"),
        ("size", 2, {"at_least": -1}, "sections.size.rules.2.value.at_least"),
        ("visit_rules", 0, {"months": 0}, "sections.visit_rules.rules.0.value.months"),
        ("visit_rules", 1, {"role": "auditor"}, "sections.visit_rules.rules.1.value.role"),
        (
            "visit_reminders",
            0,
            {"remind_days_before": -1},
            "sections.visit_reminders.rules.0.value.remind_days_before",
        ),
    ],
)
def test_a_pack_that_cannot_work_is_refused_with_the_path_of_its_fault(
    section, index, change, path
):
    document = RULEBOOK.of_builtin("generic", "1").document
    rules = list(document["sections"][section]["rules"])
    rules[index] = {**rules[index], "value": {**rules[index]["value"], **change}}
    broken = {
        **document,
        "sections": {
            **document["sections"],
            section: {**document["sections"][section], "rules": rules},
        },
    }

    with pytest.raises(PackFault) as refused:
        parse(broken, SECTIONS)

    assert path == refused.value.faults[0].path
