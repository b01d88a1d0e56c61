"""Carry visits out: remind, complete, tell the supervisor."""

from datetime import date
from uuid import UUID

from customer.adapters.mapping import Visit
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.staff import Caller
from customer.domain.visit_rules import VisitMode, satisfied
from customer.domain.visit_states import TRANSITIONS, Command
from customer.use_cases.visit_plans import clear_reminders, plan_visits
from customer.use_cases.visit_rules import rules_for
from shared.rules import Because


def complete_visit(
    tx: CustomerTransaction,
    visit: Visit,
    *,
    completed_on: date,
    mode: VisitMode,
    report: str,
    caller: Caller,
) -> Visit:
    """Record the report on a visit and plan the next one from its day (VS-01); it counts for every
    rule that it satisfies (K-03).

    Raises WrongState, ModeNotAllowed, and Invalid for a day to come.
    """
    customer = tx.customers.known(visit.customer_id)
    rules = [one.value for one in rules_for(tx, customer, unit=visit.org_unit)]
    by, today = person_of(caller), tx.today(visit.org_unit)
    made = visit.rule(rules, mode=mode)
    told = visit.complete(completed_on=completed_on, mode=mode, report=report, by=by, today=today)
    tx.emit(told)
    tx.session.flush()
    roles = frozenset(role for _, role in tx.staff.posts_of(by))
    tx.visits.credit(visit, satisfied(made, mode=mode, roles=roles, rules=rules))
    clear_reminders(tx, visit)
    tx.note(f"customer/{customer.id}", "visit_completed", visit_id=visit.id, on=completed_on)
    tx.record("visit.completed", f"visit/{visit.id}")
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
