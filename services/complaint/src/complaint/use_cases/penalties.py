"""Penalties: proposed when a step is missed, or by hand (ST-30..ST-32)."""

from datetime import date
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.cases import Case
from complaint.domain.clocks import Clock
from complaint.domain.deadlines import Deadline
from complaint.domain.penalties import BreachOutOfTime, Penalty, PersonNotInvolved
from complaint.domain.penalty_rules import Liable, PenaltyRule
from complaint.domain.staff import Caller
from shared.penalties import Breach, PenaltyState
from shared.penalties.penalty import PenaltyUnknown
from shared.penalty_ledger import check_part, put
from shared.rules import Ruling


def propose_missed(
    tx: ComplaintTransaction,
    case: Case,
    clock: Clock,
    missed: Deadline,
    *,
    owner_ids: tuple[UUID, ...],
) -> None:
    """A deadline passed: propose what the packs say it costs. A step that is missed again only
    because its clock was counted anew costs nothing more, and nobody is liable for a time that was
    up when the case came to us, as one that was another kind of case before may."""
    if missed.due_at <= case.filed_at:
        return
    day = tx.day_of(case.unit, missed.due_at)
    for rule in _rules(tx, case, day):
        trigger = rule.value.trigger
        if trigger is None or not trigger.answers(clock.name, hard=missed.hard):
            continue
        liable = owner_ids if rule.value.liable is Liable.OWNERS else (case.handler_id,)
        for person_id in liable:
            breach = _breach(rule, case, person_id, day)
            if not tx.penalties.stands_for(breach, cause=clock.stretch):
                put(tx, rule, breach, unit=case.unit, cause=clock.stretch, hard=missed.hard)


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
    check_part(tx, by, unit, part="proposers")
    rule = next((one for one in _rules(tx, complaint, occurred_on) if one.value.code == code), None)
    if rule is None:
        raise PenaltyUnknown(f"There is no penalty {code}.", org_unit=unit)
    if person_id not in complaint.involved:
        raise PersonNotInvolved("The person had nothing to do with the complaint.")
    received_on = tx.day_of(unit, complaint.intake.received_at)
    if not received_on <= occurred_on <= tx.day_of(unit, tx.now):
        raise BreachOutOfTime("It lies after today or before the complaint.")
    breach = _breach(rule, complaint, person_id, occurred_on)
    return put(tx, rule, breach, unit=unit, proposed_by=by.id, evidence=evidence)


def _breach(rule: Ruling[PenaltyRule], case: Case, person_id: UUID, day: date) -> Breach:
    return Breach(rule.because.rule, rule.value.code, case.ref.subject, person_id, day)


def _rules(tx: ComplaintTransaction, case: Case, day: date) -> list[Ruling[PenaltyRule]]:
    return tx.policies.rulings("penalties", unit=case.unit, on=day, kind=case.kind)
