"""Carry visits out: remind, complete, tell the supervisor."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from customer.adapters.mapping import Visit
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.issues import Source
from customer.domain.staff import Caller
from customer.domain.visit_reports import NotOrganiser, ReportRule, VisitRecord
from customer.domain.visit_rules import VisitMode, satisfied
from customer.domain.visit_states import TRANSITIONS, Command, after
from customer.use_cases.issues import raise_issue
from customer.use_cases.visit_plans import clear_reminders, plan_visits, set_reminders
from customer.use_cases.visit_rules import rules_for
from shared.rules import Because, Ruling


def complete_visit(
    tx: CustomerTransaction,
    visit: Visit,
    *,
    completed_on: date,
    mode: VisitMode,
    report: str,
    record: VisitRecord = VisitRecord(),  # noqa: B008 - it never changes.
    issues: Sequence[Mapping[str, Any]] = (),
    caller: Caller,
) -> Visit:
    """Record the report on a visit and plan the next one from its day (VS-01); it counts for every
    rule that it satisfies (K-03), and the ``issues`` in it are raised (VS-25).

    Raises WrongState, ModeNotAllowed, ReportIncomplete, DataCheckMissing, NotOrganiser,
    PersonUnknown, and Invalid for a day to come or a deadline that has passed.
    """
    after(visit.state, Command.COMPLETE)
    customer = tx.customers.known(visit.customer_id)
    rules = rules_for(tx, customer, unit=visit.org_unit)
    by, today = person_of(caller), tx.today(visit.org_unit)
    made = visit.rule(rules, mode=mode)
    demands = _demands(tx, visit)
    record.check([one.value for one in demands])
    _check_organiser(tx, record, caller)
    told = visit.complete(
        completed_on=completed_on,
        mode=mode,
        report=report,
        record=record,
        by=by,
        today=today,
        now=tx.now,
    )
    tx.emit(told)
    _tell_office(tx, visit, demands)
    tx.session.flush()
    roles = frozenset(role for _, role in tx.staff.posts_of(by))
    tx.visits.credit(visit, satisfied(made, mode=mode, roles=roles, rules=rules))
    clear_reminders(tx, visit)
    tx.note(f"customer/{customer.id}", "visit_completed", visit_id=visit.id, on=completed_on)
    tx.record("visit.completed", f"visit/{visit.id}")
    for issue in issues:
        raise_issue(
            tx,
            customer,
            source=Source.VISIT,
            source_id=visit.id,
            org_unit=visit.org_unit,
            caller=caller,
            **issue,
        )
    plan_visits(tx, customer, recount=True)
    return visit


def remind_visitor(tx: CustomerTransaction, *, visit_id: UUID, because: Because) -> None:
    """Tell the visitor that a visit comes due (VS-43); one that has come further needs it not."""
    visit = tx.visits.known(visit_id)
    if Command.REMIND in TRANSITIONS[visit.state]:
        tx.emit(visit.remind(because=because), because=because)


def report_overdue(tx: CustomerTransaction, *, visit_id: UUID, because: Because) -> None:
    """Tell the supervisor that a visit was not made (VS-43), unless it was in the meantime."""
    visit = tx.visits.known(visit_id)
    if Command.REPORT_OVERDUE in TRANSITIONS[visit.state]:
        supervisor_id = tx.visitors.supervisor(visit.visitor_id, unit=visit.org_unit)
        told = visit.report_overdue(supervisor_id=supervisor_id, because=because)
        tx.emit(told, because=because)
        tx.note(f"customer/{visit.customer_id}", "visit_overdue", visit_id=visit.id)
        set_reminders(tx, visit)


def escalate_visit(tx: CustomerTransaction, *, visit_id: UUID, because: Because) -> None:
    """Tell who is above the supervisor that a visit is still not made (VS-43)."""
    visit = tx.visits.known(visit_id)
    if Command.ESCALATE in TRANSITIONS[visit.state]:
        above = tx.visitors.superior(visit.supervisor_id) if visit.supervisor_id else None
        tx.emit(visit.escalate(superior_id=above, because=because), because=because)
        tx.note(f"customer/{visit.customer_id}", "visit_escalated", visit_id=visit.id)


def appoint_visit(tx: CustomerTransaction, visit: Visit, *, appointed_on: date) -> Visit:
    """Choose the day of a visit, no later than its rule allows; the reminder moves with it.

    Raises WrongState, and Invalid for a day outside the bound.
    """
    visit.appoint(appointed_on, today=tx.today(visit.org_unit))
    tx.record("visit.appointed", f"visit/{visit.id}")
    tx.note(f"visit/{visit.id}", "visit_appointed", on=appointed_on)
    set_reminders(tx, visit)
    return visit


def _demands(tx: CustomerTransaction, visit: Visit) -> list[Ruling[ReportRule]]:
    unit = visit.org_unit
    found = tx.policies.rulings("visit_reports", unit=unit, on=tx.today(unit))
    return [one for one in found if one.value.activity == visit.activity]


def _check_organiser(tx: CustomerTransaction, record: VisitRecord, caller: Caller) -> None:
    """Raise NotOrganiser unless the caller belongs to the department that organised the visit, or
    to one above it."""
    organiser = record.organiser_unit
    if organiser is None or tx.sees(organiser, caller.unit) or tx.sees(caller.unit, organiser):
        return
    errors = {"organiser_unit": ["Its own people report."]}
    raise NotOrganiser("The department that organised the visit reports on it.", errors=errors)


def _tell_office(
    tx: CustomerTransaction, visit: Visit, demands: Sequence[Ruling[ReportRule]]
) -> None:
    """Tell the office that keeps the data of partners that they changed (CF-37)."""
    office = next((one for one in demands if one.value.office), None)
    if office is None or visit.record is None or not visit.record.data_changed:
        return
    found = tx.staff.nearest(str(office.value.office), unit=visit.org_unit)
    told = visit.data_updated(office_id=found[0] if found else None, because=office.because)
    tx.emit(told, because=office.because)
