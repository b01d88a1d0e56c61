"""What another department does for a case, while the case stays with its handler (CP-25, PT-25)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from complaint.domain.clock_rules import ClockRule
from complaint.domain.staff import Role
from complaint.domain.transitions import after
from shared.rules import Because, RuleBroken


class SubTaskState(StrEnum):
    """How far the department is."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DONE = "done"
    RETURNED = "returned"
    CANCELLED = "cancelled"


class SubTaskStep(StrEnum):
    """What can be done with a sub-task: the first three by the department, the others by the
    handler of the case."""

    ACCEPT = "accept"
    REPORT = "report"
    FINISH = "finish"
    RETURN = "return"
    CANCEL = "cancel"


STEPS: dict[SubTaskState, dict[SubTaskStep, SubTaskState]] = {
    SubTaskState.OPEN: {
        SubTaskStep.ACCEPT: SubTaskState.ACCEPTED,
        SubTaskStep.CANCEL: SubTaskState.CANCELLED,
    },
    SubTaskState.ACCEPTED: {
        SubTaskStep.REPORT: SubTaskState.ACCEPTED,
        SubTaskStep.FINISH: SubTaskState.DONE,
        SubTaskStep.CANCEL: SubTaskState.CANCELLED,
    },
    SubTaskState.DONE: {SubTaskStep.RETURN: SubTaskState.RETURNED},
    SubTaskState.RETURNED: {
        SubTaskStep.ACCEPT: SubTaskState.ACCEPTED,
        SubTaskStep.CANCEL: SubTaskState.CANCELLED,
    },
    SubTaskState.CANCELLED: {},
}
BY_DEPARTMENT = frozenset({SubTaskStep.ACCEPT, SubTaskStep.REPORT, SubTaskStep.FINISH})


class Reminder(StrEnum):
    """What is told of a sub-task when its time comes."""

    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    REPORT_OVERDUE = "report_overdue"


@dataclass(frozen=True)
class SubTaskRule:
    """Which roles of a department own its sub-tasks, which are told when time is up, and how much
    time there is where the handler gives none."""

    owners: tuple[Role, ...]
    supervisors: tuple[Role, ...]
    time: ClockRule


@dataclass(frozen=True)
class Dues:
    """By when it has to be done, when to warn, and by when the next report is due; no warning and
    no report where the packs want none."""

    due_at: datetime
    warn_at: datetime | None
    report_due_at: datetime | None


@dataclass(eq=False, kw_only=True)
class Report:
    """How far the department said that it is."""

    id: UUID
    by: UUID
    at: datetime
    content: str


@dataclass(eq=False, kw_only=True)
class SubTask:
    """One sub-task. ``said`` is what was said last: the result, or why it was returned or
    cancelled. ``warned_at``, ``overdue_at`` and ``report_overdue_at`` are when that was told."""

    id: UUID
    case_id: UUID
    department: str
    content: str
    owner_id: UUID
    opened_by: UUID
    opened_at: datetime
    dues: Dues
    because: Because
    state: SubTaskState = SubTaskState.OPEN
    said: str | None = None
    changed_at: datetime | None = None
    reports: list[Report] = field(default_factory=list)
    warned_at: datetime | None = None
    overdue_at: datetime | None = None
    report_overdue_at: datetime | None = None

    @property
    def is_pending(self) -> bool:
        """Whether something is still to be done."""
        return self.state not in (SubTaskState.DONE, SubTaskState.CANCELLED)

    @property
    def next_due_at(self) -> datetime:
        """The due time, or that of the next report before it."""
        report = self.dues.report_due_at
        return min(self.dues.due_at, report) if report else self.dues.due_at

    @property
    def wakes_at(self) -> datetime | None:
        """When something is to be told of it next."""
        ahead = (
            None if self.warned_at else self.dues.warn_at,
            None if self.overdue_at else self.dues.due_at,
            None if self.report_overdue_at else self.dues.report_due_at,
        )
        return min((at for at in ahead if at), default=None)

    def take(self, step: SubTaskStep, by: UUID, *, now: datetime, said: str | None = None) -> None:
        """Do ``step``; whoever of the department does something owns it from then on.

        Raises WrongState, which names what is possible.
        """
        self.state, self.changed_at = after(STEPS, self.state, step), now
        self.said = said or self.said
        if step in BY_DEPARTMENT:
            self.owner_id = by

    def retime(self, dues: Dues) -> None:
        """Give it other due times, of which nothing was told yet."""
        self.dues = dues
        self.warned_at = self.overdue_at = self.report_overdue_at = None

    def report(self, report: Report, *, next_due_at: datetime | None) -> None:
        """The department says how far it is; the time for the next report begins (PT-25)."""
        self.take(SubTaskStep.REPORT, report.by, now=report.at)
        self.reports.append(report)
        self.dues = Dues(
            due_at=self.dues.due_at, warn_at=self.dues.warn_at, report_due_at=next_due_at
        )
        self.report_overdue_at = None

    def remind(self, now: datetime) -> list[Reminder]:
        """What is to be told now; each is said once, and no warning once the time is up."""
        told = []
        if self.overdue_at is None and self.dues.due_at <= now:
            self.warned_at = self.overdue_at = now
            told.append(Reminder.OVERDUE)
        if self.warned_at is None and self.dues.warn_at and self.dues.warn_at <= now:
            self.warned_at = now
            told.append(Reminder.DUE_SOON)
        report = self.dues.report_due_at
        if self.report_overdue_at is None and report and report <= now:
            self.report_overdue_at = now
            told.append(Reminder.REPORT_OVERDUE)
        return told


class SubTasksOpen(RuleBroken):
    """A department has still to do something, so no result can be told (CP-25)."""

    code = "sub_tasks_open"
