"""Joint inspections of a partner by the units concerned, which his office organises (AD-29)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from customer.domain.events.inspections import InspectionDue, InspectionMoved
from customer.domain.inspection_states import Command, State, after
from shared.rules import Because, Invalid, NotFound, RuleBroken


class FindingsMissing(RuleBroken):
    """A unit that was invited has not said what it found."""

    code = "findings_missing"


@dataclass(eq=False, kw_only=True)
class InvitedUnit:
    """A unit that takes part, and what its inspector found; the latest finding counts."""

    inspection_id: UUID
    unit: str
    customer_id: UUID
    finding: str | None = None
    inspector_id: UUID | None = None
    found_at: datetime | None = None
    version: int = 1


@dataclass(eq=False, kw_only=True)
class Inspection:
    """``org_unit`` is the contracting unit that introduced the partner; ``planned_on`` and
    ``held_on`` are local dates of it."""

    id: UUID
    customer_id: UUID
    org_unit: str
    purpose: str
    planned_on: date
    organiser_id: UUID
    planned_at: datetime
    because: Because
    invited: list[InvitedUnit] = field(default_factory=list)
    state: State = State.PLANNED
    held_on: date | None = None
    conclusion: str | None = None
    cancelled_for: str | None = None
    version: int = 1

    @property
    def units(self) -> tuple[str, ...]:
        """The units that take part."""
        return tuple(one.unit for one in self.invited)

    def check_day(self, *, today: date) -> None:
        """Raise Invalid for an inspection that is planned for a day that is past."""
        if self.planned_on < today:
            errors = {"planned_on": ["Is past."]}
            raise Invalid("An inspection is planned before it takes place.", errors=errors)

    def moved(self) -> InspectionMoved:
        """What is told of where it stands: nothing of what was found."""
        return InspectionMoved(
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            inspection_id=self.id,
            state=self.state,
            planned_on=self.planned_on,
            organiser_id=self.organiser_id,
            units=self.units,
            because=self.because,
        )

    def due(self) -> InspectionDue:
        """What is told shortly before the day."""
        return InspectionDue(
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            inspection_id=self.id,
            planned_on=self.planned_on,
            organiser_id=self.organiser_id,
            units=self.units,
            because=self.because,
        )

    def hold(self, held_on: date, *, today: date) -> InspectionMoved:
        """It took place. Raises WrongState, and Invalid for a day to come."""
        state = after(self.state, Command.HOLD)
        if held_on > today:
            raise Invalid("It has not taken place yet.", errors={"held_on": ["Lies ahead."]})
        self.state, self.held_on = state, held_on
        return self.moved()

    def find(self, unit: str, finding: str, *, by: UUID, now: datetime) -> None:
        """Record what the inspector of a unit found. Raises WrongState, and NotFound for a unit
        that was not invited."""
        state = after(self.state, Command.FIND)
        asked = next((one for one in self.invited if one.unit == unit), None)
        if asked is None:
            raise NotFound("That unit was not invited.")
        asked.finding, asked.inspector_id, asked.found_at = finding, by, now
        self.state = state

    def conclude(self, conclusion: str) -> InspectionMoved:
        """Say what came of it, once every unit has said what it found. Raises WrongState,
        FindingsMissing."""
        state = after(self.state, Command.CONCLUDE)
        missing = [one.unit for one in self.invited if one.finding is None]
        if missing:
            raise FindingsMissing("Not every unit has said what it found.", units=missing)
        self.state, self.conclusion = state, conclusion
        return self.moved()

    def cancel(self, reason: str) -> InspectionMoved:
        """It does not take place. Raises WrongState."""
        self.state = after(self.state, Command.CANCEL)
        self.cancelled_for = reason
        return self.moved()
