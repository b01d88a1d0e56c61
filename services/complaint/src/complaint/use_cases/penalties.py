"""Penalties: proposed when a step is missed or by hand, decided upon, posted (ST-30..ST-32)."""

import re
from datetime import date
from decimal import Decimal
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.cases import Case
from complaint.domain.clocks import Clock
from complaint.domain.deadlines import Deadline
from complaint.domain.penalties import (
    AlreadyProposed,
    Breach,
    BreachOutOfTime,
    MonthInvalid,
    Penalty,
    PenaltyUnknown,
    PersonNotInvolved,
    check_penalty_roles,
)
from complaint.domain.penalty_rules import Liable, PenaltyRoles, PenaltyRule
from complaint.domain.penalty_states import PenaltyState
from complaint.domain.staff import Caller
from shared.ids import new_id
from shared.rules import Ruling

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def propose_missed(
    tx: ComplaintTransaction,
    case: Case,
    clock: Clock,
    missed: Deadline,
    *,
    owner_ids: tuple[UUID, ...],
) -> None:
    """A deadline passed: propose what the packs say it costs. A step that is missed again only
    because its clock was counted anew costs nothing more."""
    day = tx.day_of(case.unit, missed.due_at)
    for rule in _rules(tx, case, day):
        trigger = rule.value.trigger
        if trigger is None or not trigger.answers(clock.name, hard=missed.hard):
            continue
        liable = owner_ids if rule.value.liable is Liable.OWNERS else (case.handler_id,)
        for person_id in liable:
            breach = _breach(rule, case, person_id, day)
            if not tx.penalties.stands_for(breach, cause=clock.stretch):
                _put(tx, rule, breach, unit=case.unit, cause=clock.stretch, hard=missed.hard)


def withdraw_unmissed(tx: ComplaintTransaction, case: Case, clock: Clock) -> None:
    """A clock was counted anew: withdraw what was proposed for a deadline that is not missed any
    more. What was decided upon already stays."""
    for penalty in tx.penalties.caused(case.ref.subject, cause=clock.stretch):
        undone = not clock.has_missed(hard=bool(penalty.hard))
        if penalty.state is PenaltyState.PROPOSED and undone:
            tx.tell([penalty.withdraw()])


def propose(
    tx: ComplaintTransaction,
    complaint_id: UUID,
    *,
    by: Caller,
    code: str,
    person_id: UUID,
    occurred_on: date,
    evidence: str,
) -> Penalty:
    """Somebody of the proposers saw a breach, on a local date of the unit.

    Raises NotFound, NotAmongPenaltyRoles, PenaltyUnknown, PersonNotInvolved, BreachOutOfTime,
    AlreadyProposed.
    """
    complaint = tx.complaints.take(complaint_id, unit=by.unit)
    unit = complaint.unit
    check_penalty_roles(by, _roles(tx, unit), part="proposers")
    rule = next((one for one in _rules(tx, complaint, occurred_on) if one.value.code == code), None)
    if rule is None:
        raise PenaltyUnknown(f"There is no penalty {code}.", org_unit=unit)
    if person_id not in complaint.involved:
        raise PersonNotInvolved("The person had nothing to do with the complaint.")
    received_on = tx.day_of(unit, complaint.intake.received_at)
    if not received_on <= occurred_on <= tx.day_of(unit, tx.now):
        raise BreachOutOfTime("It lies after today or before the complaint.")
    breach = _breach(rule, complaint, person_id, occurred_on)
    return _put(tx, rule, breach, unit=unit, proposed_by=by.id, evidence=evidence)


def confirm(
    tx: ComplaintTransaction,
    penalty_id: UUID,
    *,
    by: Caller,
    amount: Decimal | None = None,
    reason: str | None = None,
) -> Penalty:
    """Decide what is due.

    Raises NotFound, NotAmongPenaltyRoles, WrongState, OwnPenalty, AmountInvalid, ReasonMissing.
    """
    penalty = tx.penalties.take(penalty_id, unit=by.unit)
    check_penalty_roles(by, _roles(tx, penalty.org_unit), part="deciders")
    tx.tell([penalty.confirm(by, amount=amount, reason=reason, now=tx.now)])
    return penalty


def waive(tx: ComplaintTransaction, penalty_id: UUID, *, by: Caller, reason: str) -> Penalty:
    """Decide that nothing is due. Raises NotFound, NotAmongPenaltyRoles, WrongState, OwnPenalty."""
    penalty = tx.penalties.take(penalty_id, unit=by.unit)
    check_penalty_roles(by, _roles(tx, penalty.org_unit), part="deciders")
    tx.tell([penalty.waive(by, reason=reason, now=tx.now)])
    return penalty


def post_month(tx: ComplaintTransaction, month: str, *, by: Caller) -> list[Penalty]:
    """Post every confirmed penalty of the month at or below the caller's unit, and return them;
    none, where all of them are posted already.

    Raises MonthInvalid, UnitUnknown, CalendarMissing, PolicyMissing, NotAmongPenaltyRoles.
    """
    check_month(month)
    check_penalty_roles(by, _roles(tx, by.unit), part="posters")
    found = tx.penalties.confirmed_in(month, below=by.unit)
    tx.tell([penalty.post(by.id, now=tx.now) for penalty in found])
    return found


def check_month(month: str) -> None:
    """Raises MonthInvalid unless it is written like 2026-03."""
    if not MONTH.fullmatch(month):
        raise MonthInvalid("A month is written like 2026-03.")


def _breach(rule: Ruling[PenaltyRule], case: Case, person_id: UUID, day: date) -> Breach:
    return Breach(rule.because.rule, rule.value.code, case.ref.subject, person_id, day)


def _put(
    tx: ComplaintTransaction,
    rule: Ruling[PenaltyRule],
    breach: Breach,
    *,
    unit: str,
    proposed_by: UUID | None = None,
    evidence: str | None = None,
    cause: str | None = None,
    hard: bool | None = None,
) -> Penalty:
    """Propose a penalty for the breach, or again what was withdrawn. Raises AlreadyProposed."""
    origin = {"proposed_by": proposed_by, "evidence": evidence, "cause": cause, "hard": hard}
    known = tx.penalties.of_breach(breach)
    if known is None:
        made = Penalty.of(rule, breach, id=new_id(), org_unit=unit, now=tx.now, **origin)
        tx.penalties.add(made)
        tx.tell([made.proposed()])
        return made
    if known.state is not PenaltyState.WITHDRAWN:
        raise AlreadyProposed("This breach has its penalty.", penalty_id=str(known.id))
    tx.tell([known.propose_again(now=tx.now, **origin)])
    return known


def _rules(tx: ComplaintTransaction, case: Case, day: date) -> list[Ruling[PenaltyRule]]:
    return tx.policies.rulings("penalties", unit=case.unit, on=day, kind=case.kind)


def _roles(tx: ComplaintTransaction, unit: str) -> Ruling[PenaltyRoles]:
    return tx.policies.ruling("penalty_roles", unit=unit, on=tx.day_of(unit, tx.now))
