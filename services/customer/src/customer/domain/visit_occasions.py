"""Visits that one occasion asks for: a sale, a node of a contract, a holiday (VS-23, VS-42)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from customer.domain.visit_rules import VisitMode, VisitRule


class OccasionKind(StrEnum):
    """What asks for a visit of its own. Holidays stand in the unit's calendar, all others are told
    of a customer."""

    SALE = "sale"
    CONTRACT_EXPIRY = "contract_expiry"
    MILESTONE = "milestone"
    HOLIDAY = "holiday"


@dataclass(frozen=True)
class OccasionRule:
    """A visit of ``activity`` by an actor who holds ``role``, so many calendar ``days_before`` the
    occasion or ``days_after`` it. ``holiday`` is the name of one in the unit's calendar."""

    occasion: OccasionKind
    activity: str
    role: str
    days_before: int = 0
    days_after: int = 0
    holiday: str | None = None
    modes: tuple[VisitMode, ...] = ()
    counts_for: tuple[str, ...] = ()

    def due_on(self, day: date) -> date:
        """When the visit for an occasion on ``day`` is due."""
        return day + timedelta(days=self.days_after - self.days_before)

    @property
    def asked(self) -> VisitRule:
        """What is asked of the visit itself."""
        return VisitRule(
            activity=self.activity,
            months=0,
            role=self.role,
            modes=self.modes,
            counts_for=self.counts_for,
        )


@dataclass(frozen=True)
class Intensity:
    """While a project of the customer begins ``within_days``, he is visited after ``percent`` of
    the interval (VS-21)."""

    within_days: int
    percent: int


@dataclass(eq=False, kw_only=True)
class Occasion:
    """Something that happens with a customer of ``unit`` on a local day. ``reference`` names it,
    so that one that is told again with another day is moved."""

    id: UUID
    customer_id: UUID
    unit: str
    kind: OccasionKind
    reference: str
    happens_on: date
    told_on: date
    told_at: datetime
    version: int = 1


class Asked(NamedTuple):
    """A visit that an occasion asks for; ``occasion`` tells it from others of its rule."""

    occasion: str
    due_on: date


def node_visit(rule: OccasionRule, occasion: Occasion, *, is_last: bool) -> Asked | None:
    """The visit that ``rule`` asks for an occasion that was told. One whose day had passed when it
    was told is left out, unless it ``is_last``: some visit there has to be."""
    due_on = rule.due_on(occasion.happens_on)
    if due_on < occasion.told_on and not is_last:
        return None
    name = f"{occasion.id}/{rule.days_before}"
    return Asked(name, max(due_on, occasion.told_on))


def holiday_visit(
    rule: OccasionRule, holidays: Mapping[date, str], *, today: date, done: Collection[str]
) -> Asked | None:
    """The visit for the next time that the holiday of ``rule`` begins and that has none yet; None
    while the calendar does not know when that is (VS-34, CM-10)."""
    for day in sorted(day for day, name in holidays.items() if name == rule.holiday):
        first = holidays.get(day - timedelta(days=1)) != rule.holiday
        if first and day >= today and day.isoformat() not in done:
            return Asked(day.isoformat(), max(rule.due_on(day), today))
    return None
