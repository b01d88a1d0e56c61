"""A penalty from its proposal to the ledger of the month (ST-30, ST-32, K-20)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Protocol, Self
from uuid import UUID

from shared.penalties.events import OfPenalty, PenaltyEvents
from shared.penalties.rules import (
    CENT,
    AmountInvalid,
    PenaltyRoles,
    PenaltyRule,
    Per,
    QuantityInvalid,
    ReasonMissing,
    is_money,
)
from shared.penalties.states import PenaltyCommand, PenaltyState, after, offered
from shared.rules import Because, Forbidden, Invalid, RuleBroken, Ruling, given


@dataclass(frozen=True)
class Breach:
    """What is penalised once: by which rule, which act by its code, in which case, whose, on which
    local date (K-20)."""

    rule: str
    code: str
    about: str
    person_id: UUID
    occurred_on: date


class Decider(Protocol):
    """Who decides, proposes or posts: his id and his roles."""

    @property
    def id(self) -> UUID: ...

    @property
    def roles(self) -> frozenset[str]: ...


class NotAmongPenaltyRoles(Forbidden):
    """The packs name others for this."""

    code = "penalty_role_unfit"


class OwnPenalty(Forbidden):
    """Nobody decides on his own penalty."""

    code = "own_penalty"


class PenaltyUnknown(Invalid):
    """The packs that the unit follows have no such penalty."""

    code = "penalty_unknown"


class AlreadyProposed(RuleBroken):
    """The same breach is penalised, or was decided upon, already (K-20)."""

    code = "already_proposed"


class MonthInvalid(Invalid):
    """Not a month written like 2026-03."""

    code = "month_invalid"


@dataclass(eq=False, kw_only=True)
class Penalty:
    """A penalty, in CNY. ``events`` are those of the service that keeps it.

    ``cause`` is the step that was missed, None where somebody proposed it by hand and gave
    ``evidence``; ``hard`` whether its rule is one. ``month`` is that of the breach, in whose ledger
    it is posted. The range, for the whole ``quantity``, and the clause stay those of the proposal.
    """

    events: ClassVar[PenaltyEvents]

    id: UUID
    org_unit: str
    breach: Breach
    lowest: Decimal
    highest: Decimal
    because: Because
    month: str
    proposed_at: datetime
    proposed_by: UUID | None = None
    evidence: str | None = None
    cause: str | None = None
    hard: bool | None = None
    quantity: int = 1
    state: PenaltyState = PenaltyState.PROPOSED
    amount: Decimal | None = None
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    posted_by: UUID | None = None
    posted_at: datetime | None = None

    @property
    def allowed(self) -> list[PenaltyCommand]:
        """What a person can do with it now."""
        return offered(self.state)

    @classmethod
    def of(
        cls,
        rule: Ruling[PenaltyRule],
        breach: Breach,
        *,
        id: UUID,
        org_unit: str,
        now: datetime,
        quantity: int = 1,
        **origin: Any,
    ) -> Self:
        """A new proposal; ``origin`` is its cause, or who proposed it and on what evidence.

        Raises QuantityInvalid.
        """
        if quantity < 1 or (quantity > 1 and rule.value.per is Per.OCCURRENCE):
            raise QuantityInvalid("It is due once.", because=rule.because)
        return cls(
            id=id,
            org_unit=org_unit,
            breach=breach,
            lowest=quantity * rule.value.lowest,
            highest=quantity * rule.value.highest,
            quantity=quantity,
            because=rule.because,
            month=f"{breach.occurred_on:%Y-%m}",
            proposed_at=now,
            **origin,
        )

    def proposed(self) -> OfPenalty:
        """The event that tells of the proposal."""
        return self.events.proposed(
            **self._of(),
            lowest=self.lowest,
            highest=self.highest,
            occurred_on=self.breach.occurred_on,
        )

    def propose_again(self, *, now: datetime, quantity: int = 1, **origin: Any) -> OfPenalty:
        """What was withdrawn happened after all, perhaps another number of times; what one costs
        stays that of the first proposal. Raises WrongState."""
        self.state = after(self.state, PenaltyCommand.PROPOSE_AGAIN)
        self.lowest = self.lowest / self.quantity * quantity
        self.highest = self.highest / self.quantity * quantity
        self.proposed_at, self.quantity = now, quantity
        for name, value in origin.items():
            setattr(self, name, value)
        return self.proposed()

    def withdraw(self, *, reason: str | None = None) -> OfPenalty:
        """What it is for was no breach, or another number of them. Raises WrongState."""
        self.state = after(self.state, PenaltyCommand.WITHDRAW)
        self.reason = reason or self.reason
        told = given(self.events.withdrawn, "a service that withdraws penalties tells of it.")
        return told(**self._of())

    def confirm(
        self, by: Decider, *, amount: Decimal | None, reason: str | None, now: datetime
    ) -> OfPenalty:
        """The amount is due; of a range somebody chooses it and says why (ST-32).

        Raises WrongState, OwnPenalty, AmountInvalid, ReasonMissing.
        """
        state = after(self.state, PenaltyCommand.CONFIRM)
        self._refuse_own(by)
        self.amount = self._fitting(amount)
        if self.lowest != self.highest and not reason:
            raise ReasonMissing("Say why it is this amount.", because=self.because)
        self.state = state
        self.decided_by, self.decided_at, self.reason = by.id, now, reason
        return self.events.confirmed(**self._of(), amount=self.amount)

    def waive(self, by: Decider, *, reason: str, now: datetime) -> OfPenalty:
        """Nothing is due, for a reason. Raises WrongState, OwnPenalty."""
        state = after(self.state, PenaltyCommand.WAIVE)
        self._refuse_own(by)
        self.state = state
        self.decided_by, self.decided_at, self.reason = by.id, now, reason
        return self.events.waived(**self._of())

    def post(self, by: UUID, *, now: datetime) -> OfPenalty:
        """Into the ledger of its month; nothing changes it afterwards. Raises WrongState."""
        self.state = after(self.state, PenaltyCommand.POST)
        self.posted_by, self.posted_at = by, now
        amount = given(self.amount, "what was confirmed has an amount.")
        return self.events.posted(**self._of(), amount=amount, month=self.month)

    def _fitting(self, amount: Decimal | None) -> Decimal:
        """The amount, which a fixed penalty says itself."""
        if amount is None and self.lowest == self.highest:
            return self.lowest
        if amount is None or not is_money(amount) or not self.lowest <= amount <= self.highest:
            raise AmountInvalid(
                f"From {self.lowest} to {self.highest} yuan, with at most two decimals.",
                because=self.because,
                lowest=str(self.lowest),
                highest=str(self.highest),
            )
        return amount.quantize(CENT)

    def _refuse_own(self, by: Decider) -> None:
        if by.id == self.breach.person_id:
            raise OwnPenalty("Others decide on your penalty.", because=self.because)

    def _of(self) -> dict[str, Any]:
        return {
            "penalty_id": self.id,
            "org_unit": self.org_unit,
            "about": self.breach.about,
            "person_id": self.breach.person_id,
            "code": self.breach.code,
            "because": self.because,
        }


def check_penalty_roles(by: Decider, roles: Ruling[PenaltyRoles], *, part: str) -> None:
    """Refuse whoever is not one of ``part``: proposers, deciders or posters.

    Raises NotAmongPenaltyRoles.
    """
    if not by.roles.intersection(getattr(roles.value, part)):
        raise NotAmongPenaltyRoles("Others do this.", because=roles.because)
