"""Working time: deadlines that count only the hours in which somebody is there.

A `Calendar` says when a unit is open: weekly windows (any number a day, over midnight), holidays
and make-up working days, in one time zone. `add` and `elapsed` count open time to the microsecond;
`end_of_working_day` and `same_time_in_working_days` count whole working days (rules XC-02, K-21);
`explain` lays out every second with the reason why it counted or did not; `fold` works out the
deadline of a subject from the events that started, paused, reopened and stopped its clock;
`round_the_clock` counts plain hours and days in the same way.

Everything is pure: no clock is read, every instant comes in as an aware datetime and goes out in
UTC. What touches a year whose holidays are not published is marked provisional.
"""

from shared.working_time.calendar import Calendar
from shared.working_time.clock import ClockFault, ClockState, fold
from shared.working_time.clock_events import (
    ClockEvent,
    Paused,
    Reopened,
    ReopenPolicy,
    Resumed,
    Started,
    Stopped,
)
from shared.working_time.counting import Due, add, elapsed, is_open, next_open
from shared.working_time.explanation import Interval, explain
from shared.working_time.faults import CalendarFault
from shared.working_time.round_the_clock import round_the_clock
from shared.working_time.window import Window
from shared.working_time.working_days import (
    CountMode,
    WorkingDays,
    closing_of,
    due_of,
    end_of_working_day,
    is_working_day,
    same_time_in_working_days,
)

__all__ = [
    "Calendar",
    "CalendarFault",
    "ClockEvent",
    "ClockFault",
    "ClockState",
    "CountMode",
    "Due",
    "Interval",
    "Paused",
    "ReopenPolicy",
    "Reopened",
    "Resumed",
    "Started",
    "Stopped",
    "Window",
    "WorkingDays",
    "add",
    "closing_of",
    "due_of",
    "elapsed",
    "end_of_working_day",
    "explain",
    "fold",
    "is_open",
    "is_working_day",
    "next_open",
    "round_the_clock",
    "same_time_in_working_days",
]
