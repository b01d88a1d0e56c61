"""Penalties proposed, decided upon and posted (ST-30..ST-32)."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol, TypeVar
from uuid import UUID

from shared.envelope import Event
from shared.ids import new_id
from shared.penalties import Breach, Decider, Penalty, PenaltyRoles, PenaltyRule, PenaltyState
from shared.penalties.penalty import AlreadyProposed, MonthInvalid, check_penalty_roles
from shared.penalty_ledger.kept import Penalties
from shared.policy import Policies
from shared.rules import Ruling

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
Kept = TypeVar("Kept", bound=Penalty)


class Manager(Decider, Protocol):
    """Whoever decides, and the unit below which he sees penalties."""

    @property
    def unit(self) -> str: ...


class PenaltyTransaction(Protocol[Kept]):
    """What the transaction of a service with penalties has."""

    now: datetime

    @property
    def penalties(self) -> Penalties[Kept]: ...

    @property
    def policies(self) -> Policies: ...

    def day_of(self, unit: str, at: datetime) -> date:
        """The local date of ``at`` where the unit is."""

    def tell(self, events: Sequence[Event]) -> None:
        """Emit events, each with the clause that it names itself."""


def put(
    tx: PenaltyTransaction[Kept],
    rule: Ruling[PenaltyRule],
    breach: Breach,
    *,
    unit: str,
    quantity: int = 1,
    proposed_by: UUID | None = None,
    evidence: str | None = None,
    cause: str | None = None,
    hard: bool | None = None,
) -> Kept:
    """Propose a penalty for the breach, or again what was withdrawn.

    Raises AlreadyProposed, QuantityInvalid.
    """
    origin = {"proposed_by": proposed_by, "evidence": evidence, "cause": cause, "hard": hard}
    known = tx.penalties.of_breach(breach)
    if known is None:
        made = tx.penalties.kind.of(
            rule, breach, id=new_id(), org_unit=unit, now=tx.now, quantity=quantity, **origin
        )
        tx.penalties.add(made)
        tx.tell([made.proposed()])
        return made
    if known.state is not PenaltyState.WITHDRAWN:
        raise AlreadyProposed("This breach has its penalty.", penalty_id=str(known.id))
    tx.tell([known.propose_again(now=tx.now, quantity=quantity, **origin)])
    return known


def confirm(
    tx: PenaltyTransaction[Kept],
    penalty_id: UUID,
    *,
    by: Manager,
    amount: Decimal | None = None,
    reason: str | None = None,
) -> Kept:
    """Decide what is due.

    Raises NotFound, NotAmongPenaltyRoles, WrongState, OwnPenalty, AmountInvalid, ReasonMissing.
    """
    penalty = tx.penalties.take(penalty_id, unit=by.unit)
    check_part(tx, by, penalty.org_unit, part="deciders")
    tx.tell([penalty.confirm(by, amount=amount, reason=reason, now=tx.now)])
    return penalty


def waive(tx: PenaltyTransaction[Kept], penalty_id: UUID, *, by: Manager, reason: str) -> Kept:
    """Decide that nothing is due. Raises NotFound, NotAmongPenaltyRoles, WrongState, OwnPenalty."""
    penalty = tx.penalties.take(penalty_id, unit=by.unit)
    check_part(tx, by, penalty.org_unit, part="deciders")
    tx.tell([penalty.waive(by, reason=reason, now=tx.now)])
    return penalty


def post_month(tx: PenaltyTransaction[Kept], month: str, *, by: Manager) -> list[Kept]:
    """Post every confirmed penalty of the month at or below the caller's unit, and return them;
    none, where all of them are posted already.

    Raises MonthInvalid, UnitUnknown, CalendarMissing, PolicyMissing, NotAmongPenaltyRoles.
    """
    check_month(month)
    check_part(tx, by, by.unit, part="posters")
    found = tx.penalties.confirmed_in(month, below=by.unit)
    tx.tell([penalty.post(by.id, now=tx.now) for penalty in found])
    return found


def check_month(month: str) -> None:
    """Raises MonthInvalid unless it is written like 2026-03."""
    if not MONTH.fullmatch(month):
        raise MonthInvalid("A month is written like 2026-03.")


def check_part(tx: PenaltyTransaction[Kept], by: Decider, unit: str, *, part: str) -> None:
    """Refuse whoever is not one of the proposers, deciders or posters of the packs that ``unit``
    follows today. Raises NotAmongPenaltyRoles, PolicyMissing."""
    roles: Ruling[PenaltyRoles] = tx.policies.ruling(
        "penalty_roles", unit=unit, on=tx.day_of(unit, tx.now)
    )
    check_penalty_roles(by, roles, part=part)
