"""A visit to a customer, from its planning to the report on it (VS-01, VS-43)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from customer.domain.events import visits as events
from customer.domain.visit_rules import RuleKey, VisitMode, VisitRule
from customer.domain.visit_states import Command, State, after
from shared.rules import Because, Invalid


class ModeNotAllowed(Invalid):
    """The rule that asks for a visit wants it made in another way (VS-02)."""

    code = "mode_not_allowed"


@dataclass(eq=False, kw_only=True)
class Visit:
    """One visit for the unit ``org_unit``, of ``activity`` and by somebody who holds ``role``.

    ``because`` is the clause of the rule that asks for it; ``due_on`` and ``completed_on`` are
    local dates of the unit. ``supervisor_id`` is who was told last: of the
    plan, then of the delay."""

    id: UUID
    customer_id: UUID
    org_unit: str
    activity: str
    role: str
    visitor_id: UUID
    supervisor_id: UUID | None
    due_on: date
    because: Because
    planned_at: datetime
    state: State = State.PLANNED
    completed_on: date | None = None
    completed_by: UUID | None = None
    mode: VisitMode | None = None
    report: str | None = None
    version: int = 1

    def planned(self) -> events.VisitPlanned:
        """What is told of a new visit."""
        return events.VisitPlanned(
            visit_id=self.id,
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            visitor_id=self.visitor_id,
            supervisor_id=self.supervisor_id,
            due_on=self.due_on,
            activity=self.activity,
            because=self.because,
        )

    @property
    def key(self) -> RuleKey:
        """Which rule asks for the visit."""
        return RuleKey(self.activity, self.role)

    def rule(self, rules: Sequence[VisitRule], *, mode: VisitMode) -> VisitRule:
        """The rule that asks for the visit, as it is today; one without conditions where none does
        any more. Raises ModeNotAllowed when it is not made in that way."""
        found = next((one for one in rules if one.key == self.key), None)
        if found is not None and not found.allows(mode):
            raise ModeNotAllowed(
                f"A {self.activity} is not made by {mode}.",
                because=self.because,
                errors={"mode": [f"One of {', '.join(found.modes)}."]},
            )
        return found or VisitRule(activity=self.activity, months=0, role=self.role)

    def misfit(self, *, org_unit: str, due_on: date, visitor_id: UUID | None) -> str | None:
        """Why this visit is no longer the one to make; None when it still is."""
        if org_unit != self.org_unit:
            return "unit_changed"
        if due_on != self.due_on:
            return "due_date_changed"
        return "visitor_changed" if visitor_id != self.visitor_id else None

    def remind(self, *, because: Because) -> events.VisitDue:
        """Remind the visitor (VS-43). Raises WrongState."""
        self.state = after(self.state, Command.REMIND)
        return events.VisitDue(
            visit_id=self.id,
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            visitor_id=self.visitor_id,
            due_on=self.due_on,
            because=because,
        )

    def report_overdue(
        self, *, supervisor_id: UUID | None, because: Because
    ) -> events.VisitOverdue:
        """Tell who is the supervisor now that the visit was not made in time (VS-43).

        Raises WrongState.
        """
        self.state = after(self.state, Command.REPORT_OVERDUE)
        self.supervisor_id = supervisor_id
        return events.VisitOverdue(
            visit_id=self.id,
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            visitor_id=self.visitor_id,
            supervisor_id=self.supervisor_id,
            due_on=self.due_on,
            because=because,
        )

    def complete(
        self, *, completed_on: date, mode: VisitMode | None, report: str, by: UUID, today: date
    ) -> events.VisitCompleted:
        """Record that the visit was made. Raises WrongState, and Invalid for a day to come."""
        state = after(self.state, Command.COMPLETE)
        if completed_on > today:
            raise Invalid(
                "A visit is recorded after it was made.",
                errors={"completed_on": ["Lies in the future."]},
            )
        self.state, self.completed_on = state, completed_on
        self.completed_by, self.mode, self.report = by, mode, report
        return events.VisitCompleted(
            visit_id=self.id,
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            visitor_id=self.visitor_id,
            completed_on=completed_on,
        )

    def cancel(self, reason: str) -> events.VisitCancelled:
        """Give the visit up, mostly for another one. ``reason`` is a code. Raises WrongState."""
        self.state = after(self.state, Command.CANCEL)
        return events.VisitCancelled(
            visit_id=self.id,
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            reason=reason,
        )
