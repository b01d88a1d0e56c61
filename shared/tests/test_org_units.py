from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from shared import org_units
from shared.rules import Invalid, UnitUnknown
from shared.tables import org_units as table
from shared.testing import CALENDAR, define_company, memory


@pytest.fixture
def session() -> Iterator[Session]:
    sessions = memory()
    with sessions() as opened:
        yield opened
    sessions.kw["bind"].dispose()


@pytest.fixture
def company(session: Session) -> Session:
    define_company(session)
    return session


def define(session: Session, unit: str, parent: str | None, calendar: Any = None) -> None:
    org_units.define(
        session, unit=unit, parent=parent, kind="department", name=unit, calendar=calendar
    )


def paths(session: Session) -> dict[str, str]:
    return {row.unit: row.path for row in session.execute(select(table))}


def test_a_unit_knows_its_way_to_the_top(company: Session) -> None:
    assert org_units.chain(company, "shop-01") == ["shop-01", "region-north", "sales-centre", "hq"]
    assert paths(company)["shop-01"] == "hq/sales-centre/region-north/shop-01/"


def test_an_unknown_unit_is_refused(company: Session) -> None:
    for ask in (org_units.require, org_units.chain, org_units.calendar_of):
        with pytest.raises(UnitUnknown) as refused:
            ask(company, "nowhere")
        assert (refused.value.code, refused.value.status) == ("unit_unknown", 422)
    org_units.require(company, "shop-01")


def test_a_unit_that_moves_takes_everything_below_along(company: Session) -> None:
    define(company, "region-north", "admin-centre")
    moved = paths(company)
    assert moved["shop-01"] == "hq/admin-centre/region-north/shop-01/"
    assert moved["shop-03"] == "hq/sales-centre/region-south/shop-03/"


def test_a_unit_is_changed_and_not_made_twice(company: Session) -> None:
    org_units.define(
        company, unit="shop-01", parent="region-north", kind="shop", name="Lotus", calendar=None
    )
    names = company.scalars(select(table.c.name).where(table.c.unit == "shop-01")).all()
    assert names == ["Lotus"]


@pytest.mark.parametrize("below", ["hq", "sales-centre", "region-north", "shop-01"])
def test_a_unit_cannot_be_above_itself(company: Session, below: str) -> None:
    before = paths(company)
    with pytest.raises(Invalid) as refused:
        define(company, "hq", below)
    assert list(refused.value.extra["errors"]) == ["parent"]
    assert paths(company) == before


@pytest.mark.parametrize("code", ["", "a/b", "a b", "-a", "a" * 61, "%", "店", "a\n"])
def test_a_code_that_would_spoil_a_path_is_refused(session: Session, code: str) -> None:
    with pytest.raises(Invalid):
        define(session, code, None)
    with pytest.raises(Invalid):
        define(session, "below", code)


def test_a_tree_that_is_too_deep_is_refused(session: Session) -> None:
    levels = [f"u{depth}".ljust(59, "x") for depth in range(11)]
    for parent, unit in zip([None, *levels], levels[:10], strict=False):
        define(session, unit, parent)
    assert len(paths(session)[levels[9]]) == 600
    with pytest.raises(Invalid) as refused:
        define(session, levels[10], levels[9])
    assert list(refused.value.extra["errors"]) == ["parent"]


@given(st.permutations(["hq", "centre", "region", "shop"]))
def test_units_may_be_told_in_any_order(order: list[str]) -> None:
    parents = {"hq": None, "centre": "hq", "region": "centre", "shop": "region"}
    sessions = memory()
    with sessions() as session:
        for unit in order:
            define(session, unit, parents[unit])
        assert org_units.chain(session, "shop") == ["shop", "region", "centre", "hq"]
    sessions.kw["bind"].dispose()


def test_a_circle_of_units_told_bottom_up_is_refused(session: Session) -> None:
    define(session, "a", "b")
    define(session, "b", "c")
    with pytest.raises(Invalid):
        define(session, "c", "a")


def test_the_nearest_calendar_above_holds(company: Session) -> None:
    own = {**CALENDAR, "zone": "Asia/Urumqi"}
    define(company, "region-north", "sales-centre", own)
    zones = {unit: org_units.calendar_of(company, unit).zone for unit in ("shop-01", "shop-03")}
    assert zones == {"shop-01": "Asia/Urumqi", "shop-03": "Asia/Shanghai"}


def test_the_same_calendar_comes_back(company: Session) -> None:
    shops = [org_units.calendar_of(company, unit) for unit in ("shop-01", "shop-03")]
    assert shops[0] is shops[1]


def test_a_unit_without_any_calendar_is_told_so(session: Session) -> None:
    define(session, "alone", None)
    with pytest.raises(org_units.CalendarMissing) as refused:
        org_units.calendar_of(session, "alone")
    assert (refused.value.code, refused.value.status) == ("calendar_missing", 422)


def test_what_a_savepoint_defined_and_undid_is_forgotten(company: Session) -> None:
    savepoint = company.begin_nested()
    define(company, "shop-01", "region-south")
    assert "region-south" in org_units.chain(company, "shop-01")
    savepoint.rollback()
    assert "region-north" in org_units.chain(company, "shop-01")


def selects(session: Session) -> list[str]:
    """The queries that are sent from now on."""
    sent: list[str] = []

    def note(*call: Any) -> None:
        if call[2].startswith(("SELECT", "WITH")):
            sent.append(call[2])

    event.listen(session.get_bind(), "before_cursor_execute", note)
    return sent


def test_a_unit_is_looked_up_once_in_a_transaction_and_anew_in_the_next(company: Session) -> None:
    company.commit()
    asked = selects(company)
    for _ in range(3):
        org_units.calendar_of(company, "shop-01")
    assert 1 == len(asked)
    company.commit()
    org_units.calendar_of(company, "shop-01")
    assert 2 == len(asked)
