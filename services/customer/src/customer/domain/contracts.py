"""What is negotiated with a customer, and the contracts that come of it (AD-04, AD-27, SO-17)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from customer.domain.contract_states import Command, State, after
from customer.domain.events import contracts as events
from shared.rules import Invalid, RuleBroken


class ContractNumberTaken(RuleBroken):
    """Another contract has that number."""

    code = "contract_number_taken"


class ReviewerIsDrafter(RuleBroken):
    """Whoever drafted a contract does not review it as well."""

    code = "reviewer_is_drafter"


@dataclass(eq=False, kw_only=True)
class Negotiation:
    """A cooperation that is talked about; ``expected_on`` is the local day of the unit on which it
    is expected to begin (VS-21)."""

    id: UUID
    customer_id: UUID
    unit: str
    subject: str
    expected_on: date
    opened_at: datetime
    opened_by: UUID

    def opened(self) -> events.OpportunityOpened:
        """What is told of it; the subject stays here."""
        return events.OpportunityOpened(
            customer_id=self.customer_id,
            org_unit=self.unit,
            negotiation_id=self.id,
            expected_on=self.expected_on,
        )


@dataclass(eq=False, kw_only=True)
class Contract:
    """The header of a purchase-sale contract. ``number`` is unique in the company. ``valid_until``
    is its last local day; without one it holds until further notice."""

    id: UUID
    customer_id: UUID
    unit: str
    number: str
    products: tuple[str, ...]
    drafted_at: datetime
    drafted_by: UUID
    state: State = State.DRAFT
    reviewed_by: UUID | None = None
    reviewed_at: datetime | None = None
    opinion: str | None = None
    signed_on: date | None = None
    valid_until: date | None = None
    version: int = 1

    def review(self, *, passed: bool, opinion: str, by: UUID, now: datetime) -> None:
        """Record the result of the review, which comes before any commitment (SO-17).

        Raises WrongState, ReviewerIsDrafter.
        """
        state = after(self.state, Command.APPROVE if passed else Command.REFUSE)
        if by == self.drafted_by:
            raise ReviewerIsDrafter("Somebody else has to review what you drafted.")
        self.state, self.opinion = state, opinion
        self.reviewed_by, self.reviewed_at = by, now

    def sign(
        self, *, signed_on: date, valid_until: date | None, today: date
    ) -> events.ContractSigned:
        """Record that both sides signed. Raises WrongState, and Invalid for days that cannot be."""
        state = after(self.state, Command.SIGN)
        if signed_on > today:
            raise Invalid("Cannot be.", errors={"signed_on": ["Lies in the future."]})
        if valid_until is not None and valid_until < signed_on:
            raise Invalid("Cannot be.", errors={"valid_until": ["Lies before the signature."]})
        self.state, self.signed_on, self.valid_until = state, signed_on, valid_until
        return events.ContractSigned(
            customer_id=self.customer_id,
            org_unit=self.unit,
            contract_id=self.id,
            products=self.products,
            signed_on=signed_on,
            valid_until=valid_until,
        )
