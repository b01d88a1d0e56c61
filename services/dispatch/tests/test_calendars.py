"""Calendars: from what a unit asks for to the dates it works on."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from dispatch.adapters.national_holidays import national_days
from dispatch.consumers import TIMERS
from dispatch.domain.calendars import CalendarInvalid, CalendarPlan, next_renewal, resolve
from dispatch.use_cases.calendars import RENEWAL, set_calendar
from shared.org_units import calendar_of
from shared.subscriptions import Fired
from shared.tables import timers
from shared.testing import WEEK
from shared.working_time import end_of_working_day

PLAN = CalendarPlan(zone="Asia/Shanghai", week=WEEK, national="CN", holidays={}, workdays={})
YEARS = (2025, 2026, 2027)


@pytest.mark.rule("XC-02")
def test_received_on_the_friday_before_a_make_up_saturday_one_is_due_on_the_saturday(
    opened, cast, now
):
    with opened() as tx:
        due = end_of_working_day(calendar_of(tx.session, "shop-01"), now, 1)

    assert due.at == datetime(2026, 2, 14, 10, tzinfo=UTC)  # 18:00 in Shanghai
    assert due.provisional is False


@pytest.mark.rule("XC-02")
def test_only_years_with_a_table_of_make_up_days_are_published():
    found = national_days("CN", YEARS)

    assert found.published == frozenset({2025, 2026})
    assert date(2026, 2, 14) in found.workdays
    assert found.holidays[date(2026, 2, 17)] == "Chinese New Year (Spring Festival)"
    assert {day.year for day in found.holidays} == set(YEARS)


def test_without_a_nation_no_table_is_waited_for():
    calendar = resolve(replace(PLAN, national=None), national_days(None, YEARS))

    assert calendar.published == frozenset(YEARS)
    assert not calendar.holidays


def test_a_day_of_ones_own_wins_over_the_nations():
    plan = replace(
        PLAN,
        holidays={"2026-02-14": "Stocktaking"},
        workdays={"2026-02-17": [["10:00", "12:00"]]},
    )
    calendar = resolve(plan, national_days("CN", YEARS))

    assert not calendar.windows_on(date(2026, 2, 14))
    assert [w.opens.hour for w in calendar.windows_on(date(2026, 2, 17))] == [10]


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"week": {}}, "week"),
        ({"week": {"0": [["09:00", "25:00"]]}}, "week.0.0.1"),
        ({"week": {"0": [["09:00", "12:00"], ["11:00", "13:00"]]}}, "week.0"),
        ({"holidays": {"2026-02-30": "Never"}}, "holidays.2026-02-30"),
        ({"workdays": {"2026-02-21": []}}, "workdays.2026-02-21"),
    ],
)
def test_a_calendar_that_cannot_work_is_refused_with_the_place_of_the_fault(changed, path):
    with pytest.raises(CalendarInvalid) as refused:
        resolve(replace(PLAN, **changed), national_days(None, YEARS))

    assert [path] == list(refused.value.extra["errors"])


def test_a_new_calendar_is_told_in_dates_and_renewed_at_the_turn_of_the_month(
    opened, cast, told, rows
):
    with opened() as tx:
        set_calendar(tx, tx.units.known("shop-01"), plan=PLAN)
    timer = rows(select(timers).where(timers.c.subject == "org_unit/shop-01"))[0]

    kind, data = told()[-1]
    assert (kind, data["unit"]) == ("dispatch.org_unit_changed.v1", "shop-01")
    assert data["calendar"]["published"] == [2025, 2026]
    assert data["calendar"]["workdays"]["2026-02-14"] is None
    assert (timer.kind, timer.due_at) == (RENEWAL, datetime(2026, 2, 28, 16, tzinfo=UTC))


def test_a_calendar_is_laid_out_for_the_years_to_come_without_being_asked(opened, cast, told):
    fired = Fired(kind=RENEWAL, subject="org_unit/hq", due_at=None, data={"unit": "hq"})
    before = len(told())
    with opened(later=timedelta(days=20)) as tx:
        TIMERS[RENEWAL](tx, fired)
    assert before == len(told())

    with opened(later=timedelta(days=330)) as tx:
        TIMERS[RENEWAL](tx, fired)

    _, data = told()[-1]
    assert data["unit"] == "hq"
    assert {day[:4] for day in data["calendar"]["holidays"]} == {"2026", "2027", "2028"}


@pytest.mark.parametrize(
    ("now", "renewed"),
    [
        (datetime(2026, 2, 28, 15, 59, tzinfo=UTC), datetime(2026, 2, 28, 16, tzinfo=UTC)),
        (datetime(2026, 2, 28, 16, tzinfo=UTC), datetime(2026, 3, 31, 16, tzinfo=UTC)),
        (datetime(2026, 12, 31, 15, tzinfo=UTC), datetime(2026, 12, 31, 16, tzinfo=UTC)),
    ],
)
def test_months_begin_in_local_time(now, renewed):
    assert next_renewal(now, "Asia/Shanghai") == renewed
