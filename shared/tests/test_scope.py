from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, insert, literal, select
from sqlalchemy.orm import Session

from shared import org_units
from shared.scope import covers, may_see, visible_units, within
from shared.tables import number_series
from shared.testing import UNITS, define_company, memory

CODES = [unit for unit, _, _ in UNITS]
PARENTS = {unit: parent for unit, parent, _ in UNITS}


def above(unit: str) -> list[str]:
    """The unit and those above it, by the definition of the sample company."""
    parent = PARENTS[unit]
    return [unit, *above(parent)] if parent else [unit]


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """One row for each unit, in a table that only has to have a column of that type."""
    sessions = memory()
    with sessions() as opened:
        define_company(opened)
        opened.execute(insert(number_series), [{"series": code, "last": 1} for code in CODES])
        yield opened
    sessions.kw["bind"].dispose()


@pytest.mark.parametrize("unit", CODES)
def test_a_person_sees_his_unit_and_those_below(session: Session, unit: str) -> None:
    expected = sorted(code for code in CODES if unit in above(code))
    assert sorted(session.scalars(visible_units(unit))) == expected


@given(own=st.sampled_from(CODES), asked=st.sampled_from(CODES))
def test_lists_counts_and_single_questions_agree(session: Session, own: str, asked: str) -> None:
    condition = within(number_series.c.series, own)
    listed = session.scalars(select(number_series.c.series).where(condition)).all()
    counted = session.scalar(select(func.count()).select_from(number_series).where(condition))
    assert counted == len(listed)
    assert (asked in listed) == may_see(session, principal_unit=own, unit=asked)
    assert (asked in listed) == (own in above(asked))


@pytest.mark.parametrize("own", ["nowhere", "", "%", "h_", "HQ", "hq/", "' OR 1=1 --"])
def test_a_person_of_an_unknown_unit_sees_nothing(session: Session, own: str) -> None:
    assert session.scalars(visible_units(own)).all() == []
    assert not may_see(session, principal_unit=own, unit="hq")


def test_a_unit_that_is_told_after_those_below_it_sees_them_from_then_on() -> None:
    sessions = memory()
    with sessions() as session:
        for code, parent, seen in (("shop", "region", False), ("region", None, True)):
            org_units.define(
                session, unit=code, parent=parent, kind="shop", name=code, calendar=None
            )
            assert seen is may_see(session, principal_unit="region", unit="shop")
            assert may_see(session, principal_unit=code, unit=code)
    sessions.kw["bind"].dispose()


def test_units_whose_codes_look_alike_do_not_see_each_other() -> None:
    codes = ["a_b", "axb", "A_B", "a_b2", "a.b"]
    sessions = memory()
    with sessions() as session:
        for code in codes:
            org_units.define(session, unit=code, parent=None, kind="shop", name=code, calendar=None)
        seen = {code: session.scalars(visible_units(code)).all() for code in codes}
    sessions.kw["bind"].dispose()
    assert seen == {code: [code] for code in codes}


@pytest.mark.parametrize("unit", CODES)
def test_a_unit_is_covered_by_itself_and_those_above(session: Session, unit: str) -> None:
    covering = select(number_series.c.series).where(covers(number_series.c.series, literal(unit)))
    assert sorted(session.scalars(covering)) == sorted(above(unit))
