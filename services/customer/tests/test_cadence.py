"""On which day a customer is visited next, and when somebody is reminded of it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customer.domain.cadence import add_months, next_due
from customer.domain.reminders import ReminderRule, opening_from, overdue_at, remind_at
from customer.main import RULEBOOK
from shared.testing import CALENDAR
from shared.working_time import Calendar, is_open

SHANGHAI = ZoneInfo("Asia/Shanghai")
COMPANY = Calendar.from_data(CALENDAR)
PACK = RULEBOOK.of_builtin("generic", "1")
RULE = PACK.sections["visit_reminders"].rules[0].value
MONTHS_OF_A_LARGE_ONE = PACK.sections["visit_rules"].rules[0].value.months
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31))


def at_nine(*day):
    """When the company opens."""
    return datetime(*day, 9, tzinfo=SHANGHAI)


@pytest.mark.rule("VS-01")
@pytest.mark.parametrize(
    ("last", "due"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 2, 28), date(2026, 3, 28)),
        (date(2026, 12, 15), date(2027, 1, 15)),
    ],
)
def test_a_month_after_the_31st_of_january_is_the_end_of_february(last, due):
    months = MONTHS_OF_A_LARGE_ONE

    assert due == next_due(last_visit=last, start=last, months=months, today=last)


@given(DAYS, st.integers(1, 60))
def test_months_are_added_without_leaving_the_month_that_is_meant(day, months):
    later = add_months(day, months)

    assert months == (later.year - day.year) * 12 + later.month - day.month
    assert later.day <= day.day
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@given(DAYS, DAYS, st.integers(1, 60))
def test_a_customer_who_was_never_visited_is_due_within_one_interval(start, today, months):
    due = next_due(last_visit=None, start=start, months=months, today=today)

    assert due >= today
    assert due <= add_months(max(start, today), months)
    assert any(due == add_months(start, n * months) for n in range(1, 1300))


def test_a_customer_of_many_years_falls_due_on_his_own_day_of_the_month():
    first = next_due(last_visit=None, start=date(2019, 5, 31), months=1, today=date(2026, 2, 10))
    on_the_day = next_due(last_visit=None, start=date(2019, 5, 31), months=1, today=first)

    assert (date(2026, 2, 28), date(2026, 2, 28)) == (first, on_the_day)


def test_a_due_day_that_has_passed_becomes_today():
    today = date(2026, 3, 2)

    assert today == next_due(
        last_visit=date(2025, 9, 1), start=date(2020, 1, 1), months=1, today=today
    )


@pytest.mark.rule("VS-43")
@pytest.mark.parametrize(
    ("due_on", "reminded"),
    [
        (date(2026, 3, 12), at_nine(2026, 3, 9)),  # Monday before Thursday
        (date(2026, 3, 11), at_nine(2026, 3, 9)),  # Sunday moves to Monday
        (date(2026, 3, 3), at_nine(2026, 2, 28)),  # a Saturday that is worked
        (date(2026, 2, 23), at_nine(2026, 2, 14)),  # nobody works before the due day
    ],
)
def test_the_visitor_is_reminded_when_the_day_opens_and_always_in_time(due_on, reminded):
    assert reminded == remind_at(COMPANY, due_on, RULE)


@pytest.mark.rule("VS-43")
@pytest.mark.parametrize(
    ("due_on", "told"),
    [
        (date(2026, 3, 5), at_nine(2026, 3, 9)),  # Thursday: the Monday after
        (date(2026, 3, 3), at_nine(2026, 3, 9)),  # Saturday moves to Monday
        (date(2026, 2, 11), at_nine(2026, 2, 24)),  # after the Spring Festival
    ],
)
def test_the_supervisor_is_told_when_the_days_of_grace_are_over(due_on, told):
    assert told == overdue_at(COMPANY, due_on, RULE)


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 40), st.integers(0, 40))
def test_a_reminder_comes_in_working_time_before_the_supervisor_hears(due_on, before, after):
    rule = ReminderRule(before, after)

    reminded, told = remind_at(COMPANY, due_on, rule), overdue_at(COMPANY, due_on, rule)

    assert is_open(COMPANY, reminded)
    assert is_open(COMPANY, told)
    assert reminded < told
    assert reminded.astimezone(SHANGHAI).date() <= due_on


def test_a_day_on_which_nobody_works_opens_on_the_next_that_is_worked():
    assert datetime(2026, 2, 24, 9, tzinfo=SHANGHAI) == opening_from(COMPANY, date(2026, 2, 15))
