"""A visit to a customer, from its planning to the report on it (VS-01, VS-43)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from customer.domain.events import visits as events
from customer.domain.visit_reports import VisitRecord
from customer.domain.visit_rules import RuleKey, VisitMode, VisitRule
from customer.domain.visit_states import Command, State, after
from shared.rules import Because, Invalid

LOWEST_PRIORITY = 99


class ModeNotAllowed(Invalid):
    """The rule that asks for a visit wants it made in another way (VS-02)."""

    code = "mode_not_allowed"


@dataclass(eq=False, kw_only=True)
class Visit:
    """One visit for the unit ``org_unit``, of ``activity`` and by somebody who holds ``role``.

    ``because`` is the clause of the rule that asks for it; ``due_on`` and ``completed_on`` are
    local dates of the unit, ``reported_at`` is in UTC. ``supervisor_id`` is who was told last: of
    the plan, then of the delay. ``occasion`` is empty for a visit that comes again and again.
    ``grade`` is the one for which the rule asks, or empty; ``priority`` puts visits of one day in
    order, smallest first.
    """

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
    occasion: str = ""
    grade: str = ""
    priority: int = LOWEST_PRIORITY
    appointed_on: date | None = None
    state: State = State.PLANNED
    completed_on: date | None = None
    completed_by: UUID | None = None
    reported_at: datetime | None = None
    mode: VisitMode | None = None
    report: str | None = None
    record: VisitRecord | None = None
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

    def escalate(self, *, superior_id: UUID | None, because: Because) -> events.VisitEscalated:
        """Tell who is above the supervisor (VS-43). Raises WrongState."""
        self.state = after(self.state, Command.ESCALATE)
        return events.VisitEscalated(
            visit_id=self.id,
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            visitor_id=self.visitor_id,
            supervisor_id=self.supervisor_id,
            superior_id=superior_id,
            due_on=self.due_on,
            because=because,
        )

    @property
    def day(self) -> date:
        """On which day the visitor means to come: by appointment, else when it is due."""
        return self.appointed_on or self.due_on

    def appoint(self, day: date, *, today: date) -> None:
        """Choose the day, which lies within the bound that the rule sets. Raises WrongState and
        Invalid."""
        state = after(self.state, Command.APPOINT)
        if not today <= day <= self.due_on:
            raise Invalid(
                "The day of a visit lies between today and the day on which it is due.",
                because=self.because,
                errors={"appointed_on": [f"From {today} to {self.due_on}."]},
            )
        self.state, self.appointed_on = state, day

    def complete(
        self,
        *,
        completed_on: date,
        mode: VisitMode | None,
        report: str,
        record: VisitRecord,
        by: UUID,
        today: date,
        now: datetime,
    ) -> events.VisitCompleted:
        """Record that the visit was made. Raises WrongState, and Invalid for a day to come."""
        state = after(self.state, Command.COMPLETE)
        if completed_on > today:
            raise Invalid(
                "A visit is recorded after it was made.",
                errors={"completed_on": ["Lies in the future."]},
            )
        self.state, self.completed_on, self.reported_at = state, completed_on, now
        self.completed_by, self.mode, self.report, self.record = by, mode, report, record
        return events.VisitCompleted(
            visit_id=self.id,
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            visitor_id=self.visitor_id,
            completed_on=completed_on,
            activity=self.activity,
            mode=mode,
            data_changed=record.data_changed,
        )

    def data_updated(self, *, office_id: UUID | None, because: Because) -> events.VisitDataUpdated:
        """What is told when the visit changed the customer's data (CF-37)."""
        return events.VisitDataUpdated(
            visit_id=self.id,
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            office_id=office_id,
            because=because,
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
