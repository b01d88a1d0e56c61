"""Carry visits out: remind, complete, tell the supervisor."""

from datetime import date
from uuid import UUID

from customer.adapters.mapping import Visit
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.staff import Caller
from customer.domain.visit_states import TRANSITIONS, Command
from customer.use_cases.visit_plans import clear_reminders, plan_visits
from shared.rules import Because


def complete_visit(
    tx: CustomerTransaction, visit: Visit, *, completed_on: date, report: str, caller: Caller
) -> Visit:
    """Record the report on a visit and plan the next one from its day (VS-01).

    Raises WrongState, and Invalid for a day to come.
    """
    by, today = person_of(caller), tx.today(visit.org_unit)
    told = visit.complete(completed_on=completed_on, report=report, by=by, today=today)
    tx.emit(told)
    clear_reminders(tx, visit)
    customer = tx.customers.known(visit.customer_id)
    tx.note(f"customer/{customer.id}", "visit_completed", visit_id=visit.id, on=completed_on)
    tx.record("visit.completed", f"visit/{visit.id}")
    tx.session.flush()
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
