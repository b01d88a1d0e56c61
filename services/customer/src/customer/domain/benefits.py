"""What a partner on top of the ranking may be given: a lower fee, better service (CL-35)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from customer.domain.benefit_states import Command, State, after
from customer.domain.cadence import add_months
from customer.domain.events.benefits import BenefitEnded, BenefitGranted
from customer.domain.gradings import OwnProposal
from shared.rules import Because, Forbidden, Invalid, RuleBroken

ONE_DAY = timedelta(days=1)


class NotOnTop(RuleBroken):
    """The partner is not among the first of the ranking (CL-35)."""

    code = "not_on_top"


class NotOutstanding(RuleBroken):
    """It is not shown that the partner was outstanding in everything that a pack names (CL-35)."""

    code = "not_outstanding"


class DiscountTooHigh(RuleBroken):
    """The pack allows less (CL-35)."""

    code = "discount_too_high"


class BenefitExists(RuleBroken):
    """The partner has a benefit in that unit, or one waits for its approval (CL-35)."""

    code = "benefit_exists"


class NoSay(Forbidden):
    """The pack names other roles for that (CL-35)."""

    code = "no_say"


@dataclass(frozen=True, kw_only=True)
class BenefitRule:
    """What a pack allows: up to ``discount`` per cent off the fee and the ``services``, for
    ``months`` from the approval on, to who was outstanding in each of ``criteria`` during the last
    ``look_back_months``. One of ``proposers`` asks for it, one of ``approvers`` decides."""

    discount: int
    services: tuple[str, ...]
    criteria: tuple[str, ...]
    look_back_months: int
    months: int
    proposers: tuple[str, ...]
    approvers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What shows that a partner was outstanding in ``criterion``; ``seen_on`` is a local date."""

    criterion: str
    text: str
    seen_on: date


@dataclass(eq=False, kw_only=True)
class Benefit:
    """A benefit in ``org_unit`` and below. ``discount`` is in per cent of the fee; ``rank`` is that
    of the ranking of ``year``. Both ends of its validity are local dates of the unit."""

    id: UUID
    customer_id: UUID
    org_unit: str
    year: int
    rank: int
    discount: int
    services: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    because: Because
    proposed_by: str
    proposed_at: datetime
    state: State = State.PROPOSED
    decided_by: str | None = None
    decided_at: datetime | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    reason: str | None = None
    version: int = 1

    def check(self, rule: BenefitRule, *, today: date) -> None:
        """Raise DiscountTooHigh or NotOutstanding where the pack allows less or asks for more, and
        Invalid for what gives nothing, or which no pack knows."""
        errors = {
            "services": [one for one in self.services if one not in rule.services],
            "evidence": [o.criterion for o in self.evidence if o.criterion not in rule.criteria],
        }
        if not self.discount and not self.services:
            errors["discount"] = ["Neither a discount nor a service."]
        if any(errors.values()):
            named = {place: said for place, said in errors.items() if said}
            raise Invalid("The benefit is none that the pack knows.", errors=named)
        if self.discount > rule.discount:
            most = rule.discount
            raise DiscountTooHigh("The pack allows less.", because=self.because, most=most)
        since = add_months(today, -rule.look_back_months)
        shown = {one.criterion for one in self.evidence if since <= one.seen_on <= today}
        missing = [one for one in rule.criteria if one not in shown]
        if missing:
            said = "Evidence of the period is missing."
            raise NotOutstanding(said, because=self.because, missing=missing)

    def holds(self, today: date) -> bool:
        """Whether its validity has not run out; the timer that ends it waits for the opening."""
        until = self.valid_until
        return self.state is State.GRANTED and until is not None and today <= until

    def approve(
        self, rule: BenefitRule, *, by: str, roles: Collection[str], today: date, now: datetime
    ) -> BenefitGranted:
        """Grant it from today on. Raises WrongState, NoSay, OwnProposal, and as ``check``."""
        state = after(self.state, Command.APPROVE)
        self._check_approver(rule, by=by, roles=roles)
        self.check(rule, today=today)
        self.state, self.decided_by, self.decided_at = state, by, now
        self.valid_from, self.valid_until = today, add_months(today, rule.months) - ONE_DAY
        return BenefitGranted(
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            benefit_id=self.id,
            discount=self.discount,
            services=self.services,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
            because=self.because,
        )

    def reject(
        self, rule: BenefitRule, *, by: str, roles: Collection[str], reason: str, now: datetime
    ) -> None:
        """Decide against it. Raises WrongState, NoSay, OwnProposal."""
        state = after(self.state, Command.REJECT)
        self._check_approver(rule, by=by, roles=roles)
        self.state, self.decided_by, self.decided_at = state, by, now
        self.reason = reason

    def withdraw(
        self, rule: BenefitRule, *, roles: Collection[str], reason: str
    ) -> BenefitEnded | None:
        """Take it back: who may propose takes back a proposal, of which nobody was told, who may
        approve what was granted. Raises WrongState, NoSay."""
        state = after(self.state, Command.WITHDRAW)
        granted = self.state is State.GRANTED
        check_say(rule.approvers if granted else rule.proposers, roles)
        self.state, self.reason = state, reason
        return self._ended() if granted else None

    def expire(self) -> BenefitEnded:
        """Its last day is over. Raises WrongState."""
        self.state = after(self.state, Command.EXPIRE)
        return self._ended()

    def _check_approver(self, rule: BenefitRule, *, by: str, roles: Collection[str]) -> None:
        check_say(rule.approvers, roles)
        if by == self.proposed_by:
            raise OwnProposal("Nobody decides on what he proposed himself.")

    def _ended(self) -> BenefitEnded:
        return BenefitEnded(
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            benefit_id=self.id,
            how=self.state,
            because=self.because,
        )


def check_say(named: Collection[str], roles: Collection[str]) -> None:
    """Raise NoSay unless one of ``roles`` is among the named ones."""
    if not {*named} & {*roles}:
        raise NoSay("The pack names other roles for that.", allowed=list(named))
