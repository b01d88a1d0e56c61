"""Units: making, renaming, moving."""

import pytest

from dispatch.domain.units import ParentInvalid, RootUnitForeign, UnitExists, UnitKind
from dispatch.use_cases.units import change_unit, define_unit
from shared.org_units import chain
from shared.rules import Invalid, NotFound, UnitUnknown


def make(tx, cast, unit, parent="region-north", kind=UnitKind.SHOP, by=None):
    return define_unit(tx, unit=unit, parent=parent, kind=kind, name="New", caller=by or cast.hr)


def test_a_new_unit_is_told_to_the_others(opened, cast, told, session):
    with opened() as tx:
        make(tx, cast, "shop-05")

    assert told()[-1] == (
        "dispatch.org_unit_changed.v1",
        {
            "unit": "shop-05",
            "parent": "region-north",
            "kind": "shop",
            "name": "New",
            "calendar": None,
        },
    )
    assert chain(session, "shop-05") == ["shop-05", "region-north", "sales-centre", "hq"]


def test_a_code_is_given_once_also_where_the_caller_cannot_see(opened, cast):
    north = cast.asker(1, "region-north", "hr_administrator")
    with opened() as tx, pytest.raises(UnitExists):
        make(tx, cast, "shop-03", by=north)


@pytest.mark.rule("XC-06")
@pytest.mark.parametrize("parent", ["nowhere", "region-south"])
def test_one_makes_units_only_below_ones_own(opened, cast, parent):
    north = cast.asker(1, "region-north", "hr_administrator")
    with opened() as tx, pytest.raises(UnitUnknown):
        make(tx, cast, "shop-05", parent, by=north)


def test_a_company_is_made_by_its_own_people_alone(opened, cast):
    with opened() as tx, pytest.raises(RootUnitForeign):
        make(tx, cast, "rival", None, UnitKind.COMPANY)
    founder = cast.asker(1, "rival", "hr_administrator")
    with opened() as tx:
        made = make(tx, cast, "rival", None, UnitKind.COMPANY, by=founder)

    assert made.parent is None


@pytest.mark.parametrize(
    ("parent", "kind"), [(None, UnitKind.DEPARTMENT), ("hq", UnitKind.COMPANY)]
)
def test_only_a_company_stands_at_the_top(opened, cast, parent, kind):
    founder = cast.asker(1, "hq" if parent else "x", "hr_administrator")
    with opened() as tx, pytest.raises(ParentInvalid):
        make(tx, cast, "x", parent, kind, by=founder)


def test_what_moves_takes_along_what_is_below(opened, cast, session):
    with opened() as tx:
        unit = tx.units.get("region-north", seen_from="hq")
        change_unit(tx, unit, fresh={"parent": "admin-centre"}, caller=cast.hr)

    assert chain(session, "shop-01") == ["shop-01", "region-north", "admin-centre", "hq"]
    assert unit.version == 2


def test_a_unit_cannot_move_below_itself(opened, cast):
    with opened() as tx:
        make(tx, cast, "district", "region-north", UnitKind.DEPARTMENT)
        unit = tx.units.get("region-north", seen_from="hq")
    with opened() as tx, pytest.raises(Invalid) as refused:
        change_unit(tx, unit, fresh={"parent": "district"}, caller=cast.hr)

    assert refused.value.extra["errors"] == {"parent": ["is below it"]}


def test_a_change_that_changes_nothing_is_not_told(opened, cast, told):
    before = len(told())
    with opened() as tx:
        unit = tx.units.get("shop-01", seen_from="hq")
        change_unit(tx, unit, fresh={"name": "shop-01"}, caller=cast.hr)

    assert before == len(told())


@pytest.mark.parametrize("unit", ["shop-03", "hq", "nowhere"])
def test_a_foreign_unit_looks_like_none(opened, cast, unit):
    with opened() as tx, pytest.raises(NotFound) as refused:
        tx.units.get(unit, seen_from="region-north")

    assert refused.value.detail == "There is no such unit, or none that you may see."


@pytest.mark.rule("XC-06")
@pytest.mark.parametrize("kind", [kind for kind in UnitKind if kind is not UnitKind.COMPANY])
def test_nothing_stands_below_a_shop(opened, cast, kind):
    with opened() as tx:
        with pytest.raises(ParentInvalid):
            make(tx, cast, "corner", "shop-01", kind)
        made = make(tx, cast, "corner", "hq", kind)
        with pytest.raises(ParentInvalid):
            change_unit(tx, made, fresh={"parent": "shop-01"}, caller=cast.hr)


@pytest.mark.rule("XC-06")
@pytest.mark.parametrize(
    ("kind", "parent", "stands"),
    [
        (UnitKind.DIVISION, "hq", True),
        (UnitKind.DIVISION, "sales-centre", True),
        (UnitKind.DIVISION, "region-north", False),
        (UnitKind.DEPARTMENT, "hq", True),
        (UnitKind.DEPARTMENT, "sales-centre", True),
        (UnitKind.DEPARTMENT, "region-north", True),
        (UnitKind.SHOP, "hq", True),
        (UnitKind.SHOP, "sales-centre", True),
        (UnitKind.SHOP, "region-north", True),
    ],
)
def test_divisions_are_above_departments_and_these_above_shops(opened, cast, kind, parent, stands):
    with opened() as tx:
        if stands:
            assert make(tx, cast, "fresh", parent, kind).parent == parent
        else:
            with pytest.raises(ParentInvalid):
                make(tx, cast, "fresh", parent, kind)
