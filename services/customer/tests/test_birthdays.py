"""Which days a contact can be greeted on."""

import pytest

from customer.domain.birthdays import Birthday, BirthdayCalendar, BirthdayImpossible

SOLAR, LUNAR = BirthdayCalendar


@pytest.mark.parametrize(
    ("calendar", "month", "day", "leap_month"),
    [
        (SOLAR, 1, 31, False),
        (SOLAR, 2, 29, False),
        (SOLAR, 12, 31, False),
        (LUNAR, 12, 30, False),
        (LUNAR, 6, 30, True),
    ],
)
def test_a_day_that_some_year_has_is_a_birthday(calendar, month, day, leap_month):
    made = Birthday(calendar=calendar, month=month, day=day, leap_month=leap_month)

    assert (month, day) == (made.month, made.day)


@pytest.mark.parametrize(
    ("calendar", "month", "day", "leap_month", "field"),
    [
        (SOLAR, 2, 30, False, "day"),
        (SOLAR, 4, 31, False, "day"),
        (SOLAR, 1, 0, False, "day"),
        (SOLAR, 13, 1, False, "month"),
        (SOLAR, 0, 1, False, "month"),
        (SOLAR, 2, 1, True, "leap_month"),
        (LUNAR, 1, 31, False, "day"),
        (LUNAR, 13, 1, False, "month"),
    ],
)
def test_a_day_that_no_year_has_is_refused(calendar, month, day, leap_month, field):
    with pytest.raises(BirthdayImpossible) as refused:
        Birthday(calendar=calendar, month=month, day=day, leap_month=leap_month)

    assert [field] == list(refused.value.extra["errors"]["birthday"])
