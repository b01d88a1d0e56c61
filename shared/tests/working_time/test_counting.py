"""Open time and working days counted: the vectors, and the edges between them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from shared.working_time import (
    Calendar,
    CountMode,
    Due,
    WorkingDays,
    add,
    closing_of,
    due_of,
    elapsed,
    end_of_working_day,
    is_open,
    is_working_day,
    next_open,
    same_time_in_working_days,
)

at = datetime.fromisoformat
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


def test_four_hours_before_national_day_end_after_it(company: Calendar) -> None:
    due = add(company, at("2026-09-30T17:00+08:00"), 4 * HOUR)
    assert Due(at("2026-10-08T12:00+08:00"), provisional=False) == due


def test_two_hours_on_saturday_end_on_the_make_up_sunday(company: Calendar) -> None:
    due = add(company, at("2026-09-19T15:00+08:00"), 2 * HOUR)
    assert at("2026-09-20T11:00+08:00") == due.at


def test_lunch_does_not_count(company: Calendar) -> None:
    morning = at("2026-07-01T11:30+08:00")
    assert at("2026-07-01T13:30+08:00") == add(company, morning, HOUR).at
    assert elapsed(company, morning, at("2026-07-01T13:30+08:00")) == HOUR


def test_a_due_instant_is_given_in_utc(company: Calendar) -> None:
    due = add(company, at("2026-07-01T09:00+08:00"), HOUR)
    assert (datetime(2026, 7, 1, 2, tzinfo=UTC), UTC) == (due.at, due.at.tzinfo)


def test_what_ends_with_a_window_is_due_at_its_closing(company: Calendar) -> None:
    monday = at("2026-07-06T09:00+08:00")
    assert at("2026-07-06T18:00+08:00") == add(company, monday, 8 * HOUR).at
    assert at("2026-07-07T09:00:01+08:00") == add(company, monday, 8 * HOUR + SECOND).at


def test_no_amount_is_due_at_once_open_or_not(company: Calendar) -> None:
    sunday = at("2026-07-05T10:00+08:00")
    assert Due(sunday, provisional=False) == add(company, sunday, timedelta())


def test_counting_is_exact_below_the_second(company: Calendar) -> None:
    start = at("2026-07-01T11:59:59.750001+08:00")
    assert at("2026-07-01T13:00:00.750001+08:00") == add(company, start, SECOND).at


def test_a_negative_amount_and_a_reversed_stretch_are_refused(company: Calendar) -> None:
    start = at("2026-07-01T09:00+08:00")
    with pytest.raises(ValueError, match="negative"):
        add(company, start, -SECOND)
    with pytest.raises(ValueError, match="before"):
        elapsed(company, start, start - SECOND)


def test_a_naive_time_is_refused(company: Calendar) -> None:
    naive = at("2026-07-01T09:00")
    for ask in (is_open, next_open):
        with pytest.raises(ValueError, match="time zone"):
            ask(company, naive)


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-07-03T08:59:59+08:00", "2026-07-03T09:00+08:00"),
        ("2026-07-03T12:00+08:00", "2026-07-03T13:00+08:00"),
        ("2026-07-03T18:00+08:00", "2026-07-06T09:00+08:00"),
        ("2026-12-31T18:00+08:00", "2027-01-01T09:00+08:00"),
        ("2026-01-01T00:00+08:00", "2026-01-04T09:00+08:00"),
    ],
)
def test_a_closed_time_moves_to_the_next_opening(
    company: Calendar, moment: str, opening: str
) -> None:
    assert not is_open(company, at(moment))
    assert at(opening) == next_open(company, at(moment))


@pytest.mark.parametrize("moment", ["2026-07-03T09:00+08:00", "2026-07-03T17:59:59+08:00"])
def test_an_open_time_stays_where_it_is(company: Calendar, moment: str) -> None:
    assert is_open(company, at(moment))
    assert at(moment) == next_open(company, at(moment))


@pytest.mark.rule("XC-02")
@pytest.mark.parametrize(
    ("receipt", "days", "due"),
    [
        ("2026-07-03T17:00+08:00", 1, "2026-07-06T18:00+08:00"),  # an ordinary weekend
        ("2026-02-13T17:00+08:00", 1, "2026-02-14T18:00+08:00"),  # a make-up Saturday
        ("2026-02-14T09:00+08:00", 1, "2026-02-24T18:00+08:00"),  # the Spring Festival
        ("2026-02-13T17:00+08:00", 3, "2026-02-25T18:00+08:00"),
        ("2026-07-04T10:00+08:00", 1, "2026-07-06T18:00+08:00"),  # received on a day off
        ("2026-07-06T00:00+08:00", 1, "2026-07-07T18:00+08:00"),  # the first instant of a day
        ("2026-07-05T23:59:59+08:00", 1, "2026-07-06T18:00+08:00"),  # and the last of another
    ],
)
def test_within_n_working_days_ends_with_the_closing_of_the_nth_day_after_receipt(
    company: Calendar, receipt: str, days: int, due: str
) -> None:
    assert Due(at(due), provisional=False) == end_of_working_day(company, at(receipt), days)


@pytest.mark.rule("XC-02")
@pytest.mark.parametrize(
    ("receipt", "due"),
    [
        ("2026-07-03T17:00+08:00", "2026-07-06T17:00+08:00"),
        ("2026-07-03T07:15+08:00", "2026-07-06T09:00+08:00"),  # before the first window
        ("2026-07-03T12:00+08:00", "2026-07-06T12:00+08:00"),  # at the closing before the break
        ("2026-07-03T12:20+08:00", "2026-07-06T13:00+08:00"),  # in the break
        ("2026-07-03T18:00+08:00", "2026-07-06T18:00+08:00"),  # at the closing
        ("2026-07-03T21:00+08:00", "2026-07-06T18:00+08:00"),  # after the last window
        ("2026-07-04T10:30:05+08:00", "2026-07-06T10:30:05+08:00"),  # received on a day off
    ],
)
def test_the_other_mode_keeps_the_clock_time_within_the_windows_of_the_day(
    company: Calendar, receipt: str, due: str
) -> None:
    assert Due(at(due), provisional=False) == same_time_in_working_days(company, at(receipt), 1)


def test_a_target_of_days_is_counted_in_its_mode(company: Calendar) -> None:
    friday = at("2026-07-03T11:00+08:00")
    assert at("2026-07-06T18:00+08:00") == due_of(company, friday, WorkingDays(1)).at
    same_time = WorkingDays(1, CountMode.SAME_TIME)
    assert at("2026-07-06T11:00+08:00") == due_of(company, friday, same_time).at


@pytest.mark.parametrize("count", [end_of_working_day, same_time_in_working_days])
def test_less_than_one_working_day_cannot_be_counted(company: Calendar, count: Any) -> None:
    with pytest.raises(ValueError, match="0 working days"):
        count(company, at("2026-07-03T11:00+08:00"), 0)


def test_a_working_day_has_a_window_and_a_closing(company: Calendar) -> None:
    make_up, holiday = date(2026, 2, 14), date(2026, 2, 16)
    assert (is_working_day(company, make_up), is_working_day(company, holiday)) == (True, False)
    assert at("2026-02-14T18:00+08:00") == closing_of(company, make_up)
    with pytest.raises(ValueError, match="not a working day"):
        closing_of(company, holiday)


@pytest.mark.rule("XC-02")
def test_a_due_instant_in_a_year_without_holidays_is_provisional(company: Calendar) -> None:
    new_years_eve = at("2026-12-31T17:00+08:00")
    assert Due(at("2026-12-31T18:00+08:00"), False) == add(company, new_years_eve, HOUR)
    assert Due(at("2027-01-01T09:00:01+08:00"), True) == add(company, new_years_eve, HOUR + SECOND)
    assert Due(at("2027-01-01T18:00+08:00"), True) == end_of_working_day(company, new_years_eve, 1)
    assert Due(at("2027-01-01T17:00+08:00"), True) == same_time_in_working_days(
        company, new_years_eve, 1
    )


def test_the_same_question_is_answered_anew_when_the_table_arrives(
    company: Calendar, company_data: dict[str, Any]
) -> None:
    received = at("2026-12-31T17:00+08:00")
    announced = {
        "holidays": company_data["holidays"] | {"2027-01-01": "New Year's Day"},
        "published": [2025, 2026, 2027],
    }
    known = Calendar.from_data(company_data | announced)
    assert Due(at("2027-01-01T18:00+08:00"), True) == end_of_working_day(company, received, 1)
    assert Due(at("2027-01-04T18:00+08:00"), False) == end_of_working_day(known, received, 1)


def test_counting_reaches_over_many_years(company: Calendar) -> None:
    start = at("2026-07-01T09:00+08:00")
    due = add(company, start, 20_000 * HOUR)
    assert (due.at.year, due.provisional) == (2036, True)
    assert elapsed(company, start, due.at) == 20_000 * HOUR
    assert closing_of(company, due.at.date()) == end_of_working_day(company, start, 2_499).at


@pytest.mark.parametrize("amount", [5_000 * HOUR, timedelta.max / 2])
def test_what_lies_beyond_the_range_of_the_timetable_is_refused(
    company_data: dict[str, Any], amount: timedelta
) -> None:
    far = Calendar.from_data(company_data | {"published": [2198]})
    start = at("2198-07-02T09:00+08:00")
    with pytest.raises(ValueError, match="1970 to 2199"):
        add(far, start, amount)
    with pytest.raises(ValueError, match="1970 to 2199"):
        end_of_working_day(far, start, amount // (8 * HOUR))
    with pytest.raises(ValueError, match="1970 to 2199"):
        next_open(far, at("2200-06-01T18:00+08:00"))
    with pytest.raises(ValueError, match="1970 to 2199"):
        is_open(far, at("1969-07-01T09:00+08:00"))


def test_an_answer_does_not_hang_on_what_was_asked_before() -> None:
    week = {str(day): [["00:00", "04:00"], ["22:00", "24:00"]] for day in range(7)}
    forward = Calendar.from_data({"zone": "Asia/Shanghai", "week": week, "published": [2026]})
    midnights = [at("2026-03-01T00:00+08:00") + days * 24 * HOUR for days in range(200)]
    assert all(is_open(forward, midnight) for midnight in midnights)
    backward = Calendar.from_data({"zone": "Asia/Shanghai", "week": week, "published": [2027]})
    assert all(is_open(backward, midnight) for midnight in reversed(midnights))


def test_threads_that_share_a_new_calendar_get_the_same_answers(
    company: Calendar, company_data: dict[str, Any]
) -> None:
    fresh = Calendar.from_data(company_data | {"published": [2024]})
    starts = [datetime(year, 3, 3, tzinfo=UTC) for year in (2026, 2022, 2031, 2028, 2020, 2024)]
    with ThreadPoolExecutor(max_workers=6) as pool:
        answers = list(pool.map(lambda start: add(fresh, start, 5_000 * HOUR).at, starts * 20))
    assert [add(company, start, 5_000 * HOUR).at for start in starts] * 20 == answers
