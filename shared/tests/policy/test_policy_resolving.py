"""Which rule holds: merge modes, facts, effective dates and units."""

from collections.abc import Callable
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any

import pytest

from shared.policy import PolicyMissing, Rulebook, activate, add_pack
from shared.rules import Because, UnitUnknown

DAY = date(2026, 3, 2)
ASKED: dict[str, Any] = {"unit": "shop-01", "on": DAY}
Make = Callable[..., dict[str, Any]]
Start = Callable[..., Any]


class Level(IntEnum):
    TWO = 2


class Customer(StrEnum):
    VIP = "vip"


def hours(rulings: list[Any]) -> list[tuple[str, int]]:
    return [(ruling.because.pack, ruling.value.within) for ruling in rulings]


@pytest.mark.parametrize(
    ("merge", "all_that_hold"),
    [
        ("replace", [("first", 24), ("first", 8)]),
        ("strictest", [("second", 4), ("first", 8), ("first", 24), ("second", 48)]),
        ("additive", [("first", 24), ("first", 8), ("second", 48), ("second", 4)]),
    ],
)
def test_packs_come_together_by_the_merge_mode(
    service: Start, make_contact: Make, merge: str, all_that_hold: list[tuple[str, int]]
) -> None:
    made = service(
        make_contact("first", 24, 8, merge=merge), make_contact("second", 48, 4, merge=merge)
    )
    with made.policies() as policies:
        assert all_that_hold == hours(policies.rulings("first_contact", **ASKED))
        assert all_that_hold[:1] == hours([policies.ruling("first_contact", **ASKED)])


def test_the_highest_pack_that_has_the_section_says_how_to_merge(
    service: Start, make_contact: Make, make: Make
) -> None:
    bands = ("replace", [{"rule": "CL-01", "clause": "1", "value": {"medium": 1, "large": 2}}])
    made = service(
        make("other", bands=bands),
        make_contact("first", 24, merge="replace"),
        make_contact("second", 8, merge="strictest"),
    )
    with made.policies() as policies:
        assert [("first", 24)] == hours(policies.rulings("first_contact", **ASKED))


def test_equal_strictness_goes_to_the_pack_of_higher_rank(
    service: Start, make_contact: Make
) -> None:
    made = service(make_contact("b", 8), make_contact("a", 8), default=("b", "a"))
    with made.policies() as policies:
        assert "b" == policies.ruling("first_contact", **ASKED).because.pack


def test_replace_goes_on_to_the_next_pack_when_none_of_the_first_matches(
    service: Start, make: Make, make_rule: Make
) -> None:
    one = make_rule({"within": 1, "unit": "hour"}, level=1)
    any_level = make_rule({"within": 9, "unit": "hour"})
    made = service(
        make("first", first_contact=("replace", [one])),
        make("second", first_contact=("replace", [any_level])),
    )
    with made.policies() as policies:
        assert [("first", 1)] == hours(policies.rulings("first_contact", **ASKED, level=1))
        assert [("second", 9)] == hours(policies.rulings("first_contact", **ASKED, level=2))


@pytest.mark.parametrize(
    ("merge", "months"),
    [
        ("strictest", [("first", "sales", 1), ("second", "executive", 3), ("first", "team", 6)]),
        ("replace", [("first", "sales", 3), ("first", "team", 6), ("second", "executive", 3)]),
    ],
)
def test_values_of_different_keys_do_not_compete(
    service: Start, make: Make, merge: str, months: list[tuple[str, str, int]]
) -> None:
    def visits(*pairs: tuple[str, int]) -> tuple[str, list[dict[str, Any]]]:
        values = [{"activity": "visit", "actor": actor, "months": each} for actor, each in pairs]
        return merge, [{"rule": "VS-04", "clause": "3", "value": value} for value in values]

    first = [("sales", 3), ("team", 6)] + ([("sales", 1)] if merge == "strictest" else [])
    made = service(
        make("first", visits=visits(*first)),
        make("second", visits=visits(("sales", 2), ("executive", 3))),
    )
    with made.policies() as policies:
        assert months == [
            (ruling.because.pack, ruling.value.actor, ruling.value.months)
            for ruling in policies.rulings("visits", **ASKED)
        ]


@pytest.mark.parametrize(
    ("facts", "holds"),
    [
        ({}, False),
        ({"level": 2}, False),
        ({"level": None, "customer_class": "vip"}, False),
        ({"level": 4, "customer_class": "vip"}, False),
        ({"level": 2, "customer_class": "ordinary"}, False),
        ({"level": 2, "customer_class": "vip"}, True),
        ({"level": 2, "customer_class": "vip", "urgent": True}, True),
        ({"level": "2", "customer_class": "vip"}, True),
        ({"level": Level.TWO, "customer_class": Customer.VIP}, True),
        ({"level": 2, "customer_class": {"ordinary", "vip"}}, True),
        ({"level": 2, "customer_class": set()}, False),
    ],
)
def test_a_rule_holds_when_every_fact_it_names_is_given(
    service: Start, make: Make, make_rule: Make, facts: dict[str, Any], holds: bool
) -> None:
    only = make_rule({"within": 1, "unit": "hour"}, level=[1, 2, 3], customer_class="vip")
    made = service(make(first_contact=("additive", [only])))
    with made.policies() as policies:
        assert holds == bool(policies.rulings("first_contact", **ASKED, **facts))


@pytest.mark.parametrize(("urgent", "within"), [(True, 1), (False, 2)])
def test_true_and_false_are_facts_too(
    service: Start, make: Make, make_rule: Make, urgent: bool, within: int
) -> None:
    rules = [
        make_rule({"within": 1, "unit": "hour"}, urgent=True),
        make_rule({"within": 2, "unit": "hour"}, urgent=False),
    ]
    made = service(make(first_contact=("replace", rules)))
    with made.policies() as policies:
        assert within == policies.ruling("first_contact", **ASKED, urgent=urgent).value.within
        text = str(urgent).lower()
        assert within == policies.ruling("first_contact", **ASKED, urgent=text).value.within


def test_a_ruling_says_which_pack_version_clause_and_rule_decided(
    service: Start, make: Make
) -> None:
    made = service(make("franchise", "1"))
    with made.policies() as policies:
        ruling = policies.ruling("first_contact", **ASKED, level=3)
    assert Because(pack="franchise", version="1", clause="5.1.1", rule="CP-17") == ruling.because


def test_no_rule_that_holds_is_told_by_a_code(service: Start, make: Make) -> None:
    made = service(make())
    with made.policies() as policies:
        assert [] == policies.rulings("first_contact", **ASKED, level=4)
        assert [] == policies.rulings("bands", **ASKED)
        with pytest.raises(PolicyMissing) as missing:
            policies.ruling("first_contact", **ASKED, level=4)
    assert ("policy_missing", 422) == (missing.value.code, missing.value.status)
    told = {"section": "first_contact", "unit": "shop-01", "on": "2026-03-02"}
    assert told == missing.value.extra


def test_what_the_service_has_not_declared_cannot_be_asked(service: Start, make: Make) -> None:
    with service(make()).policies() as policies:
        with pytest.raises(KeyError, match="refunds"):
            policies.rulings("refunds", **ASKED)
        with pytest.raises(ValueError, match=r"first_contact knows no facts \['levle'\]"):
            policies.rulings("first_contact", **ASKED, levle=1)


def test_an_unknown_unit_has_no_rules(service: Start, make: Make) -> None:
    with service(make()).policies() as policies, pytest.raises(UnitUnknown):
        policies.ruling("first_contact", unit="shop-99", on=DAY, level=1)


@pytest.mark.rule("XC-11")
@pytest.mark.parametrize(
    ("on", "version", "within"),
    [
        (date(2026, 1, 1), "1", 24),
        (date(2026, 5, 31), "1", 24),
        (date(2026, 6, 1), "2", 8),
        (date(2027, 1, 1), "2", 8),
    ],
)
def test_the_version_in_force_on_the_day_decides(
    service: Start, make_contact: Make, on: date, version: str, within: int
) -> None:
    made = service(
        make_contact("p", 8, version="2", effective_from=date(2026, 6, 1)),
        make_contact("p", 24, version="1", effective_from=date(2026, 1, 1)),
    )
    with made.policies() as policies:
        ruling = policies.ruling("first_contact", unit="hq", on=on)
        assert (version, within) == (ruling.because.version, ruling.value.within)


def test_before_a_pack_is_in_force_it_says_nothing(service: Start, make_contact: Make) -> None:
    made = service(make_contact("p", 24))
    with made.policies() as policies:
        assert [] == policies.rulings("first_contact", unit="hq", on=date(2025, 12, 31))
        assert 1 == len(policies.rulings("first_contact", unit="hq", on=date(2026, 1, 1)))


def test_a_stored_version_takes_over_from_the_built_in_one(
    service: Start, make_contact: Make
) -> None:
    made = service(make_contact("p", 24))
    stored = make_contact("p", 4, version="2", effective_from=date(2026, 4, 1))
    with made.begin() as tx:
        add_pack(tx, stored, made.rulebook)
    with made.policies() as policies:
        before = policies.ruling("first_contact", unit="hq", on=date(2026, 3, 31))
        after = policies.ruling("first_contact", unit="hq", on=date(2026, 4, 1))
    assert [("1", 24), ("2", 4)] == [(r.because.version, r.value.within) for r in (before, after)]


def test_of_two_versions_for_one_day_the_one_added_last_is_in_force(
    service: Start, make_contact: Make
) -> None:
    made = service(make_contact("p", 24))
    for version, within in (("9", 9), ("10", 10), ("2", 2)):
        with made.begin() as tx:
            add_pack(tx, make_contact("p", within, version=version), made.rulebook)
        with made.policies() as policies:
            assert version == policies.ruling("first_contact", **ASKED).because.version


def test_a_unit_follows_itself_then_the_nearest_unit_above_then_the_default(
    service: Start, make_contact: Make
) -> None:
    packs = ("default", "company", "region", "shop")
    made = service(
        *(make_contact(pack, 1 + place) for place, pack in enumerate(packs)), default=("default",)
    )
    asked = {"north shop": "shop-01", "other north shop": "shop-02", "south shop": "shop-03"}

    def decided_by() -> dict[str, str]:
        with made.policies() as policies:
            return {
                name: policies.ruling("first_contact", unit=unit, on=DAY).because.pack
                for name, unit in asked.items()
            }

    assert dict.fromkeys(asked, "default") == decided_by()
    for unit, pack in (("hq", "company"), ("region-north", "region"), ("shop-01", "shop")):
        with made.begin() as tx:
            activate(tx, unit, [pack], date(2026, 2, 1), rulebook=made.rulebook)
    assert {
        "north shop": "shop",
        "other north shop": "region",
        "south shop": "company",
    } == decided_by()


def test_an_activation_holds_from_its_day_on(service: Start, make_contact: Make) -> None:
    made = service(make_contact("a", 1), make_contact("b", 2), default=("a",))
    with made.begin() as tx:
        activate(tx, "shop-01", ["b"], date(2026, 3, 10), rulebook=made.rulebook)
        activate(tx, "shop-01", ["a", "b"], date(2026, 3, 20), rulebook=made.rulebook)
        activate(tx, "shop-01", [], date(2026, 3, 30), rulebook=made.rulebook)
        activate(tx, "hq", ["b", "a"], date(2026, 3, 30), rulebook=made.rulebook)
    with made.policies() as policies:
        followed = {
            day: [pack.pack for pack in policies.packs(unit="shop-01", on=date(2026, 3, day))]
            for day in (9, 10, 19, 20, 29, 30)
        }
    assert {
        9: ["a"],
        10: ["b"],
        19: ["b"],
        20: ["a", "b"],
        29: ["a", "b"],
        30: ["b", "a"],
    } == followed


def test_a_followed_pack_that_is_gone_is_not_passed_over(
    service: Start, make_contact: Make
) -> None:
    made = service(make_contact("a", 1), make_contact("b", 2))
    with made.begin() as tx:
        activate(tx, "hq", ["a", "b"], date(2026, 2, 1), rulebook=made.rulebook)
    without = [pack for pack in made.rulebook.builtin if pack.pack != "a"]
    made.rulebook = Rulebook(made.rulebook.sections, tuple(without), ("b",))
    with made.policies() as policies, pytest.raises(PolicyMissing) as missing:
        policies.ruling("first_contact", **ASKED)
    assert {"packs": ["a"]} == missing.value.extra
