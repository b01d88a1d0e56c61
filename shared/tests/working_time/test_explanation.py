"""Every second told, with its reason."""

from datetime import date, datetime, time, timedelta

import pytest

from shared.working_time import Calendar, Interval, Window, elapsed, explain

at = datetime.fromisoformat
HOUR = timedelta(hours=1)


@pytest.mark.rule("XC-02")
def test_an_explanation_names_breaks_nights_weekends_holidays_and_make_up_days(
    company: Calendar,
) -> None:
    told = explain(company, at("2026-02-13T17:00+08:00"), at("2026-02-24T10:00+08:00"))
    make_up, festival = "open (make-up working day)", "holiday: Spring Festival"
    assert [
        Interval(at("2026-02-13T17:00+08:00"), at("2026-02-13T18:00+08:00"), True, "open"),
        Interval(at("2026-02-13T18:00+08:00"), at("2026-02-14T09:00+08:00"), False, "closed"),
        Interval(at("2026-02-14T09:00+08:00"), at("2026-02-14T12:00+08:00"), True, make_up),
        Interval(at("2026-02-14T12:00+08:00"), at("2026-02-14T13:00+08:00"), False, "break"),
        Interval(at("2026-02-14T13:00+08:00"), at("2026-02-14T18:00+08:00"), True, make_up),
        Interval(at("2026-02-14T18:00+08:00"), at("2026-02-15T00:00+08:00"), False, "closed"),
        Interval(at("2026-02-15T00:00+08:00"), at("2026-02-16T00:00+08:00"), False, "weekend"),
        Interval(at("2026-02-16T00:00+08:00"), at("2026-02-21T00:00+08:00"), False, festival),
        Interval(at("2026-02-21T00:00+08:00"), at("2026-02-23T00:00+08:00"), False, "weekend"),
        Interval(at("2026-02-23T00:00+08:00"), at("2026-02-24T00:00+08:00"), False, festival),
        Interval(at("2026-02-24T00:00+08:00"), at("2026-02-24T09:00+08:00"), False, "closed"),
        Interval(at("2026-02-24T09:00+08:00"), at("2026-02-24T10:00+08:00"), True, "open"),
    ] == told


def test_what_counts_adds_up_to_the_open_time(company: Calendar) -> None:
    start, end = at("2025-12-30T10:11:12+08:00"), at("2027-01-05T15:16:17+08:00")
    told = explain(company, start, end)
    counted = sum((each.end - each.start for each in told if each.counts), timedelta())
    assert elapsed(company, start, end) == counted


def test_a_weekday_without_windows_is_a_day_off() -> None:
    calendar = Calendar("UTC", {0: (Window(time(9), time(12)),)})
    told = explain(calendar, at("2026-07-08T00:00+00:00"), at("2026-07-09T00:00+00:00"))
    assert [each.reason for each in told] == ["day off"]


def test_a_night_that_runs_into_a_holiday_is_open_until_it_ends() -> None:
    nights = {day: (Window(time(22), time(6)),) for day in range(7)}
    calendar = Calendar("UTC", nights, holidays={date(2026, 7, 8): "Founding Day"})
    told = explain(calendar, at("2026-07-08T05:00+00:00"), at("2026-07-09T01:00+00:00"))
    assert [(each.end - each.start, each.reason) for each in told] == [
        (HOUR, "open"),
        (18 * HOUR, "holiday: Founding Day"),
        (HOUR, "closed"),
    ]


def test_a_stretch_within_one_window_is_told_in_one_piece(company: Calendar) -> None:
    start, end = at("2026-07-01T10:00+08:00"), at("2026-07-01T10:00:01+08:00")
    assert [Interval(start, end, True, "open")] == explain(company, start, end)


def test_an_empty_stretch_needs_no_explanation_and_a_reversed_one_is_refused(
    company: Calendar,
) -> None:
    start = at("2026-07-01T10:00+08:00")
    assert explain(company, start, start) == []
    with pytest.raises(ValueError, match="before"):
        explain(company, start, start - HOUR)
