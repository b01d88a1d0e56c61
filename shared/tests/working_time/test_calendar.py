"""A calendar as data: what it keeps, and what it refuses."""

import json
from dataclasses import FrozenInstanceError
from datetime import UTC, date, time
from typing import Any

import pytest

from shared.working_time import Calendar, CalendarFault, Window

MORNING = Window(time(9), time(12))
NIGHT = Window(time(22), time(6))
WEEK = {"0": [["09:00", "12:00"]]}


def test_a_calendar_survives_being_written_and_read(company: Calendar) -> None:
    text = json.dumps(company.to_data())
    assert Calendar.from_data(json.loads(text)) == company


def test_data_are_written_as_they_were_read(company_data: dict[str, Any]) -> None:
    assert Calendar.from_data(company_data).to_data() == company_data


def test_the_same_data_give_the_same_calendar_with_its_timetable(
    company_data: dict[str, Any],
) -> None:
    again = json.loads(json.dumps(company_data))
    assert Calendar.from_data(again) is Calendar.from_data(company_data)


def test_seconds_and_the_end_of_the_day_can_be_written() -> None:
    data = {"zone": "UTC", "week": {"2": [["00:00", "11:59:30"], ["12:00", "24:00"]]}}
    expected = (Window(time(0), time(11, 59, 30)), Window(time(12), time(0)))
    assert expected == Calendar.from_data(data).windows_on(date(2026, 7, 1))


def test_windows_are_kept_in_order_of_the_clock() -> None:
    afternoon = Window(time(13), time(18))
    calendar = Calendar("UTC", {0: (afternoon, MORNING)})
    assert (MORNING, afternoon) == calendar.windows_on(date(2026, 7, 6))


def test_a_calendar_never_changes() -> None:
    holidays = {date(2026, 7, 6): "Founding Day"}
    calendar = Calendar("UTC", {0: (MORNING,)}, holidays=holidays)
    holidays.clear()
    assert calendar.windows_on(date(2026, 7, 6)) == ()
    with pytest.raises(TypeError):
        calendar.holidays[date(2026, 7, 13)] = "Another"  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        calendar.zone = "Asia/Tokyo"  # type: ignore[misc]


@pytest.mark.rule("XC-02")
def test_a_make_up_day_wins_over_a_holiday_and_the_weekend() -> None:
    saturday, monday = date(2026, 7, 4), date(2026, 7, 6)
    evening = Window(time(18), time(20))
    calendar = Calendar(
        "UTC",
        {2: (MORNING,)},
        holidays={monday: "Founding Day"},
        workdays={saturday: None, monday: (evening,)},
    )
    assert calendar.windows_on(saturday) == (MORNING,)
    assert (evening,) == calendar.windows_on(monday)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"zone": "Asia/Atlantis"}, "zone"),
        ({"zone": "../UTC"}, "zone"),
        ({"zone": 8}, "zone"),
        ({"week": {}}, "week"),
        ({"week": {"0": []}}, "week"),
        ({"week": {"7": [["09:00", "12:00"]]}}, "week.7"),
        ({"week": {"monday": [["09:00", "12:00"]]}}, "week.monday"),
        ({"week": {"0": "09:00-12:00"}}, "week.0"),
        ({"week": {"0": [["09:00"]]}}, "week.0.0"),
        ({"week": {"0": [["9:00", "12:00"]]}}, "week.0.0.0"),
        ({"week": {"0": [[540, "12:00"]]}}, "week.0.0.0"),
        ({"week": {"0": [["09:00", "25:00"]]}}, "week.0.0.1"),
        ({"week": {"0": [["24:00", "12:00"]]}}, "week.0.0.0"),
        ({"week": {"0": [["09:00+08:00", "12:00"]]}}, "week.0.0.0"),
        ({"week": {"0": [["09:00", "12:00"], ["11:59", "18:00"]]}}, "week.0"),
        ({"week": {"0": [["22:00", "06:00"], ["23:00", "23:30"]]}}, "week.0"),
        ({"week": {"0": [["22:00", "06:00"]], "1": [["05:59", "07:00"]]}}, "week.0"),
        ({"week": {"6": [["22:00", "06:00"]], "0": [["05:59", "07:00"]]}}, "week.6"),
        ({"holidays": {"2026-02-30": "Nonsense"}}, "holidays.2026-02-30"),
        ({"holidays": {"20260216": "Spring Festival"}}, "holidays.20260216"),
        ({"holidays": {"2026-02-16": ""}}, "holidays.2026-02-16"),
        ({"holidays": ["2026-02-16"]}, "holidays"),
        ({"workdays": {"2026-02-14": []}}, "workdays.2026-02-14"),
        ({"workdays": {"2026-02-14": [["09:00", "x"]]}}, "workdays.2026-02-14.0.1"),
        (
            {"workdays": {"2026-07-05": [["22:00", "09:01"]]}},
            "workdays.2026-07-05",
        ),
        ({"published": ["2026"]}, "published.0"),
        ({"published": 2026}, "published"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_calendar_that_cannot_work_is_refused_with_the_path(
    change: dict[str, object], path: str
) -> None:
    with pytest.raises(CalendarFault) as fault:
        Calendar.from_data({"zone": "UTC", "week": WEEK} | change)
    assert path == fault.value.path


@pytest.mark.parametrize("missing", ["zone", "week"])
def test_a_zone_and_a_week_are_needed(missing: str) -> None:
    data = {key: value for key, value in {"zone": "UTC", "week": WEEK}.items() if key != missing}
    with pytest.raises(CalendarFault) as fault:
        Calendar.from_data(data)
    assert missing == fault.value.path


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(CalendarFault, match="plain JSON data"):
        Calendar.from_data({"zone": "UTC", "week": WEEK, "workdays": {date(2026, 2, 14): None}})


@pytest.mark.parametrize(
    ("week", "path"),
    [
        ({7: (MORNING,)}, "week.7"),
        ({0: (Window(time(9, tzinfo=UTC), time(12, tzinfo=UTC)),)}, "week.0"),
        ({0: (Window(time(9, microsecond=1), time(12)),)}, "week.0"),
    ],
)
def test_a_calendar_made_by_hand_is_checked_too(
    week: dict[int, tuple[Window, ...]], path: str
) -> None:
    with pytest.raises(CalendarFault) as fault:
        Calendar("UTC", week)
    assert path == fault.value.path


def test_windows_that_only_touch_are_accepted() -> None:
    afternoon = Window(time(12), time(18))
    early = Window(time(6), time(7))
    calendar = Calendar("UTC", {0: (MORNING, afternoon, NIGHT), 1: (early,)})
    assert (MORNING, afternoon, NIGHT) == calendar.windows_on(date(2026, 7, 6))
    assert (early,) == calendar.windows_on(date(2026, 7, 7))
