"""On which day a customer is visited next: the arithmetic of months (VS-01)."""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_due(*, last_visit: date | None, start: date, months: int, today: date) -> date:
    """When the next visit is due, never before ``today``: local dates of the customer's unit.

    Counted from the last visit. A customer who was never visited is visited on the days that the
    cadence gives from ``start`` on: those in the past are gone, and a whole imported file does not
    fall due on one day.
    """
    if last_visit is not None:
        return max(add_months(last_visit, months), today)
    gone = (today.year - start.year) * 12 + today.month - start.month
    steps = max(1, gone // months)
    due = add_months(start, steps * months)
    return due if due >= today else add_months(start, (steps + 1) * months)
