"""Forums, promotion meetings and the like, from the plan to the report (VS-06 to VS-11, VS-15)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from customer.domain.cadence import add_months
from customer.domain.events.gatherings import GatheringMoved
from customer.domain.gathering_states import TRANSITIONS, WAITING, Command, State
from customer.domain.transitions import after
from shared.rules import Because, Forbidden, Invalid, RuleBroken


class Kind(StrEnum):
    """What sort of gathering it is; the thank-you meeting is held once a year (VS-15)."""

    FORUM = "forum"
    PROMOTION = "promotion"
    EXHIBITION = "exhibition"
    THANK_YOU = "thank_you"


class AgendaIncomplete(Invalid):
    """The agenda leaves out what the pack asks for (VS-07, VS-08)."""

    code = "agenda_incomplete"


class ApprovalMissing(RuleBroken):
    """A large gathering is held once its plan has all approvals, the last by the general manager
    (VS-09)."""

    code = "approval_missing"


class FundingMissing(RuleBroken):
    """What a gathering costs is granted before it is held (VS-37)."""

    code = "funding_missing"


class YearTaken(RuleBroken):
    """The company has planned all gatherings of that kind for the year (VS-15)."""

    code = "year_taken"


class NotTheApprover(Forbidden):
    """Another role decides on the plan now, or the same person would decide twice (VS-09)."""

    code = "not_the_approver"


@dataclass(frozen=True, kw_only=True)
class GatheringRule:
    """What a pack says of one kind: ``agenda`` lists what is spoken of; every ``cycle_months``
    there is to be another one, None leaves that open. Of a kind with ``per_year`` the company holds
    so many a year; the first is to be planned before the month ``planned_by_month``."""

    kind: Kind
    agenda: tuple[str, ...] = ()
    cycle_months: int | None = None
    per_year: int | None = None
    planned_by_month: int | None = None

    def due_on(self, *, last: date | None, planned: int, year: int) -> date | None:
        """From which day on another one is wanted in ``year``, for which the company has so many
        ``planned``; None is never, or not known. ``last`` is the day of the unit's last one."""
        if self.planned_by_month is not None:
            return None if planned else date(year, self.planned_by_month, 1)
        if self.cycle_months is None or last is None:
            return None
        return add_months(last, self.cycle_months)


@dataclass(frozen=True, kw_only=True)
class ApprovalRule:
    """From ``large_attendees`` persons or ``large_budget`` (10,000 yuan) on, ``approvers`` approve
    the plan, in their order (VS-09)."""

    large_attendees: int
    large_budget: Decimal
    approvers: tuple[str, ...]


@dataclass(frozen=True)
class FundingRule:
    """The role that grants what a gathering costs (VS-37)."""

    funder: str


@dataclass(eq=False, kw_only=True)
class Gathering:
    """``planned_on`` and ``held_on`` are local dates of the unit, ``budget`` is in 10,000 yuan.
    ``joint_units`` hold it together, ``invited_units`` may join and say whether they do (VS-11).
    ``approvals`` are the persons who approved the plan as it is, in their order."""

    id: UUID
    org_unit: str
    kind: Kind
    title: str
    plan: str
    agenda: tuple[str, ...]
    planned_on: date
    attendees: int
    organiser_id: UUID
    drafted_at: datetime
    budget: Decimal | None = None
    customers: tuple[str, ...] = ()
    joint_units: tuple[str, ...] = ()
    invited_units: tuple[str, ...] = ()
    state: State = State.DRAFT
    approvals: tuple[str, ...] = ()
    refusal: str | None = None
    funded_by: UUID | None = None
    held_on: date | None = None
    report_text: str | None = None
    reported_by: UUID | None = None
    closed_by: UUID | None = None
    version: int = 1

    def is_large(self, rule: ApprovalRule) -> bool:
        """Whether its plan needs approvals (VS-09)."""
        return self.attendees >= rule.large_attendees or (self.budget or 0) >= rule.large_budget

    def check_agenda(self, rule: GatheringRule, because: Because) -> None:
        """Raise AgendaIncomplete unless all that the pack asks for is spoken of."""
        missing = [item for item in rule.agenda if item not in self.agenda]
        if missing:
            raise AgendaIncomplete("The agenda is not whole.", because=because, missing=missing)

    def submit(self) -> GatheringMoved:
        """Lay the plan before those who approve it. Raises WrongState."""
        self.refusal = None
        return self._move(Command.SUBMIT)

    def approve(self, rule: ApprovalRule, *, roles: frozenset[str], by: UUID) -> GatheringMoved:
        """Give the next approval. Raises WrongState, NotTheApprover."""
        after(TRANSITIONS, self.state, Command.APPROVE)
        self._check_approver(rule, roles=roles, by=by)
        moved = self._move(Command.APPROVE)
        self.approvals = (*self.approvals, str(by))
        return moved

    def refuse(
        self, rule: ApprovalRule, *, roles: frozenset[str], by: UUID, reason: str
    ) -> GatheringMoved:
        """Send the plan back to its department. Raises WrongState, NotTheApprover."""
        after(TRANSITIONS, self.state, Command.REFUSE)
        self._check_approver(rule, roles=roles, by=by)
        self.approvals, self.refusal = (), reason
        return self._move(Command.REFUSE)

    def fund(self, rule: FundingRule, *, roles: Collection[str], by: UUID) -> None:
        """Grant what it costs. Raises WrongState, NotTheApprover."""
        state = after(TRANSITIONS, self.state, Command.FUND)
        if rule.funder not in roles:
            raise NotTheApprover(f"A {rule.funder} grants the budget.")
        self.state, self.funded_by = state, by

    def hold(
        self, rule: ApprovalRule, *, held_on: date, today: date, funded: bool = True
    ) -> GatheringMoved:
        """It took place; unless ``funded`` its budget is not granted yet. Raises ApprovalMissing,
        FundingMissing, WrongState, and Invalid for a day to come."""
        small = not self.is_large(rule) and self.state is State.DRAFT
        if not small and self.state in (State.DRAFT, *WAITING):
            raise ApprovalMissing("The plan is not approved.", state=self.state.value)
        command = Command.HOLD_SMALL if small else Command.HOLD
        after(TRANSITIONS, self.state, command)
        if not funded:
            raise FundingMissing("The budget is not granted.", state=self.state.value)
        if held_on > today:
            raise Invalid("It has not taken place yet.", errors={"held_on": ["Lies ahead."]})
        self.held_on = held_on
        return self._move(command)

    def report(self, text: str, *, by: UUID) -> GatheringMoved:
        """File the written report with the marketing division (VS-10). Raises WrongState."""
        moved = self._move(Command.REPORT)
        self.report_text, self.reported_by = text, by
        return moved

    def close(self, *, by: UUID) -> GatheringMoved:
        """End it; without a report it has not come that far. Raises WrongState."""
        moved = self._move(Command.CLOSE)
        self.closed_by = by
        return moved

    def cancel(self) -> GatheringMoved:
        """Give the plan up. Raises WrongState."""
        return self._move(Command.CANCEL)

    def _check_approver(self, rule: ApprovalRule, *, roles: frozenset[str], by: UUID) -> None:
        wanted = rule.approvers[WAITING.index(self.state)]
        if wanted not in roles:
            raise NotTheApprover(f"A {wanted} decides now.")
        if str(by) in self.approvals or by == self.organiser_id:
            raise NotTheApprover("Nobody decides twice on one plan, or on his own.")

    def _move(self, command: Command) -> GatheringMoved:
        self.state = after(TRANSITIONS, self.state, command)
        return GatheringMoved(
            gathering_id=self.id,
            org_unit=self.org_unit,
            kind=self.kind,
            state=self.state,
            organiser_id=self.organiser_id,
            planned_on=self.planned_on,
        )
