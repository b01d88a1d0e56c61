"""The same thing again and again: from how many cases alike on a department has to act (CP-58,
E-24).

Cases are alike when they are of one category and product. The category of a complaint is what it is
about, that of a problem where it comes from.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from complaint.domain.cases import Case
from complaint.domain.complaint import Complaint
from complaint.domain.events.patterns import PatternDetected
from complaint.domain.problems import Problem
from complaint.domain.staff import Role
from shared.rules import Because

PRODUCT_LENGTH = 120


class Scope(StrEnum):
    """Among which cases is counted: those of one unit, or of its whole company."""

    UNIT = "unit"
    COMPANY = "company"


@dataclass(frozen=True)
class RepeatThreshold:
    """From ``at_least`` cases alike within ``days`` on they are a pattern; ``told`` hear of it."""

    at_least: int
    days: int
    scope: Scope
    told: tuple[Role, ...]

    @property
    def span(self) -> timedelta:
        """The most time between the first and the last of them."""
        return timedelta(days=self.days)


@dataclass(eq=False, kw_only=True)
class PatternMark:
    """By what a case is like others; ``product`` is empty where none is known. ``pattern_id`` is
    the pattern that it is part of: a case is counted for one alone."""

    case_id: UUID
    org_unit: str
    category: str
    product: str
    department: str | None
    filed_at: datetime
    pattern_id: UUID | None = None


@dataclass(eq=False, kw_only=True)
class Pattern:
    """Cases alike, and the action that shall end what they come from. It is open until the action
    is verified; the cases filed until then are part of it (``cases`` counts them)."""

    id: UUID
    org_unit: str
    category: str
    product: str
    department: str
    cases: int
    first_at: datetime
    last_at: datetime
    detected_at: datetime
    action_id: UUID
    because: Because
    ended_at: datetime | None = None

    def join(self, mark: PatternMark) -> None:
        """Another case of the same."""
        mark.pattern_id = self.id
        self.cases += 1
        self.last_at = max(self.last_at, mark.filed_at)

    def detected(
        self, case_ids: Iterable[UUID], supervisor_ids: tuple[UUID, ...]
    ) -> PatternDetected:
        """What is told of a new one."""
        return PatternDetected(
            pattern_id=self.id,
            org_unit=self.org_unit,
            category=self.category,
            product=self.product or None,
            department=self.department,
            case_ids=tuple(case_ids),
            first_at=self.first_at,
            last_at=self.last_at,
            action_id=self.action_id,
            supervisor_ids=supervisor_ids,
            because=self.because,
        )


def likeness(case: Case) -> tuple[str, str, str | None] | None:
    """Category, product and responsible department of a case; None for kinds that are not
    counted."""
    if isinstance(case, Complaint):
        told = case.form.details
        product = told.product_code or told.product
        return case.intake.about.value, plain(product), told.respondent_department
    if isinstance(case, Problem):
        return case.source.value, plain(case.product), next(iter(case.departments), None)
    return None


def plain(product: str | None) -> str:
    """A product however it was written."""
    return " ".join((product or "").split()).lower()[:PRODUCT_LENGTH]


def repeated(
    marks: Sequence[PatternMark], mark: PatternMark, rule: RepeatThreshold
) -> list[PatternMark]:
    """The first cases alike, ``mark`` among them, that the rule finds too many; else none."""
    ordered = sorted({*marks, mark}, key=lambda one: (one.filed_at, one.case_id))
    for start in range(len(ordered) - rule.at_least + 1):
        found = ordered[start : start + rule.at_least]
        if mark in found and found[-1].filed_at - found[0].filed_at <= rule.span:
            return found
    return []


def responsible(marks: Iterable[PatternMark]) -> str | None:
    """The department named most often, the first by its code of several; None if none is."""
    named = Counter(mark.department for mark in marks if mark.department)
    return min(named, key=lambda one: (-named[one], one), default=None)
