"""Calls that scripts promise to customers: promised, handed over, made, called off (SC-04..SC-07,
K-24)."""

from collections.abc import Collection
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.call_back_rules import Asked, CallBackRule, CalledBy, Promise
from complaint.domain.call_backs import CallBack
from complaint.domain.cases import Case
from complaint.domain.department_work import OwnerUnknown
from complaint.domain.phrase_flags import RecordedText
from complaint.domain.scripts import Situation
from complaint.domain.staff import Caller, Role
from complaint.use_cases.call_back_reminders import (
    owners,
    place_of,
    settle,
    supervisors,
    tell_missed,
)
from complaint.use_cases.chain import superiors
from complaint.use_cases.department_work import check_department, deadline, owner
from complaint.use_cases.wording import check_wording
from shared.ids import new_id
from shared.org_units import require
from shared.rules import Ruling

HANDED_OVER = "handed_over"


def promise(
    tx: ComplaintTransaction, promised: Promise, *, by: Caller, situation: Situation
) -> CallBack:
    """Whoever says a script that promises a call has the task that goes with it (K-24).

    Raises NotFound, PolicyMissing, PromiseUnfit, UnitUnknown, CalendarMissing, OwnerUnknown.
    """
    case = tx.cases.get(Case, promised.case_id, unit=by.unit) if promised.case_id else None
    unit = case.unit if case else by.unit
    today = tx.day_of(unit, tx.now)
    rule = tx.policies.ruling("call_backs", unit=unit, on=today, situation=situation)
    promised.check(rule)
    if promised.department:
        require(tx.session, promised.department)
    call_back = _promised(tx, promised, unit=unit, by=by, situation=situation, rule=rule)
    tx.call_backs.add(call_back)
    settle(tx, call_back, [call_back.promised(_asked(tx, call_back, rule.value))])
    if case:
        tx.note(case.ref.subject, "call_back_promised", call_back_id=str(call_back.id))
    return call_back


def hand_over(
    tx: ComplaintTransaction, call_back_id: UUID, *, by: Caller, owner_id: UUID
) -> CallBack:
    """Somebody else is to call.

    Raises NotFound, NotOfTheDepartment, WrongState, OwnerUnknown.
    """
    call_back = _taken(tx, call_back_id, by=by)
    place = place_of(tx, owner_id, near=call_back.department)
    if place is None:
        raise OwnerUnknown("This person has no post.", because=call_back.because)
    settle(tx, call_back, call_back.hand_over(owner_id, department=place, reason=HANDED_OVER))
    return call_back


def make(
    tx: ComplaintTransaction, call_back_id: UUID, *, by: Caller, said: str, evidence: str
) -> CallBack:
    """The customer was called and told ``said``.

    Raises NotFound, NotOfTheDepartment, WrongState.
    """
    call_back = _taken(tx, call_back_id, by=by)
    settle(tx, call_back, [call_back.make(by.id, said=said, evidence=evidence, now=tx.now)])
    check_wording(tx, said, about=call_back, text=RecordedText.CALL, by=by.id)
    return call_back


def cancel(tx: ComplaintTransaction, call_back_id: UUID, *, by: Caller, reason: str) -> CallBack:
    """A supervisor calls it off, for a reason.

    Raises NotFound, NotOfTheDepartment, WrongState.
    """
    call_back = tx.call_backs.take(call_back_id, unit=by.unit)
    _check(tx, call_back, by=by, roles=supervisors(tx, call_back), owner_id=None)
    tell_missed(tx, call_back)
    settle(tx, call_back, [call_back.cancel(by.id, reason=reason, now=tx.now)])
    return call_back


def reveal_caller(
    tx: ComplaintTransaction, call_back_id: UUID, *, by: Caller, reason: str
) -> CallBack:
    """Let whoever may call see whom to call; his reason goes into the audit log.

    Raises NotFound, NotOfTheDepartment.
    """
    call_back = _fit(tx, call_back_id, by=by)
    tx.record("caller.revealed", call_back.ref.subject, reason=reason)
    return call_back


def _promised(
    tx: ComplaintTransaction,
    promised: Promise,
    *,
    unit: str,
    by: Caller,
    situation: Situation,
    rule: Ruling[CallBackRule],
) -> CallBack:
    concerned, because = promised.department, rule.because
    colleague = rule.value.called_by is CalledBy.COLLEAGUE
    department = concerned if colleague and concerned else by.unit
    named = promised.owner_id if colleague else by.id
    owner_id = owner(tx, department, rule.value.owners, because=because, named=named)
    if colleague:
        department = place_of(tx, owner_id, near=department) or department
    due = deadline(tx, department, Ruling(rule.value.time, because))
    return CallBack(
        id=new_id(),
        org_unit=unit,
        department=department,
        situation=situation,
        because=because,
        promised_by=by.id,
        promised_at=tx.now,
        owner_id=owner_id,
        matter=promised.matter,
        due_at=due.due_at,
        warn_at=due.warn_at,
        case_id=promised.case_id,
        customer_id=promised.customer_id,
        caller_name=promised.caller_name,
        caller_phone=promised.caller_phone,
        asked_department=None if colleague else concerned,
    )


def _asked(tx: ComplaintTransaction, call_back: CallBack, rule: CallBackRule) -> tuple[UUID, ...]:
    """Who has to hear of it at once: the colleague who calls, or those whose answer it needs."""
    if rule.called_by is CalledBy.COLLEAGUE:
        return (call_back.owner_id,)
    if rule.asked is Asked.DEPARTMENT and call_back.asked_department:
        return tuple(tx.staff.nearest(rule.owners, unit=call_back.asked_department))
    if rule.asked is Asked.SUPERIOR:
        by, department = call_back.promised_by, call_back.department
        return superiors(tx, by, roles=rule.supervisors, unit=department)
    return ()


def _taken(tx: ComplaintTransaction, call_back_id: UUID, *, by: Caller) -> CallBack:
    call_back = _fit(tx, call_back_id, by=by)
    tell_missed(tx, call_back)
    return call_back


def _fit(tx: ComplaintTransaction, call_back_id: UUID, *, by: Caller) -> CallBack:
    """The call for a command of whoever promised it, is to call, may take it over or supervises."""
    call_back = tx.call_backs.take(call_back_id, unit=by.unit)
    if by.id != call_back.promised_by:
        roles = owners(tx, call_back) | supervisors(tx, call_back)
        _check(tx, call_back, by=by, roles=roles, owner_id=call_back.owner_id)
    return call_back


def _check(
    tx: ComplaintTransaction,
    call_back: CallBack,
    *,
    by: Caller,
    roles: Collection[Role],
    owner_id: UUID | None,
) -> None:
    department, because = call_back.department, call_back.because
    check_department(tx, department, by=by, roles=roles, because=because, owner_id=owner_id)
