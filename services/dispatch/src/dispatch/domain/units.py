"""An organisational unit: its place in the company and its calendar."""

from dataclasses import dataclass
from enum import StrEnum

from dispatch.domain.calendars import CalendarPlan
from dispatch.domain.events import OrgUnitChanged
from shared.rules import Forbidden, Invalid, RuleBroken
from shared.working_time import Calendar


class UnitKind(StrEnum):
    COMPANY = "company"
    DIVISION = "division"
    DEPARTMENT = "department"
    SHOP = "shop"


# What may stand directly above a unit (XC-06); below a shop there is nothing.
ABOVE: dict[UnitKind, frozenset[UnitKind]] = {
    UnitKind.COMPANY: frozenset(),
    UnitKind.DIVISION: frozenset({UnitKind.COMPANY, UnitKind.DIVISION}),
    UnitKind.DEPARTMENT: frozenset(UnitKind) - {UnitKind.SHOP},
    UnitKind.SHOP: frozenset(UnitKind) - {UnitKind.SHOP},
}


class UnitExists(RuleBroken):
    """There is a unit of this code already, here or where the caller cannot see."""

    code = "unit_exists"


class RootUnitForeign(Forbidden):
    """Only somebody who belongs to the company may make the company's unit."""

    code = "root_unit_foreign"


class ParentInvalid(Invalid):
    """A company stands at the top, and everything else below a unit of a kind that may be above
    it (XC-06)."""

    code = "parent_invalid"


@dataclass(eq=False)
class Unit:
    """Company, division, department or shop.

    ``plan`` is the calendar as it was asked for and ``calendar`` what it means in dates; both are
    None where the unit keeps the calendar of its parent.
    """

    unit: str
    parent: str | None
    kind: UnitKind
    name: str
    plan: CalendarPlan | None = None
    calendar: Calendar | None = None
    version: int = 1

    def __post_init__(self) -> None:
        self._check_place(self.parent)

    @property
    def own_calendar(self) -> bool:
        """Whether the unit has a calendar of its own."""
        return self.plan is not None

    def check_above(self, parent: UnitKind) -> None:
        """Refuse a place below a unit of that kind. Raises ParentInvalid (XC-06)."""
        if parent not in ABOVE[self.kind]:
            raise ParentInvalid(
                f"a {self.kind} does not stand below a {parent}",
                errors={"parent": ["is of a kind that is not above this one"]},
            )

    def change(self, *, name: str | None = None, parent: str | None = None) -> None:
        """Rename the unit or move it under ``parent``; None leaves a thing as it is."""
        if parent is not None:
            self._check_place(parent)
            self.parent = parent
        self.name = name or self.name

    def keep_calendar(self, plan: CalendarPlan, calendar: Calendar) -> bool:
        """Take a plan and its days; True when anything is different from before."""
        changed = (self.plan, self.calendar) != (plan, calendar)
        if changed:
            self.plan, self.calendar = plan, calendar
        return changed

    def told(self) -> OrgUnitChanged:
        """The unit as the other services are told of it."""
        return OrgUnitChanged(
            unit=self.unit,
            parent=self.parent,
            kind=self.kind,
            name=self.name,
            calendar=self.calendar.to_data() if self.calendar else None,
        )

    def _check_place(self, parent: str | None) -> None:
        if (parent is None) != (self.kind is UnitKind.COMPANY):
            raise ParentInvalid(
                "a company has no parent, every other unit has one",
                errors={"parent": ["does not fit the kind"]},
            )
