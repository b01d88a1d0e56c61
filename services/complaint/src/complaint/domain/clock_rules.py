"""By when what has to be done: the section ``clocks`` of a pack (CP-02, CP-17, CP-26, K-05, K-21).

Nothing here says what a clock waits for: that is the table in ``clock_names``.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from complaint.domain.pauses import PauseReason
from shared.rules import Invalid
from shared.working_time import Calendar, CountMode, WorkingDays, round_the_clock


class TimeUnit(StrEnum):
    """In what the time of a clock is counted: working time of the unit, or plain time."""

    WORKING_DAY = "working_day"
    WORKING_HOUR = "working_hour"
    WORKING_MINUTE = "working_minute"
    DAY = "day"
    HOUR = "hour"


class Reopening(StrEnum):
    """What becomes of a stopped clock when what it waited for is awaited again."""

    CONTINUE = "continue"
    RESTART = "restart"
    NEW = "new"


class OnChange(StrEnum):
    """Whether a change of the packs moves the clocks that run already."""

    RETIME = "retime"
    KEEP = "keep"


PLAIN = {TimeUnit.DAY: timedelta(days=1), TimeUnit.HOUR: timedelta(hours=1)}
WORKING = {
    TimeUnit.WORKING_HOUR: timedelta(hours=1),
    TimeUnit.WORKING_MINUTE: timedelta(minutes=1),
}


@dataclass(frozen=True, kw_only=True)
class ClockRule:
    """How much time there is, and what stops or moves it.

    A soft rule (``hard`` false) warns and tells, a hard one can be penalised (K-05). ``warn_hours``
    are hours of the rule's own time before the due time. ``supervisor_tier`` hears of a breach
    besides whoever let it happen; None: nobody. The clock stands still in pauses for one of the
    reasons in ``pauses`` alone. ``until``: the due time was agreed upon, and holds instead of what
    the rule gives; no pause and no calendar moves it (CP-43).
    """

    within: int
    unit: TimeUnit
    hard: bool
    count_mode: CountMode = CountMode.END_OF_DAY
    warn_hours: int = 0
    supervisor_tier: int | None = None
    pauses: frozenset[PauseReason] = frozenset()
    reopening: Reopening = Reopening.RESTART
    on_change: OnChange = OnChange.RETIME
    until: datetime | None = None

    @property
    def target(self) -> timedelta | WorkingDays:
        """The time as it is counted."""
        if self.unit is TimeUnit.WORKING_DAY:
            return WorkingDays(self.within, self.count_mode)
        return self.within * (PLAIN | WORKING)[self.unit]

    def calendar(self, calendar: Calendar) -> Calendar:
        """By which calendar the time is counted where ``calendar`` is the unit's."""
        return round_the_clock(calendar.zone) if self.unit in PLAIN else calendar


class ClockUnruled(Invalid):
    """The packs that the unit follows set no time for what has to be timed."""

    code = "policy_missing"
