"""The case in which a unit ends its cooperation with a customer, or adjusts it (AD-22, AD-23)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from customer.domain.blacklist_rules import SamePerson
from customer.domain.events import exits as events
from customer.domain.exit_states import Command, State, after
from shared.rules import Because, Forbidden, Invalid, RuleBroken, Ruling

# Why the service itself proposes an exit (AD-22).
BELOW_STANDARD = "below_standard"


class Kind(StrEnum):
    """What is proposed: to go on by another strategy, or to part."""

    ADJUST = "adjust"
    TERMINATE = "terminate"


class ExitOpen(RuleBroken):
    """A case about the customer in that unit waits for a decision."""

    code = "exit_open"


class ExitReasonUnknown(Invalid):
    """No pack names such a reason (AD-23)."""

    code = "exit_reason_unknown"


class NoExitAuthority(Forbidden):
    """The packs give the proposal, or the decision, to other roles (AD-23)."""

    code = "exit_authority"


class NotTheProposer(Forbidden):
    """Whoever proposed an exit withdraws it, and nobody else."""

    code = "not_the_proposer"


@dataclass(frozen=True)
class ExitRule:
    """For which reasons an exit of one kind is proposed and by whom, and who decides (AD-23)."""

    reasons: tuple[str, ...]
    proposers: tuple[str, ...]
    approvers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What is proposed. Of an adjustment ``strategy`` says how one goes on, and ``review_on``, a
    local date of the unit, until when that is looked at again; a termination has neither."""

    kind: Kind
    strategy: str | None = None
    review_on: date | None = None

    def check(self, *, today: date) -> None:
        """Raise Invalid for terms that are not whole, or a review that does not lie ahead."""
        given = {"strategy": self.strategy, "review_on": self.review_on}
        adjusts = self.kind is Kind.ADJUST
        wrong = [name for name, value in given.items() if (value is not None) is not adjusts]
        if wrong:
            said = "Is needed." if adjusts else "Belongs to an adjustment alone."
            raise Invalid("The terms are not whole.", errors={one: [said] for one in wrong})
        if self.review_on is not None and self.review_on <= today:
            errors = {"review_on": ["Does not lie ahead."]}
            raise Invalid("An adjustment is reviewed later.", errors=errors)


@dataclass(eq=False, kw_only=True)
class ExitCase:
    """``org_unit`` is the unit whose customer base it is about. ``criteria`` are those of the
    elimination standard that the customer failed, where the review ``review_id`` led to the case
    (AD-22). ``opinion`` is what whoever decided said."""

    id: UUID
    customer_id: UUID
    org_unit: str
    kind: Kind
    reason_code: str
    reason: str
    evidence: str
    because: Because
    proposed_by: str
    proposed_at: datetime
    strategy: str | None = None
    review_on: date | None = None
    criteria: tuple[str, ...] = ()
    review_id: UUID | None = None
    state: State = State.PROPOSED
    decided_by: str | None = None
    decided_at: datetime | None = None
    opinion: str | None = None
    version: int = 1

    @property
    def is_end(self) -> bool:
        """Whether the unit parts with the customer by it."""
        return self.kind is Kind.TERMINATE and self.state is State.APPROVED

    def proposed(self, told_roles: tuple[str, ...] = ()) -> events.ExitProposed:
        """What is told of a new case; ``told_roles`` keep the standard that was failed."""
        return events.ExitProposed(
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            case_id=self.id,
            kind=self.kind,
            reason_code=self.reason_code,
            criteria=self.criteria,
            told_roles=told_roles,
            because=self.because,
        )

    def decide(
        self, command: Command, *, by: str, now: datetime, opinion: str, because: Because
    ) -> events.ExitClosed:
        """Approve or reject what another person proposed. Raises WrongState, SamePerson."""
        state = after(self.state, command)
        if by == self.proposed_by:
            raise SamePerson("Another person than the proposer decides.")
        self.opinion = opinion
        return self._close(state, by=by, now=now, because=because)

    def withdraw(self, *, by: str, now: datetime) -> events.ExitClosed:
        """Take the proposal back. Raises WrongState, NotTheProposer."""
        state = after(self.state, Command.WITHDRAW)
        if by != self.proposed_by:
            raise NotTheProposer("Somebody else proposed it.")
        return self._close(state, by=by, now=now, because=self.because)

    def review_due(self) -> events.ExitReviewDue:
        """What is told on the day on which an adjustment is looked at again."""
        return events.ExitReviewDue(
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            case_id=self.id,
            proposed_by=self.proposed_by,
            because=self.because,
        )

    def _close(
        self, state: State, *, by: str, now: datetime, because: Because
    ) -> events.ExitClosed:
        self.state, self.decided_by, self.decided_at = state, by, now
        return events.ExitClosed(
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            case_id=self.id,
            kind=self.kind,
            outcome=self.state,
            because=because,
        )


def check_proposer(roles: Collection[str], reason_code: str, ruling: Ruling[ExitRule]) -> None:
    """Raise NoExitAuthority or ExitReasonUnknown unless the packs let one of ``roles`` propose an
    exit for that reason."""
    _check_role(roles, ruling.value.proposers, ruling.because)
    if reason_code not in ruling.value.reasons:
        known = ", ".join(ruling.value.reasons)
        errors = {"reason_code": [f"Is one of {known}."]}
        raise ExitReasonUnknown("There is no such reason.", because=ruling.because, errors=errors)


def check_approver(roles: Collection[str], ruling: Ruling[ExitRule]) -> None:
    """Raise NoExitAuthority unless the packs let one of ``roles`` decide."""
    _check_role(roles, ruling.value.approvers, ruling.because)


def _check_role(roles: Collection[str], wanted: tuple[str, ...], because: Because) -> None:
    if not set(roles) & set(wanted):
        raise NoExitAuthority("That is for others.", because=because, roles=list(wanted))
