"""The weekly report on complaints (CP-37, RP-01, form F-14): a record whose numbers can be worked
out again from what it was made of.

A report is about the ``units`` that were at or below its unit when it was first made, and about
what happened from ``from_at`` on and before ``until_at``. Of the journal it knows the entries up to
``position``. Persons are ids; no words that somebody wrote about a person are in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Any, TypeAlias
from uuid import UUID

from complaint.domain.events.weekly_reports import WeeklyReportGenerated
from complaint.domain.iso_weeks import IsoWeek, WeekInvalid
from complaint.domain.staff import Role
from shared.rules import Because

Figures: TypeAlias = Mapping[str, Any]
KEY_FIGURES = ("received", "closed", "open", "breaches", "escalations")


class Notable(StrEnum):
    """Why a complaint is named in the report (F-14)."""

    GM_MEETING = "gm_meeting"
    REPORTED_TO_12315 = "reported_to_12315"
    ESCALATED = "escalated"
    REOPENED = "reopened"
    HARD_BREACH = "hard_breach"
    REPEAT = "repeat"


@dataclass(frozen=True)
class NotableRule:
    """For which ``reasons`` complaints are named in the report, the gravest first, and how many
    ``at_most``."""

    reasons: tuple[Notable, ...]
    at_most: int


@dataclass(frozen=True, kw_only=True)
class WeeklyReportRule:
    """Units of ``kinds`` get a report by themselves, in the next week on that ISO ``weekday`` (1 is
    Monday) at that ``hour`` of their own time; holders of ``roles`` are told of it (CP-37).
    ``notable`` says which complaints are named in it."""

    kinds: tuple[str, ...]
    weekday: int
    hour: int
    roles: tuple[Role, ...]
    notable: NotableRule = NotableRule((), 0)

    def next_at(self, now: datetime, zone: tzinfo) -> datetime:
        """The first such time behind ``now``."""
        week = IsoWeek.of(now.astimezone(zone).date())
        ahead = timedelta(days=self.weekday - 1, hours=self.hour)
        at = week.begin(zone) + ahead
        return at if at > now else week.end(zone) + ahead


@dataclass(frozen=True, kw_only=True)
class RecurrenceRule:
    """Complaints about one thing and department recur when there are ``at_least`` so many of them
    within the last ``days`` (CP-05, RP-13)."""

    at_least: int
    days: int


@dataclass(frozen=True)
class Period:
    """What a report is made of; the same one gives the same numbers."""

    units: tuple[str, ...]
    from_at: datetime
    until_at: datetime
    position: int


def span(week: IsoWeek, *, zone: tzinfo, now: datetime) -> tuple[datetime, datetime]:
    """From when to when (UTC) a report of the week reaches; that of a running week ends now.

    Raises WeekInvalid for a week that has not begun.
    """
    begin, end = week.begin(zone), week.end(zone)
    if begin >= now:
        raise WeekInvalid("The week has not begun.", errors={"week": [str(week)]})
    return begin.astimezone(UTC), min(end, now).astimezone(UTC)


@dataclass(eq=False, kw_only=True)
class WeeklyReport:
    """One revision of the report of a unit and week. ``changes`` says in what the numbers differ
    from those of the revision before: old and new by the path of the number."""

    id: UUID
    org_unit: str
    year: int
    week: int
    revision: int
    period: Period
    figures: Figures
    open_list: list[Mapping[str, Any]]
    notable: list[Mapping[str, Any]]
    because: Because
    made_at: datetime
    made_by: UUID | None
    changes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def open_not_listed(self) -> int:
        """How many open complaints the list does not name."""
        return max(0, int(self.figures["totals"]["open"]) - len(self.open_list))

    def told(self, told_ids: tuple[UUID, ...]) -> WeeklyReportGenerated:
        """That it was made, for those who have to know."""
        return WeeklyReportGenerated(
            org_unit=self.org_unit,
            week=str(IsoWeek(self.year, self.week)),
            revision=self.revision,
            figures={name: self.figures["totals"][name] for name in KEY_FIGURES},
            rates={name: one["rate"] for name, one in self.figures["rates"].items()},
            told_ids=told_ids,
            because=self.because,
        )


def differences(before: Figures, after: Figures) -> dict[str, Any]:
    """What changed between two sets of numbers, by path (``totals.received``): old and new."""
    old, new = dict(_leaves(before)), dict(_leaves(after))
    paths = sorted(old.keys() | new.keys())
    return {
        path: {"before": old.get(path), "after": new.get(path)}
        for path in paths
        if old.get(path) != new.get(path)
    }


def _leaves(figures: Figures, above: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, value in figures.items():
        path = f"{above}{name}"
        found += _leaves(value, f"{path}.") if isinstance(value, Mapping) else [(path, value)]
    return found
