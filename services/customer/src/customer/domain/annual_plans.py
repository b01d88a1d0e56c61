"""The visits of a department in a year, with what is proposed to each customer (VS-12)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from customer.domain.annual_plan_states import TRANSITIONS, Command, State
from customer.domain.events.annual_plans import VisitPlanMoved
from customer.domain.transitions import after
from shared.rules import Because, Forbidden, Invalid, RuleBroken


class PlanExists(RuleBroken):
    """The department has a visit plan of that year already."""

    code = "plan_exists"


class PlanIncomplete(RuleBroken):
    """Some customers of the plan lack a proposal that the packs ask for (VS-12)."""

    code = "plan_incomplete"


class ProposalUnknown(Invalid):
    """The packs of the department ask for no such proposal."""

    code = "proposal_unknown"


class NotTheirPlan(Forbidden):
    """Another role does this with the plan, or another person than he who submitted it."""

    code = "not_their_plan"


@dataclass(frozen=True)
class PlanRule:
    """Which ``proposals`` each customer gets, and whose holders submit and approve a plan."""

    proposals: tuple[str, ...]
    submitters: tuple[str, ...]
    approvers: tuple[str, ...]


@dataclass(eq=False, kw_only=True)
class PlanRow:
    """A customer of a plan: how many ``visits`` of each activity are due in the year, and what is
    proposed to him; ``complete`` once nothing is missing."""

    plan_id: UUID
    customer_id: UUID
    visits: Mapping[str, int]
    proposals: Mapping[str, str] = field(default_factory=dict)
    complete: bool = False
    version: int = 1


@dataclass(eq=False, kw_only=True)
class AnnualPlan:
    """``sales_plan`` names the annual sales plan that it is derived from. ``rows`` counts its
    customers, ``open_rows`` those who lack a proposal; up to ``filled_to``, the id of a customer,
    the customer base was gone through."""

    id: UUID
    org_unit: str
    year: int
    sales_plan: str
    because: Because
    drafted_by: UUID
    drafted_at: datetime
    state: State = State.FILLING
    filled_to: UUID | None = None
    rows: int = 0
    open_rows: int = 0
    submitted_by: UUID | None = None
    decided_by: UUID | None = None
    refusal: str | None = None
    version: int = 1

    def fill(self, rows: int, *, up_to: UUID | None) -> None:
        """Count more customers in; without ``up_to`` they were the last. Raises WrongState."""
        command = Command.FINISH if up_to is None else Command.FILL
        self.state = after(TRANSITIONS, self.state, command)
        self.rows, self.open_rows = self.rows + rows, self.open_rows + rows
        self.filled_to = up_to

    def propose(
        self, row: PlanRow, proposals: Mapping[str, str], *, rule: PlanRule, because: Because
    ) -> None:
        """Take over what is proposed to a customer; other proposals stay. Raises WrongState,
        ProposalUnknown."""
        self.state = after(TRANSITIONS, self.state, Command.PROPOSE)
        odd = sorted(set(proposals) - set(rule.proposals))
        if odd:
            raise ProposalUnknown("No such proposal is asked for.", because=because, unknown=odd)
        row.proposals = {**row.proposals, **proposals}
        whole = all(name in row.proposals for name in rule.proposals)
        self.open_rows += int(row.complete) - int(whole)
        row.complete = whole

    def submit(
        self, rule: PlanRule, *, roles: Collection[str], by: UUID, because: Because
    ) -> VisitPlanMoved:
        """Lay it before those who approve it. Raises WrongState, NotTheirPlan, PlanIncomplete."""
        state = after(TRANSITIONS, self.state, Command.SUBMIT)
        _check_role(rule.submitters, roles, because)
        if self.open_rows:
            raise PlanIncomplete(
                "Some customers lack a proposal.", because=because, missing=self.open_rows
            )
        self.state, self.submitted_by, self.refusal = state, by, None
        return self._moved()

    def approve(
        self, rule: PlanRule, *, roles: Collection[str], by: UUID, because: Because
    ) -> VisitPlanMoved:
        """Let it hold. Raises WrongState, NotTheirPlan."""
        state = after(TRANSITIONS, self.state, Command.APPROVE)
        self._check_decider(rule, roles=roles, by=by, because=because)
        self.state, self.decided_by = state, by
        return self._moved()

    def send_back(
        self, rule: PlanRule, *, roles: Collection[str], by: UUID, reason: str, because: Because
    ) -> VisitPlanMoved:
        """Return it to its department. Raises WrongState, NotTheirPlan."""
        state = after(TRANSITIONS, self.state, Command.RETURN)
        self._check_decider(rule, roles=roles, by=by, because=because)
        self.state, self.decided_by, self.refusal = state, by, reason
        return self._moved()

    def _check_decider(
        self, rule: PlanRule, *, roles: Collection[str], by: UUID, because: Because
    ) -> None:
        _check_role(rule.approvers, roles, because)
        if by == self.submitted_by:
            raise NotTheirPlan("Nobody decides on a plan that he submitted.", because=because)

    def _moved(self) -> VisitPlanMoved:
        return VisitPlanMoved(
            plan_id=self.id, org_unit=self.org_unit, year=self.year, state=self.state
        )


def _check_role(wanted: Collection[str], roles: Collection[str], because: Because) -> None:
    if not set(wanted) & set(roles):
        raise NotTheirPlan(f"A {', '.join(wanted)} does this.", because=because)
