"""A communication with a customer: its purpose before, its minutes after, and who checks them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from customer.domain.communication_states import TRANSITIONS, Command, State
from customer.domain.events import communications as events
from customer.domain.transitions import after
from shared.rules import Because, Forbidden, Invalid


class ModeUnknown(Invalid):
    """The packs of the unit name no such mode for this customer."""

    code = "mode_unknown"


class PlanTooLate(Invalid):
    """Purpose and agenda are written down before a communication, not after it (VS-24)."""

    code = "plan_too_late"


class PrincipleUnknown(Invalid):
    """The checklist of the unit's packs has no such principle (VS-27)."""

    code = "principle_unknown"


class CheckedByAuthor(Forbidden):
    """Whoever wrote the record is not the one who checks it (VS-30)."""

    code = "checked_by_author"


class CheckedByAnotherRole(Forbidden):
    """The step of this kind of communication is checked by another role (VS-30 to VS-32)."""

    code = "checked_by_another_role"


class Kind(StrEnum):
    """What sort of communication it is; an executive meeting is one of both sides (VS-26)."""

    DAILY = "daily"
    WORK_RECORD = "work_record"
    PLANNED = "planned"
    EXECUTIVE_MEETING = "executive_meeting"


class Frequency(StrEnum):
    """How often a step is checked (VS-32)."""

    SELF = "self"
    AT_OCCURRENCE = "at_occurrence"
    WHEN_NECESSARY = "when_necessary"


@dataclass(frozen=True)
class Mode:
    """A way to communicate that a regulation names (VS-22, VS-30)."""

    mode: str


@dataclass(frozen=True)
class MinutesRule:
    """Within how many working days the minutes are made; with ``plan_first`` a communication that
    began before its plan was written down is refused (VS-24)."""

    working_days: int
    plan_first: bool


@dataclass(frozen=True)
class Principle:
    """One line of the checklist on a record (VS-27)."""

    principle: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step as the regulation tables it (VS-32): the stage, the workflow, who is responsible, what
    is done, the record that results, who checks it and how often."""

    kind: Kind
    stage: str
    workflow: str
    responsible: tuple[str, ...]
    operation: str
    record: str
    checker: str
    frequency: Frequency

    def check(self, *, roles: frozenset[str], by: UUID, author: UUID, because: Because) -> None:
        """Raise CheckedByAnotherRole or CheckedByAuthor unless he may sign the record off. A step
        that those check who carry it out is checked by its author."""
        if self.frequency is Frequency.SELF:
            return
        if self.checker not in roles:
            raise CheckedByAnotherRole(f"This is checked by a {self.checker}.", because=because)
        if by == author:
            raise CheckedByAuthor("Nobody checks his own record.", because=because)


@dataclass(eq=False, kw_only=True)
class Communication:
    """Times are UTC. ``our_side`` are persons, ``their_side`` contacts of the customer.
    The record was given to ``shared_persons`` and ``shared_units`` of ours, and by ``disclosures``
    to others. ``because`` is the clause of the deadline of the minutes."""

    id: UUID
    customer_id: UUID
    org_unit: str
    kind: Kind
    mode: str
    purpose: str
    agenda: str
    planned_for: datetime
    planned_by: UUID
    planned_at: datetime
    our_side: tuple[str, ...] = ()
    their_side: tuple[str, ...] = ()
    project_id: UUID | None = None
    place: str | None = None
    state: State = State.PLANNED
    held_at: datetime | None = None
    minutes_due_at: datetime | None = None
    because: Because | None = None
    minutes: str | None = None
    feedback: str | None = None
    competitors: str | None = None
    follow_up: str | None = None
    principles: tuple[str, ...] = ()
    file_checked: bool = False
    shared_persons: tuple[str, ...] = ()
    shared_units: tuple[str, ...] = ()
    disclosures: tuple[str, ...] = ()
    recorded_by: UUID | None = None
    recorded_at: datetime | None = None
    checked_by: UUID | None = None
    checked_at: datetime | None = None
    version: int = 1

    def hold(self, *, held_at: datetime, now: datetime, plan_first: bool) -> None:
        """It took place. Raises WrongState, PlanTooLate, and Invalid for a time to come."""
        state = after(TRANSITIONS, self.state, Command.HOLD)
        if held_at > now:
            raise Invalid("It has not taken place yet.", errors={"held_at": ["Lies ahead."]})
        if plan_first and held_at < self.planned_at:
            raise PlanTooLate("Purpose and agenda were written down after it began.")
        self.state, self.held_at = state, held_at

    def await_minutes(self, due_at: datetime, because: Because) -> None:
        """Until when the minutes are to be made (VS-24)."""
        self.minutes_due_at, self.because = due_at, because

    def report_overdue(self, *, supervisor_id: UUID | None) -> events.MinutesOverdue:
        """The minutes were not made in time (VS-24). Raises WrongState."""
        self.state = after(TRANSITIONS, self.state, Command.REPORT_OVERDUE)
        return events.MinutesOverdue(
            communication_id=self.id,
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            planned_by=self.planned_by,
            supervisor_id=supervisor_id,
        )

    def record(
        self, said: Mapping[str, Any], *, known: Sequence[Principle], by: UUID, now: datetime
    ) -> None:
        """Write the minutes down (F-04, F-33). Raises WrongState, PrincipleUnknown."""
        state = after(TRANSITIONS, self.state, Command.RECORD)
        odd = sorted(set(said["principles"]) - {one.principle for one in known})
        if odd:
            raise PrincipleUnknown("The checklist has no such principle.", principles=odd)
        for name, value in said.items():
            setattr(self, name, value)
        self.state, self.recorded_by, self.recorded_at = state, by, now

    def recorded(self) -> events.CommunicationRecorded:
        """What is told of the record: ids, and no word of it."""
        return events.CommunicationRecorded(
            communication_id=self.id,
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            kind=self.kind,
            mode=self.mode,
            recorded_by=self.recorded_by,
            shared_persons=self.shared_persons,
            shared_units=self.shared_units,
        )

    def check(self, *, by: UUID, now: datetime) -> None:
        """Sign the record off. Raises WrongState."""
        self.state = after(TRANSITIONS, self.state, Command.CHECK)
        self.checked_by, self.checked_at = by, now

    def cancel(self) -> None:
        """It will not take place. Raises WrongState."""
        self.state = after(TRANSITIONS, self.state, Command.CANCEL)
