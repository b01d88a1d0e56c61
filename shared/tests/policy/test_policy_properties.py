"""What holds of every resolution, whatever the packs say."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.policy import Policies, Rulebook, Section, parse

Packs = list[list[tuple[int, int]]]
Resolve = Callable[[Packs, str, int], list[tuple[str, int]]]

LEVELS = st.integers(1, 3)
PACKS = st.lists(
    st.lists(st.tuples(st.integers(1, 50), LEVELS), min_size=1, max_size=4), min_size=1, max_size=4
)
MERGES = st.sampled_from(["replace", "strictest", "additive"])


@pytest.fixture(scope="module")
def resolve(module_parts: tuple[Any, dict[str, Section], Any, Any]) -> Resolve:
    """Pack and hours of each ruling, where pack ``p<n>`` says hours for levels."""
    session, sections, make, make_rule = module_parts

    def resolved(packs: Packs, merge: str, level: int) -> list[tuple[str, int]]:
        builtin = tuple(
            parse(make(f"p{place}", first_contact=(merge, _rules(rules, make_rule))), sections)
            for place, rules in enumerate(packs)
        )
        rulebook = Rulebook(sections, builtin, tuple(pack.pack for pack in builtin))
        rulings = Policies(rulebook, session).rulings(
            "first_contact", unit="shop-01", on=date(2026, 3, 2), level=level
        )
        return [(ruling.because.pack, ruling.value.within) for ruling in rulings]

    return resolved


def _rules(rules: list[tuple[int, int]], make_rule: Any) -> list[dict[str, Any]]:
    return [make_rule({"within": hours, "unit": "hour"}, level=level) for hours, level in rules]


def matching(packs: Packs, level: int) -> list[tuple[str, int]]:
    """What an additive merge has to give: all that match, in order."""
    return [
        (f"p{place}", hours)
        for place, rules in enumerate(packs)
        for hours, wanted in rules
        if wanted == level
    ]


@settings(max_examples=60, deadline=None)
@given(packs=PACKS, merge=MERGES, level=LEVELS)
def test_the_same_question_gets_the_same_answer(
    resolve: Resolve, packs: Packs, merge: str, level: int
) -> None:
    assert resolve(packs, merge, level) == resolve(packs, merge, level)


@settings(max_examples=60, deadline=None)
@given(packs=PACKS, level=LEVELS)
def test_additive_gives_all_that_match_in_order(resolve: Resolve, packs: Packs, level: int) -> None:
    assert matching(packs, level) == resolve(packs, "additive", level)


@settings(max_examples=60, deadline=None)
@given(packs=PACKS, level=LEVELS)
def test_replace_gives_what_the_first_pack_with_a_match_says(
    resolve: Resolve, packs: Packs, level: int
) -> None:
    held = matching(packs, level)
    assert [one for one in held if one[0] == held[0][0]] == resolve(packs, "replace", level)


@settings(max_examples=60, deadline=None)
@given(packs=PACKS, level=LEVELS)
def test_strictest_gives_all_with_the_minimum_first(
    resolve: Resolve, packs: Packs, level: int
) -> None:
    assert sorted(matching(packs, level), key=lambda one: one[1]) == resolve(
        packs, "strictest", level
    )


@settings(max_examples=60, deadline=None)
@given(packs=PACKS, more=PACKS, level=LEVELS)
def test_one_more_pack_never_makes_the_strictest_rule_milder(
    resolve: Resolve, packs: Packs, more: Packs, level: int
) -> None:
    few, many = resolve(packs, "strictest", level), resolve(packs + more, "strictest", level)
    assert not few or many[0][1] <= few[0][1]
