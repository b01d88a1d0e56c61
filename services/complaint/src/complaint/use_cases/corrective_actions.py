"""Departments end faults and keep them from happening again (CP-55, CP-56, XC-13)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.cases import Case
from complaint.domain.corrective_actions import (
    ActionKind,
    ActionRule,
    ActionSource,
    CorrectiveAction,
)
from complaint.domain.problems import Problem
from complaint.domain.staff import Caller
from complaint.use_cases import department_work, flows
from complaint.use_cases.chain import check_caller
from shared.envelope import Event
from shared.ids import new_id
from shared.org_units import calendar_of, require
from shared.rules import Ruling

WAKE = "corrective_action.wake"


def open_for_complaint(
    tx: ComplaintTransaction,
    complaint_id: UUID,
    *,
    by: Caller,
    kind: ActionKind,
    department: str,
    reason: str,
) -> CorrectiveAction:
    """The handler asks the responsible department for an action (CP-55).

    Raises NotFound, NotOfThisTier, UnitUnknown, PolicyMissing.
    """
    complaint = tx.complaints.take(complaint_id, unit=by.unit)
    check_caller(tx, complaint, by=by)
    asked = {"kind": kind, "department": department, "reason": reason}
    return _open_for(tx, complaint, ActionSource.COMPLAINT, by=by, **asked)


def open_for_problem(
    tx: ComplaintTransaction,
    problem_id: UUID,
    *,
    by: Caller,
    kind: ActionKind,
    department: str,
    reason: str,
) -> CorrectiveAction:
    """Those who handle a problem ask the responsible department for an action (CP-56, XC-13).

    Raises NotFound, NotOfThisTier, UnitUnknown, PolicyMissing.
    """
    problem = flows.taken(tx, Problem, problem_id, by=by)
    asked = {"kind": kind, "department": department, "reason": reason}
    return _open_for(tx, problem, ActionSource.PROBLEM, by=by, **asked)


def open_action(
    tx: ComplaintTransaction,
    *,
    action_id: UUID,
    kind: ActionKind,
    source: ActionSource,
    source_id: UUID,
    unit: str,
    department: str,
    reason: str,
    requested_by: UUID | None = None,
    due_on: date | None = None,
) -> CorrectiveAction:
    """Open an action for a department, due at the end of ``due_on``, a local day of the department,
    or in the time of the pack. Nobody there to own it is no error: its supervisors hear when it is
    late. Raises UnitUnknown, CalendarMissing, PolicyMissing.
    """
    rule = _rule(tx, unit, kind)
    owners = tx.staff.nearest(rule.value.owners, unit=department)
    action = CorrectiveAction(
        id=action_id,
        kind=kind,
        source=source,
        source_id=source_id,
        org_unit=unit,
        department=department,
        reason=reason,
        procedure=rule.value.procedure,
        because=rule.because,
        requested_by=requested_by,
        requested_at=tx.now,
        due_at=_end_of(tx, department, due_on) if due_on else _due(tx, department, rule),
        owner_id=owners[0] if owners else None,
    )
    tx.corrective_actions.add(action)
    _settle(tx, action, [action.opened()])
    return action


def plan(
    tx: ComplaintTransaction,
    action_id: UUID,
    *,
    by: Caller,
    measures: str,
    due_at: datetime | None = None,
    owner_id: UUID | None = None,
) -> CorrectiveAction:
    """The department says what it will do, and who of it by when.

    Raises NotFound, NotOfTheDepartment, WrongState, OwnerUnknown, DueInPast.
    """
    action = _of_department(tx, action_id, by=by)
    if owner_id:
        department_work.owner(tx, action.department, (), because=action.because, named=owner_id)
    owner_id, due_at = owner_id or action.owner_id or by.id, due_at or action.due_at
    action.plan(owner_id, measures=measures, due_at=due_at, now=tx.now)
    _settle(tx, action)
    return action


def finish(
    tx: ComplaintTransaction, action_id: UUID, *, by: Caller, result: str
) -> CorrectiveAction:
    """The measures are taken. Raises NotFound, NotOfTheDepartment, WrongState."""
    action = _of_department(tx, action_id, by=by)
    action.finish(result=result, now=tx.now)
    _settle(tx, action)
    return action


def verify(
    tx: ComplaintTransaction, action_id: UUID, *, by: Caller, opinion: str
) -> CorrectiveAction:
    """Somebody other than the owner saw that the measures work.

    Raises NotFound, NotOfTheDepartment, WrongState, VerifierIsOwner.
    """
    action, _ = _for_verifier(tx, action_id, by=by)
    _settle(tx, action, [action.verify(by.id, opinion=opinion, now=tx.now)])
    if action.source is ActionSource.PATTERN:
        tx.patterns.end(action.source_id, tx.now)
    return action


def reopen(
    tx: ComplaintTransaction, action_id: UUID, *, by: Caller, reason: str
) -> CorrectiveAction:
    """The measures do not work; the time of the pack begins anew. Raises as ``verify``."""
    action, rule = _for_verifier(tx, action_id, by=by)
    due_at = _due(tx, action.department, rule)
    action.reopen(by.id, reason=reason, due_at=due_at, now=tx.now)
    _settle(tx, action)
    return action


def wake(tx: ComplaintTransaction, action_id: UUID) -> None:
    """Tell owner and supervisors that an action is late (E-24)."""
    action = tx.corrective_actions.of_event(action_id)
    if action.miss(tx.now):
        roles = _rule(tx, action.org_unit, action.kind).value.supervisors
        told = tuple(tx.staff.nearest(roles, unit=action.department))
        _settle(tx, action, [action.late(told)])


def _open_for(
    tx: ComplaintTransaction, case: Case, source: ActionSource, *, by: Caller, **asked: Any
) -> CorrectiveAction:
    require(tx.session, asked["department"])
    return open_action(
        tx,
        action_id=new_id(),
        source=source,
        source_id=case.id,
        unit=case.unit,
        requested_by=by.id,
        **asked,
    )


def _of_department(tx: ComplaintTransaction, action_id: UUID, *, by: Caller) -> CorrectiveAction:
    action = tx.corrective_actions.take(action_id, unit=by.unit)
    owners = _rule(tx, action.org_unit, action.kind).value.owners
    department_work.check_department(
        tx,
        action.department,
        by=by,
        roles=owners,
        because=action.because,
        owner_id=action.owner_id,
    )
    return action


def _for_verifier(
    tx: ComplaintTransaction, action_id: UUID, *, by: Caller
) -> tuple[CorrectiveAction, Ruling[ActionRule]]:
    action = tx.corrective_actions.take(action_id, unit=by.unit)
    rule = _rule(tx, action.org_unit, action.kind)
    department_work.check_department(
        tx, action.department, by=by, roles=rule.value.verifiers, because=action.because
    )
    return action, rule


def _rule(tx: ComplaintTransaction, unit: str, kind: ActionKind) -> Ruling[ActionRule]:
    today = tx.day_of(unit, tx.now)
    return tx.policies.ruling("corrective_actions", unit=unit, on=today, kind=kind)


def _due(tx: ComplaintTransaction, department: str, rule: Ruling[ActionRule]) -> datetime:
    time_given = Ruling(rule.value.time, rule.because)
    return department_work.deadline(tx, department, time_given).due_at


def _end_of(tx: ComplaintTransaction, department: str, day: date) -> datetime:
    zone = calendar_of(tx.session, department).timezone
    return datetime.combine(day + timedelta(days=1), time(0), zone)


def _settle(
    tx: ComplaintTransaction, action: CorrectiveAction, events: Sequence[Event] = ()
) -> None:
    department_work.settle(tx, action, events, wake=WAKE, done=f"action_{action.state}")
