"""On which day a customer is visited next: the arithmetic of months (VS-01)."""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def period_begin(day: date, months: int) -> date:
    """The first day of the period that ``day`` lies in, where each has so many months and one
    begins with January."""
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def next_due(
    *, last_visit: date | None, start: date, months: int, today: date, percent: int = 100
) -> date:
    """When the next visit is due, never before ``today``: local dates of the customer's unit.

    The interval is cut to ``percent`` of its days (VS-21).

    Counted from the last visit. A customer who was never visited is visited on the days that the
    cadence gives from ``start`` on: those in the past are gone, and a whole imported file does not
    fall due on one day.
    """
    if last_visit is not None:
        return max(_cut(last_visit, add_months(last_visit, months), percent), today)
    gone = (today.year - start.year) * 12 + today.month - start.month
    steps = max(1, gone // months)
    if add_months(start, steps * months) < today:
        steps += 1
    due = add_months(start, steps * months)
    return max(_cut(add_months(start, (steps - 1) * months), due, percent), today)


def count_in_year(first: date, months: int | None, year: int) -> int:
    """How many visits of ``year`` are due when the first is due on ``first`` and another every so
    many ``months`` after it; None is never again."""
    if months is None:
        return int(first.year == year)
    until_january = (year - first.year) * 12 + 1 - first.month
    earliest = max(0, -(-until_january // months))
    latest = (until_january + 11) // months
    return max(0, latest - earliest + 1)


def _cut(first: date, last: date, percent: int) -> date:
    return first + (last - first) * percent // 100
