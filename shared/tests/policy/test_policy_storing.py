"""Packs that an operator adds and activates: immutable, audited, and never half done."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from shared.policy import (
    PackFault,
    PackUnknown,
    PackVersionExists,
    Policies,
    Rulebook,
    Section,
    activate,
    add_pack,
)
from shared.rules import Invalid, UnitUnknown
from shared.tables import audit, pack_activations, policy_packs

ASKED: dict[str, Any] = {"unit": "shop-01", "on": date(2026, 3, 2)}
FEBRUARY = date(2026, 2, 1)
Make = Callable[..., dict[str, Any]]
Start = Callable[..., Any]


def rows(made: Any, table: Any) -> list[Any]:
    with made.sessions() as session:
        return list(session.execute(select(table)))


def test_a_pack_is_stored_as_it_was_given(service: Start, make: Make) -> None:
    made = service(make())
    given = make("retail", "2026.1", date(2026, 4, 1))
    with made.begin(actor="u-7") as tx:
        assert "retail" == add_pack(tx, given, made.rulebook).pack
    (row,) = rows(made, policy_packs)
    assert ("retail", "2026.1", date(2026, 4, 1)) == (row.pack, row.version, row.effective_from)
    assert (given, "u-7") == (row.document, row.created_by)


def test_a_broken_pack_is_not_stored(service: Start, make_contact: Make) -> None:
    made = service(make_contact("p", 24))
    with pytest.raises(PackFault) as refused, made.begin() as tx:
        add_pack(tx, make_contact("p", 0, version="2"), made.rulebook)
    assert "sections.first_contact.rules.0.value.within" == refused.value.extra["path"]
    assert [] == rows(made, policy_packs)


def test_a_version_never_changes(service: Start, make_contact: Make) -> None:
    made = service(make_contact("p", 24))
    with made.begin() as tx:
        add_pack(tx, make_contact("p", 8, version="2"), made.rulebook)
    with pytest.raises(PackVersionExists) as refused, made.begin() as tx:
        add_pack(tx, make_contact("p", 4, version="2"), made.rulebook)
    assert ("pack_version_exists", 409) == (refused.value.code, refused.value.status)
    with made.policies() as policies:
        assert 8 == policies.ruling("first_contact", **ASKED).value.within


def test_a_built_in_version_never_changes(service: Start, make_contact: Make) -> None:
    made = service(make_contact("p", 24))
    with pytest.raises(PackVersionExists), made.begin() as tx:
        add_pack(tx, make_contact("p", 4, version="1"), made.rulebook)
    assert [] == rows(made, policy_packs)


def add_and_think_better(made: Any, pack: dict[str, Any]) -> None:
    with made.begin() as tx:
        add_pack(tx, pack, made.rulebook)
        Policies(made.rulebook, tx.session).ruling("first_contact", **ASKED)
        raise Invalid("thought better of it")


def test_what_a_rolled_back_pack_said_is_forgotten(service: Start, make_contact: Make) -> None:
    made = service(make_contact("p", 24))
    with pytest.raises(Invalid, match="thought better"):
        add_and_think_better(made, make_contact("p", 1, version="2"))
    with made.begin() as tx:
        add_pack(tx, make_contact("p", 2, version="2"), made.rulebook)
    with made.policies() as policies:
        assert 2 == policies.ruling("first_contact", **ASKED).value.within


def test_a_stored_pack_that_no_longer_fits_the_service_is_told_of(
    service: Start, make_contact: Make
) -> None:
    made = service(make_contact("p", 24))
    with made.begin() as tx:
        add_pack(tx, make_contact("p", 8, version="2"), made.rulebook)
    schema = made.rulebook.sections["first_contact"].schema
    unordered = {"first_contact": Section(schema=schema)}
    made.rulebook = Rulebook(unordered, made.rulebook.builtin, made.rulebook.default)
    with made.policies() as policies, pytest.raises(PackFault) as refused:
        policies.ruling("first_contact", **ASKED)
    assert "sections.first_contact.merge" == refused.value.extra["path"]


@pytest.mark.rule("XC-11")
def test_who_added_and_activated_a_pack_is_on_record(service: Start, make_contact: Make) -> None:
    made = service(make_contact("p", 24))
    with made.begin(actor="u-7") as tx:
        add_pack(tx, make_contact("q", 8, effective_from=FEBRUARY), made.rulebook)
        activate(tx, "region-north", ["q", "p"], FEBRUARY, rulebook=made.rulebook)
    assert [
        ("u-7", "policy.pack_added", "policy/q/1", {"effective_from": "2026-02-01"}),
        (
            "u-7",
            "policy.packs_activated",
            "unit/region-north",
            {"packs": ["q", "p"], "effective_from": "2026-02-01"},
        ),
    ] == [(row.actor, row.action, row.subject, row.detail) for row in rows(made, audit)]


@pytest.mark.parametrize(
    ("packs", "effective_from"),
    [(["nowhere"], FEBRUARY), (["p", "nowhere"], FEBRUARY), (["p"], date(2025, 12, 31))],
)
def test_a_pack_that_is_not_in_force_cannot_be_followed(
    service: Start, make_contact: Make, packs: list[str], effective_from: date
) -> None:
    made = service(make_contact("p", 24))
    with pytest.raises(PackUnknown) as refused, made.begin() as tx:
        activate(tx, "hq", packs, effective_from, rulebook=made.rulebook)
    assert ("pack_unknown", 422) == (refused.value.code, refused.value.status)
    assert [] == rows(made, pack_activations)


def test_a_stored_pack_can_be_followed_from_its_first_day(
    service: Start, make_contact: Make
) -> None:
    made = service(make_contact("p", 24))
    with made.begin() as tx:
        add_pack(tx, make_contact("q", 8, effective_from=FEBRUARY), made.rulebook)
        activate(tx, "hq", ["q"], FEBRUARY, rulebook=made.rulebook)
    assert [["q"]] == [row.packs for row in rows(made, pack_activations)]


def test_a_pack_cannot_be_named_twice(service: Start, make_contact: Make) -> None:
    made = service(make_contact("p", 24))
    with pytest.raises(Invalid, match="named twice"), made.begin() as tx:
        activate(tx, "hq", ["p", "p"], FEBRUARY, rulebook=made.rulebook)


def test_an_unknown_unit_cannot_follow_a_pack(service: Start, make_contact: Make) -> None:
    made = service(make_contact("p", 24))
    with pytest.raises(UnitUnknown), made.begin() as tx:
        activate(tx, "shop-99", ["p"], FEBRUARY, rulebook=made.rulebook)


def test_a_second_activation_for_the_same_day_replaces_the_first(
    service: Start, make_contact: Make
) -> None:
    made = service(make_contact("p", 24), make_contact("q", 8))
    for packs in (["p"], ["q", "p"]):
        with made.begin() as tx:
            activate(tx, "hq", packs, FEBRUARY, rulebook=made.rulebook)
    assert [["q", "p"]] == [row.packs for row in rows(made, pack_activations)]
