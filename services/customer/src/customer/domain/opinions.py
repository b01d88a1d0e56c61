"""What customers said on visits, summarised and analysed by unit and period (VS-36)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from customer.domain.cadence import add_months, period_begin
from customer.domain.events.opinions import CorrectiveActionRequested
from customer.domain.opinion_states import TRANSITIONS, Command, State
from customer.domain.transitions import after
from shared.rules import Because, Forbidden, Invalid, RuleBroken


class PeriodInvalid(Invalid):
    """No period of the packs begins on that day, or it is not over yet."""

    code = "period_invalid"


class SummaryExists(RuleBroken):
    """The opinions of that unit and period are summarised already."""

    code = "summary_exists"


class NotResponsible(Forbidden):
    """The manager whom the packs name analyses, or the person whom he named (VS-36)."""

    code = "not_responsible"


class ReasonUnknown(Invalid):
    """The packs of the unit know no such reason for an action."""

    code = "reason_unknown"


class ActionKind(StrEnum):
    """Whether an action ends a fault or keeps it from happening."""

    CORRECTIVE = "corrective"
    PREVENTIVE = "preventive"


@dataclass(frozen=True, kw_only=True)
class OpinionRule:
    """Every so many ``months``, counted from January, holders of the roles ``responsible`` analyse
    what stands in ``sections`` of the reports on ``activities``. An action has one of ``reasons``
    and is due within ``action_days`` calendar days; None leaves that open."""

    months: int
    activities: tuple[str, ...]
    sections: tuple[str, ...]
    responsible: tuple[str, ...]
    reasons: tuple[str, ...]
    action_days: int | None = None

    def period_end(self, first: date, *, today: date, because: Because) -> date:
        """The last day of the period that begins on ``first``. Raises PeriodInvalid."""
        last = add_months(first, self.months) - timedelta(days=1)
        said = None
        if first != period_begin(first, self.months):
            said = f"A period begins every {self.months} months, with January."
        elif last >= today:
            said = f"The period ends on {last}."
        if said:
            errors = {"period_from": [said]}
            raise PeriodInvalid(
                "No period that is over begins then.", because=because, errors=errors
            )
        return last


@dataclass(eq=False, kw_only=True)
class OpinionSummary:
    """The opinions that were reported to ``units`` (``org_unit`` and those below it) from
    ``from_at`` on and before ``until_at``, the UTC bounds of the local days ``period_from`` to
    ``period_to``. With units, activities and sections kept, the same reports are always found;
    ``reports`` is their number."""

    id: UUID
    org_unit: str
    period_from: date
    period_to: date
    from_at: datetime
    until_at: datetime
    units: tuple[str, ...]
    activities: tuple[str, ...]
    sections: tuple[str, ...]
    because: Because
    opened_by: UUID
    opened_at: datetime
    reports: int = 0
    state: State = State.OPEN
    delegate_id: UUID | None = None
    analysis: str | None = None
    analysed_by: UUID | None = None
    analysed_at: datetime | None = None
    action_id: UUID | None = None
    action_kind: ActionKind | None = None
    action_reason: str | None = None
    action_due_on: date | None = None
    action_requested_by: UUID | None = None
    version: int = 1

    def check_responsible(
        self, rule: OpinionRule, *, roles: Collection[str], by: UUID, because: Because
    ) -> None:
        """Raise NotResponsible unless he is a manager whom the packs name, or his delegate."""
        if by != self.delegate_id:
            check_manager(rule, roles=roles, because=because)

    def delegate(self, person_id: UUID) -> None:
        """Name the person who analyses it. Raises WrongState."""
        self.state = after(TRANSITIONS, self.state, Command.DELEGATE)
        self.delegate_id = person_id

    def analyse(self, text: str, *, by: UUID, now: datetime) -> None:
        """Write down what follows from the opinions. Raises WrongState."""
        self.state = after(TRANSITIONS, self.state, Command.ANALYSE)
        self.analysis, self.analysed_by, self.analysed_at = text, by, now

    def request_action(
        self,
        rule: OpinionRule,
        *,
        action_id: UUID,
        kind: ActionKind,
        reason: str,
        by: UUID,
        today: date,
        because: Because,
    ) -> CorrectiveActionRequested:
        """Have an action opened by the company's procedure. Raises WrongState, ReasonUnknown."""
        state = after(TRANSITIONS, self.state, Command.REQUEST_ACTION)
        if reason not in rule.reasons:
            errors = {"reason": [f"One of {', '.join(rule.reasons)}."]}
            raise ReasonUnknown("There is no such reason.", because=because, errors=errors)
        days = rule.action_days
        self.state, self.action_id = state, action_id
        self.action_kind, self.action_reason, self.action_requested_by = kind, reason, by
        self.action_due_on = None if days is None else today + timedelta(days=days)
        return CorrectiveActionRequested(
            action_id=action_id,
            summary_id=self.id,
            org_unit=self.org_unit,
            kind=kind,
            reason=reason,
            period_from=self.period_from,
            period_to=self.period_to,
            due_on=self.action_due_on,
            requested_by=by,
            because=because,
        )


def check_manager(rule: OpinionRule, *, roles: Collection[str], because: Because) -> None:
    """Raise NotResponsible unless one of ``roles`` is that of a manager whom the packs name."""
    if not set(rule.responsible) & set(roles):
        named = ", ".join(rule.responsible)
        raise NotResponsible(f"For opinions a {named} is responsible.", because=because)
