"""Working time against the least that could do: one search and one division over a prepared table.

Both answer the same questions in the same run and have to agree. The bare one knows a fixed offset
from UTC, one length of day and one break, and nothing else: no reasons, no provisional years, no
zones. Run it by itself: `python tests/benchmarks/working_time.py`.
"""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import perf_counter

from shared.working_time import (
    Calendar,
    Started,
    WorkingDays,
    add,
    elapsed,
    end_of_working_day,
    explain,
    fold,
)

ROUNDS = 9
QUESTIONS = 5_000
NINE_HOURS = timedelta(hours=9)
THREE_DAYS = timedelta(days=3)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OFFSET = 8 * 3600
MORNING, BREAK, DAY = 3 * 3600, 3600, 8 * 3600

# The weekdays that are off and the weekend days that are worked, by the notice for 2026.
OFF = (
    "01-01 01-02 02-16 02-17 02-18 02-19 02-20 02-23 04-06 05-01 05-04 05-05 06-19 09-25 10-01 "
    "10-02 10-05 10-06 10-07"
)
WORKED = "01-04 02-14 02-28 05-09 09-20 10-10"


def company() -> Calendar:
    """Return the calendar of a company in Shanghai: 09:00 to 12:00 and 13:00 to 18:00."""
    office = [["09:00", "12:00"], ["13:00", "18:00"]]
    return Calendar.from_data(
        {
            "zone": "Asia/Shanghai",
            "week": {str(weekday): office for weekday in range(5)},
            "holidays": {f"2026-{day}": "holiday" for day in OFF.split()},
            "workdays": {f"2026-{day}": None for day in WORKED.split()},
            "published": [2026],
        }
    )


def bare_table(calendar: Calendar) -> list[int]:
    """Return the openings of the working days of 2026, in seconds since 1970 by UTC."""
    first = date(2026, 1, 1).toordinal()
    days = [date.fromordinal(first + number) for number in range(365)]
    midnight = date(1970, 1, 1).toordinal()
    return [
        (day.toordinal() - midnight) * 86_400 + 9 * 3600 - OFFSET
        for day in days
        if calendar.windows_on(day)
    ]


def bare_add(openings: list[int], start: datetime, amount: timedelta) -> datetime:
    """Add open time by one search and one division; due at a closing, as `add` has it."""
    since = start - EPOCH
    moment = since.days * 86_400 + since.seconds
    day = bisect_right(openings, moment) - 1
    into = moment - openings[day]
    if into > MORNING:
        into = max(MORNING, min(into - BREAK, DAY))
    days, rest = divmod(into + amount.days * 86_400 + amount.seconds, DAY)
    if not rest:
        days, rest = days - 1, DAY
    at = openings[day + days] + (rest if rest <= MORNING else rest + BREAK)
    return EPOCH + timedelta(seconds=at)


def bare_end_of_day(openings: list[int], start: datetime, days: int) -> datetime:
    """Return the closing of the n-th working day by one search."""
    since = start - EPOCH
    next_midnight = since.days * 86_400 + 86_400 - OFFSET
    if since.seconds >= 86_400 - OFFSET:
        next_midnight += 86_400
    return EPOCH + timedelta(
        seconds=openings[bisect_left(openings, next_midnight) + days - 1] + DAY + BREAK
    )


def per_second(ask: Callable[[datetime], object], starts: list[datetime]) -> float:
    """Return how many questions a second are answered."""
    begun = perf_counter()
    for start in starts:
        ask(start)
    return len(starts) / (perf_counter() - begun)


def measured(
    asks: dict[str, Callable[[datetime], object]], starts: list[datetime]
) -> dict[str, float]:
    """Return the median rate of each, the rounds of all interleaved."""
    rates: dict[str, list[float]] = {name: [] for name in asks}
    for _ in range(ROUNDS):
        for name, ask in asks.items():
            rates[name].append(per_second(ask, starts))
    return {name: median(each) for name, each in rates.items()}


def check_that_both_agree(calendar: Calendar, openings: list[int], starts: list[datetime]) -> None:
    """Stop when the bare answers differ from ours: a faster wrong answer measures nothing."""
    for start in starts:
        if bare_add(openings, start, NINE_HOURS) != add(calendar, start, NINE_HOURS).at:
            raise SystemExit(f"The two disagree on nine hours from {start}.")
        if bare_end_of_day(openings, start, 2) != end_of_working_day(calendar, start, 2).at:
            raise SystemExit(f"The two disagree on two working days from {start}.")


def questions(calendar: Calendar, openings: list[int]) -> dict[str, Callable[[datetime], object]]:
    """Return what is measured, by name."""
    two_days = WorkingDays(2)
    return {
        "bare addition": lambda start: bare_add(openings, start, NINE_HOURS),
        "add nine hours": lambda start: add(calendar, start, NINE_HOURS),
        "bare end of day": lambda start: bare_end_of_day(openings, start, 2),
        "end of working day": lambda start: end_of_working_day(calendar, start, 2),
        "elapsed over three days": lambda start: elapsed(calendar, start, start + THREE_DAYS),
        "explain three days": lambda start: explain(calendar, start, start + THREE_DAYS),
        "fold a start": lambda start: fold(calendar, [Started(start)], two_days),
    }


def main() -> None:
    calendar = company()
    openings = bare_table(calendar)
    chance = random.Random(2026)
    first = datetime(2026, 1, 5, tzinfo=UTC)
    starts = [first + timedelta(seconds=chance.randrange(340 * 86_400)) for _ in range(QUESTIONS)]
    check_that_both_agree(calendar, openings, starts)
    rates = measured(questions(calendar, openings), starts)
    for name, rate in rates.items():
        print(f"{name:26} {rate:>10,.0f} a second")
    ratio = rates["add nine hours"] / rates["bare addition"]
    print(f"addition against the bare table: {ratio:.2f} (target 0.70)")
    ratio = rates["end of working day"] / rates["bare end of day"]
    print(f"working days against the bare table: {ratio:.2f}")
    print(f"explain: {rates['explain three days']:,.0f} a second (target 5,000)")


if __name__ == "__main__":
    main()
