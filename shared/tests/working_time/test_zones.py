"""Windows over midnight, and clocks that are set forward and back."""

from datetime import date, datetime, time, timedelta

import pytest

from shared.working_time import (
    Calendar,
    Due,
    Window,
    add,
    closing_of,
    elapsed,
    end_of_working_day,
    explain,
    is_open,
    is_working_day,
    next_open,
    same_time_in_working_days,
)

at = datetime.fromisoformat
HOUR = timedelta(hours=1)


def one_window(zone: str, opens: str, closes: str) -> Calendar:
    """Return a calendar with the same window on every day, its holidays known for 2026."""
    window = Window(time.fromisoformat(opens), time.fromisoformat(closes))
    return Calendar(zone, dict.fromkeys(range(7), (window,)), published=frozenset({2026}))


def test_a_window_over_midnight_belongs_to_the_day_on_which_it_opens(
    night_shift: Calendar,
) -> None:
    friday_morning = at("2026-07-10T05:59:59-04:00")
    assert is_open(night_shift, friday_morning)
    assert not is_working_day(night_shift, date(2026, 7, 10))
    assert at("2026-07-10T06:00-04:00") == closing_of(night_shift, date(2026, 7, 9))
    assert at("2026-07-12T22:00-04:00") == next_open(night_shift, at("2026-07-10T06:00-04:00"))


def test_a_holiday_does_not_cut_the_night_that_began_before_it() -> None:
    nights = {day: (Window(time(22), time(6)),) for day in range(7)}
    calendar = Calendar("UTC", nights, holidays={date(2026, 7, 8): "Founding Day"})
    eve = at("2026-07-07T22:00+00:00")
    assert elapsed(calendar, eve, at("2026-07-09T21:00+00:00")) == 8 * HOUR
    assert at("2026-07-09T23:00+00:00") == add(calendar, eve, 9 * HOUR).at


def test_a_night_shift_closes_a_working_day_on_the_morning_after(night_shift: Calendar) -> None:
    friday = at("2026-07-10T12:00-04:00")
    assert at("2026-07-13T06:00-04:00") == end_of_working_day(night_shift, friday, 1).at
    assert at("2026-07-12T22:00-04:00") == same_time_in_working_days(night_shift, friday, 1).at


def test_a_night_is_known_on_every_morning_asked_for_first() -> None:
    nights = {str(day): [["22:00", "06:00"]] for day in range(7)}
    for days in range(70):
        morning = at("2026-07-01T05:00+00:00") + days * 24 * HOUR
        fresh = Calendar.from_data({"zone": "UTC", "week": nights, "published": [days]})
        assert is_open(fresh, morning)


def test_a_night_from_a_year_without_holidays_is_provisional(night_shift: Calendar) -> None:
    in_last_years_night = at("2026-01-01T01:00-05:00")
    assert add(night_shift, in_last_years_night, HOUR).provisional
    assert add(night_shift, in_last_years_night, 6 * HOUR).provisional
    assert not add(night_shift, at("2026-01-01T07:00-05:00"), HOUR).provisional


def test_a_night_that_began_in_a_known_year_is_certain(night_shift: Calendar) -> None:
    due = add(night_shift, at("2026-12-31T22:00-05:00"), 5 * HOUR)
    assert Due(at("2027-01-01T03:00-05:00"), provisional=False) == due


@pytest.mark.parametrize(
    ("night", "hours"),
    [("2026-03-07", 7), ("2026-03-08", 8), ("2026-10-31", 9), ("2026-11-01", 8)],
)
def test_a_night_in_which_clocks_change_is_an_hour_shorter_or_longer(
    night: str, hours: int
) -> None:
    calendar = one_window("America/New_York", "22:00", "06:00")
    opening = next_open(calendar, at(f"{night}T22:00-05:00") - 2 * HOUR)
    closing = closing_of(calendar, date.fromisoformat(night))
    assert hours * HOUR == elapsed(calendar, opening, closing)


def test_a_whole_day_is_as_long_as_its_zone_makes_it() -> None:
    calendar = one_window("Europe/Berlin", "00:00", "00:00")
    spring, autumn = at("2026-03-29T00:00+01:00"), at("2026-10-25T00:00+02:00")
    assert at("2026-03-30T01:00+02:00") == add(calendar, spring, 24 * HOUR).at
    assert at("2026-10-25T23:00+01:00") == add(calendar, autumn, 24 * HOUR).at
    assert [each[2:] for each in explain(calendar, spring, autumn)] == [(True, "open")]


@pytest.mark.parametrize(
    ("opens", "closes", "opening", "closing"),
    [
        ("02:30", "05:00", "2026-03-08T03:00-04:00", "2026-03-08T05:00-04:00"),
        ("01:00", "02:30", "2026-03-08T01:00-05:00", "2026-03-08T03:00-04:00"),
        ("03:00", "05:00", "2026-03-08T03:00-04:00", "2026-03-08T05:00-04:00"),
    ],
)
def test_a_time_that_clocks_never_show_is_the_moment_of_the_change(
    opens: str, closes: str, opening: str, closing: str
) -> None:
    calendar = one_window("America/New_York", opens, closes)
    assert at(opening) == next_open(calendar, at("2026-03-08T00:30-05:00"))
    assert at(closing) == closing_of(calendar, date(2026, 3, 8))


@pytest.mark.parametrize(
    ("opens", "closes", "opening", "closing"),
    [
        ("01:30", "05:00", "2026-11-01T01:30-04:00", "2026-11-01T05:00-05:00"),
        ("00:00", "01:30", "2026-11-01T00:00-04:00", "2026-11-01T01:30-04:00"),
    ],
)
def test_a_time_that_clocks_show_twice_is_its_first_showing(
    opens: str, closes: str, opening: str, closing: str
) -> None:
    calendar = one_window("America/New_York", opens, closes)
    assert at(opening) == next_open(calendar, at("2026-10-31T23:59-04:00"))
    assert at(closing) == closing_of(calendar, date(2026, 11, 1))


def test_a_window_that_clocks_skip_holds_no_time_yet_makes_a_working_day() -> None:
    calendar = one_window("America/New_York", "02:15", "02:45")
    change = at("2026-03-08T03:00-04:00")
    assert is_working_day(calendar, date(2026, 3, 8))
    assert change == closing_of(calendar, date(2026, 3, 8))
    assert not is_open(calendar, change)
    assert at("2026-03-09T02:15-04:00") == next_open(calendar, change - HOUR)


def test_a_midnight_that_clocks_skip_still_parts_two_days() -> None:
    calendar = one_window("America/Santiago", "00:00", "08:00")
    told = explain(calendar, at("2026-09-05T20:00-04:00"), at("2026-09-06T08:00-03:00"))
    assert at("2026-09-06T01:00-03:00") == told[1].start
    assert [each[2:] for each in told] == [(False, "closed"), (True, "open")]


def test_a_day_that_a_zone_leaves_out_holds_no_time() -> None:
    calendar = one_window("Pacific/Apia", "09:00", "17:00")
    start, end = at("2011-12-29T09:00-10:00"), at("2011-12-31T17:00+14:00")
    assert elapsed(calendar, start, end) == 16 * HOUR
    assert [each.counts for each in explain(calendar, start, end)] == [True, False, True]
