"""A grading: from its proposal over the approvals to the grade that holds (CL-21 to CL-34, S9)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from customer.domain.grading_states import Command, State, after
from shared.rules import Because, Forbidden, RuleBroken


class OwnProposal(Forbidden):
    """Nobody approves what he proposed himself."""

    code = "own_proposal"


class RoleNotNamed(Forbidden):
    """The scheme names other roles for that."""

    code = "role_not_named"


class ApprovedAlready(RuleBroken):
    """One person approves once, and for each role one approval is enough."""

    code = "approved_already"


@dataclass(frozen=True, kw_only=True)
class Approval:
    """A person of ``role`` agreed."""

    role: str
    by: str
    at: datetime


@dataclass(eq=False, kw_only=True)
class Grading:
    """A grade that is proposed for a customer in ``unit``, or holds, or did.

    ``evidence`` is the id of the form or report that shows why; ``scores`` are the points of a
    scorecard by indicator and ``score`` their weighted total of 100 (F-10). ``materials`` were
    handed in, ``criteria`` are the clauses that were asked, ``warnings`` the soft caps that are
    exceeded with ``override_reason`` (CL-14). ``approvers`` are the roles whose agreement it takes.
    """

    id: UUID
    customer_id: UUID
    unit: str
    scheme: str
    product: str
    grade: str
    because: Because
    proposed_by: str
    proposed_at: datetime
    approvers: tuple[str, ...]
    internal: bool = False
    evidence: str | None = None
    reason: str | None = None
    override_reason: str | None = None
    scorecard_id: UUID | None = None
    scores: Mapping[str, Any] = field(default_factory=dict)
    score: Decimal | None = None
    materials: tuple[str, ...] = ()
    criteria: tuple[Because, ...] = ()
    warnings: tuple[Mapping[str, Any], ...] = ()
    approvals: tuple[Approval, ...] = ()
    old_grade: str | None = None
    state: State = State.PROPOSED
    decided_at: datetime | None = None
    version: int = 1

    def approve(self, *, by: str, roles: Collection[str], now: datetime) -> bool:
        """Agree for the first role that is still missing; whether all have agreed now.

        Raises WrongState, OwnProposal, ApprovedAlready, RoleNotNamed.
        """
        self.state = after(self.state, Command.APPROVE)
        if by == self.proposed_by:
            raise OwnProposal("Nobody approves what he proposed himself.")
        if any(one.by == by for one in self.approvals):
            raise ApprovedAlready("One person approves once.")
        role = self._missing(roles)
        self.approvals = (*self.approvals, Approval(role=role, by=by, at=now))
        return len(self.approvals) == len(self.approvers)

    def activate(self, *, old: str | None, now: datetime) -> None:
        """Let the grade hold from now on. Raises WrongState."""
        self.state = after(self.state, Command.ACTIVATE)
        self.old_grade, self.decided_at = old, now

    def reject(self, *, roles: Collection[str], reason: str, now: datetime) -> None:
        """Decide against it. Raises WrongState, RoleNotNamed."""
        state = after(self.state, Command.REJECT)
        if not {*roles} & {*self.approvers}:
            raise RoleNotNamed("The scheme names other roles for that.")
        self.state, self.decided_at = state, now
        self.reason = reason

    def supersede(self) -> None:
        """Another grade of the same key holds. Raises WrongState."""
        self.state = after(self.state, Command.SUPERSEDE)

    def _missing(self, roles: Collection[str]) -> str:
        given = {one.role for one in self.approvals}
        named = [role for role in self.approvers if role in roles]
        if not named:
            raise RoleNotNamed("The scheme names other roles for that.")
        for role in named:
            if role not in given:
                return role
        raise ApprovedAlready("That role has agreed already.")
