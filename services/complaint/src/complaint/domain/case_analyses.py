"""Cases are analysed time and again, and measures taken against their return (CP-05)."""

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from complaint.domain.clock_rules import ClockRule
from complaint.domain.department_work import DepartmentTask
from complaint.domain.events.case_analyses import CaseAnalysisDue, CaseAnalysisOverdue
from complaint.domain.staff import Role
from complaint.domain.transitions import after

YEAR = 12  # months


class AnalysisState(StrEnum):
    """Whether it is written."""

    OPEN = "open"
    DONE = "done"


class AnalysisCommand(StrEnum):
    """What can be done with it."""

    FINISH = "finish"


ANALYSIS_STATES: dict[AnalysisState, dict[AnalysisCommand, AnalysisState]] = {
    AnalysisState.OPEN: {AnalysisCommand.FINISH: AnalysisState.DONE},
    AnalysisState.DONE: {},
}


@dataclass(frozen=True)
class AnalysisRule:
    """Units of ``kinds`` analyse the cases of every ``months`` months of the year, a divisor of
    12: which roles do it, which are told when it is late, and how much time they have."""

    kinds: tuple[str, ...]
    months: int
    owners: tuple[Role, ...]
    supervisors: tuple[Role, ...]
    time: ClockRule

    def begin(self, day: date) -> date:
        """The first day of the period in which ``day`` lies."""
        return date(day.year, (day.month - 1) // self.months * self.months + 1, 1)

    def before(self, day: date) -> date:
        """The first day of the period that ends where the one of ``day`` begins."""
        this = self.begin(day)
        months = this.year * YEAR + this.month - 1 - self.months
        return date(months // YEAR, months % YEAR + 1, 1)

    def next_at(self, now: datetime, zone: tzinfo) -> datetime:
        """When the present period is over where that zone is."""
        this = self.begin(now.astimezone(zone).date())
        months = this.year * YEAR + this.month - 1 + self.months
        return datetime.combine(date(months // YEAR, months % YEAR + 1, 1), time(0), zone)


@dataclass(eq=False, kw_only=True)
class CaseAnalysis(DepartmentTask):
    """The analysis of the cases of a unit and those below it, filed from ``from_on`` on and before
    ``until_on``, local days. ``measures`` are what is done against their return."""

    noun: ClassVar[str] = "case_analysis"
    awaited: ClassVar[frozenset[StrEnum]] = frozenset({AnalysisState.OPEN})

    from_on: date
    until_on: date
    opened_at: datetime
    state: AnalysisState = AnalysisState.OPEN
    said: str | None = None
    measures: str | None = None
    done_by: UUID | None = None
    done_at: datetime | None = None

    def opened(self) -> CaseAnalysisDue:
        """What is told of a new one."""
        return CaseAnalysisDue(**self._of())

    def finish(self, by: UUID, *, findings: str, measures: str, now: datetime) -> None:
        """It is written, with what is done about it. Raises WrongState."""
        self.state = after(ANALYSIS_STATES, self.state, AnalysisCommand.FINISH)
        self.said, self.measures = findings, measures
        self.done_by, self.done_at = by, now
        self.version += 1

    def late(self, supervisor_ids: tuple[UUID, ...]) -> CaseAnalysisOverdue:
        """What is told of one that was not written in time."""
        return CaseAnalysisOverdue(**self._of(), supervisor_ids=supervisor_ids)

    def _of(self) -> dict[str, Any]:
        period = {"from_on": self.from_on, "until_on": self.until_on}
        return {**self.told_of(), "analysis_id": self.id, **period}
