"""When a visitor is reminded and his supervisor told (VS-43); instants are UTC."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shared.working_time import Calendar, is_working_day, next_open

LONGEST_BREAK = 31  # No row of days off is longer; a calendar without working days stops here.


@dataclass(frozen=True)
class ReminderRule:
    """Calendar days: how long before the due day the visitor is reminded, and for how long after
    it a visit may still be made up for before the supervisor is told. So many days later who is
    above the supervisor hears of it; None is never."""

    remind_days_before: int
    overdue_escalate_days: int
    superior_days_after: int | None = None


def remind_at(calendar: Calendar, due_on: date, rule: ReminderRule) -> datetime:
    """When the visitor is reminded."""
    return days_before(calendar, due_on, rule.remind_days_before)


def days_before(calendar: Calendar, due_on: date, days: int) -> datetime:
    """The opening of the day so many days before; of the next working day when nobody works then.

    When no work is done until the due day has passed, the last working day before counts: the
    reminder has to come in time.
    """
    first = due_on - timedelta(days=days)
    later = (first + timedelta(days=n) for n in range(days + 1))
    earlier = (first - timedelta(days=n) for n in range(1, LONGEST_BREAK))
    for day in (*later, *earlier):
        if is_working_day(calendar, day):
            return opening_from(calendar, day)
    return opening_from(calendar, first)


def overdue_at(calendar: Calendar, due_on: date, rule: ReminderRule) -> datetime:
    """The first opening after the days in which the visit could still be made up for."""
    return opening_from(calendar, due_on + timedelta(days=rule.overdue_escalate_days + 1))


def escalated_at(calendar: Calendar, due_on: date, rule: ReminderRule) -> datetime | None:
    """When who is above the supervisor hears of it; None is never."""
    if rule.superior_days_after is None:
        return None
    told = rule.overdue_escalate_days + 1
    return opening_from(calendar, due_on + timedelta(days=told + rule.superior_days_after))


def opening_from(calendar: Calendar, day: date) -> datetime:
    """The first instant on the local ``day``, or after it, at which somebody is there."""
    return next_open(calendar, datetime.combine(day, time.min, calendar.timezone))
