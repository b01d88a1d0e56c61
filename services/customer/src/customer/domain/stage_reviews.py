"""The review of a graded customer at the end of a stage, and what a problem asks for (F-11)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from customer.domain.stage_review_states import Command, State, after
from shared.rules import Because


@dataclass(frozen=True)
class StageRule:
    """Who is graded by ``scheme`` is reviewed every so many months, and the result is reported
    within so many calendar days (CL-23)."""

    scheme: str
    months: int
    report_days: int


@dataclass(frozen=True)
class DowngradeRule:
    """A customer of ``grade`` with one of ``problems`` is lowered within ``days`` calendar days
    (CL-24); who is to be told on the last of them, and on the day after."""

    scheme: str
    grade: str
    days: int
    problems: tuple[str, ...]


@dataclass(eq=False, kw_only=True)
class StageReview:
    """One review of a customer by a unit: of the stage from ``period_from`` to ``period_to``, to be
    reported by ``due_on``, all local dates of the unit. ``form`` holds the points by item, the
    problems and the consequence."""

    id: UUID
    customer_id: UUID
    unit: str
    scheme: str
    period_from: date
    period_to: date
    due_on: date
    old_grade: str
    because: Because
    internal: bool = False
    state: State = State.OPEN
    proposed_grade: str | None = None
    form: Mapping[str, Any] = field(default_factory=dict)
    reviewer: str | None = None
    reported_at: datetime | None = None
    filed_by: str | None = None
    filed_at: datetime | None = None
    version: int = 1

    def miss(self) -> None:
        """Note that nothing was reported in time. Raises WrongState."""
        self.state = after(self.state, Command.MISS)

    def report(
        self, *, form: Mapping[str, Any], proposed_grade: str, by: str, now: datetime
    ) -> None:
        """Take over the result. Raises WrongState."""
        self.state = after(self.state, Command.REPORT)
        self.form, self.proposed_grade = dict(form), proposed_grade
        self.reviewer, self.reported_at = by, now

    def file(self, *, by: str, now: datetime) -> None:
        """Put the result on file at the marketing division. Raises WrongState."""
        self.state = after(self.state, Command.FILE)
        self.filed_by, self.filed_at = by, now


@dataclass(eq=False, kw_only=True)
class GradeProblem:
    """What makes a grade untenable: until ``due_on``, a local date of the unit, it is lowered."""

    id: UUID
    customer_id: UUID
    unit: str
    scheme: str
    product: str
    grade: str
    kind: str
    due_on: date
    because: Because
    noted_at: datetime
    noted_by: str
    settled_at: datetime | None = None
    version: int = 1
