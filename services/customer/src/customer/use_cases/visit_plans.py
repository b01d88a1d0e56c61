"""Plan the visits that the cadences of a customer ask for, and wake their reminders."""

from datetime import date
from uuid import UUID

from customer.adapters.mapping import Customer, Visit
from customer.adapters.transaction import CustomerTransaction
from customer.domain.cadence import Cadence, next_due
from customer.domain.grade_schemes import Computed
from customer.domain.reminders import ReminderRule, opening_from, overdue_at, remind_at
from customer.domain.visit_states import TRANSITIONS, Command
from customer.use_cases.grading import held
from shared.ids import new_id
from shared.rules import Ruling
from shared.working_time import end_of_working_day

REMIND = "visit.remind"
OVERDUE = "visit.overdue"
SEARCH = "visit.search"


def plan_visits(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    recount: bool,
    is_new: bool = False,
    searching: bool = False,
    settled: bool = True,
) -> None:
    """Give the customer one open visit of each activity that a cadence asks for (VS-01).

    With ``recount`` the due days are worked out anew; without it only who is to come, and where.
    Where there is no visitor, one is looked for every working day; ``searching`` says that this is
    such a search, which is not noted a second time. ``is_new`` saves looking for earlier visits.
    Unless ``settled``, whoever has a visit keeps it only while nobody is nearer.
    """
    visits = {} if is_new else tx.visits.open_of(customer.id)
    missing = False
    for cadence in _cadences(tx, customer):
        visit = visits.pop(cadence.value.activity, None)
        visitor_id = _visitor(tx, customer, cadence.value, visit, settled=settled)
        if visit is not None and not recount:
            due_on = visit.due_on
        else:
            due_on = _due_on(tx, customer, cadence.value, is_new=is_new)
        missing |= not _plan(tx, customer, cadence, visit, due_on=due_on, visitor_id=visitor_id)
    for visit in visits.values():
        _cancel(tx, visit, "cadence_ended")
    if missing:
        _search_again(tx, customer, noted=searching)
    elif not is_new:
        tx.cancel_timer(SEARCH, f"customer/{customer.id}")


def set_reminders(tx: CustomerTransaction, visit: Visit) -> None:
    """Set the timers that the state of the visit leaves to come (VS-43); pending ones move."""
    unit = visit.org_unit
    ruling: Ruling[ReminderRule] = tx.policies.ruling(
        "visit_reminders", unit=unit, on=tx.today(unit)
    )
    told = {"visit_id": visit.id, "because": ruling.because}
    for kind, command, when in (
        (REMIND, Command.REMIND, remind_at),
        (OVERDUE, Command.REPORT_OVERDUE, overdue_at),
    ):
        if command in TRANSITIONS[visit.state]:
            due_at = when(tx.calendar(unit), visit.due_on, ruling.value)
            tx.set_timer(kind, f"visit/{visit.id}", max(due_at, tx.now), **told)


def clear_reminders(tx: CustomerTransaction, visit: Visit) -> None:
    """Forget the timers of a visit that has come to its end."""
    for kind in (REMIND, OVERDUE):
        tx.cancel_timer(kind, f"visit/{visit.id}")


def _cadences(tx: CustomerTransaction, customer: Customer) -> list[Ruling[Cadence]]:
    unit = customer.org_unit
    grades = [code.partition(":") for code in held(tx, customer, unit=unit)]
    sizes = [grade for scheme, _, grade in grades if scheme == Computed.SIZE]
    if not sizes:
        return []
    return tx.policies.rulings("visit_cadence", unit=unit, on=tx.today(unit), size_class=sizes)


def _plan(
    tx: CustomerTransaction,
    customer: Customer,
    cadence: Ruling[Cadence],
    visit: Visit | None,
    *,
    due_on: date,
    visitor_id: UUID | None,
) -> bool:
    """Leave ``visit`` or put another one in its place; whether there is a visit now."""
    if visit is not None:
        misfit = visit.misfit(org_unit=customer.org_unit, due_on=due_on, visitor_id=visitor_id)
        if misfit is None:
            return True
        _cancel(tx, visit, misfit)
    if visitor_id is None:
        return False
    _add(tx, customer, cadence, due_on=due_on, visitor_id=visitor_id)
    return True


def _due_on(tx: CustomerTransaction, customer: Customer, cadence: Cadence, *, is_new: bool) -> date:
    last = None if is_new else tx.visits.last_day(customer.id, cadence.activity)
    registered = customer.registered_at.astimezone(tx.calendar(customer.org_unit).timezone)
    return next_due(
        last_visit=last,
        start=customer.since or registered.date(),
        months=cadence.months,
        today=tx.today(customer.org_unit),
    )


def _visitor(
    tx: CustomerTransaction,
    customer: Customer,
    cadence: Cadence,
    visit: Visit | None,
    *,
    settled: bool,
) -> UUID | None:
    """The customer's own visitor, else whoever has the visit already, else whoever is near."""
    stays = visit is not None and visit.org_unit == customer.org_unit
    present = visit.visitor_id if visit is not None and stays else None
    return tx.visitors.choose(
        unit=customer.org_unit,
        role=cadence.role,
        own=customer.visitor_id,
        present=present,
        settled=settled,
    )


def _add(
    tx: CustomerTransaction,
    customer: Customer,
    cadence: Ruling[Cadence],
    *,
    due_on: date,
    visitor_id: UUID,
) -> None:
    visit = Visit(
        id=new_id(),
        customer_id=customer.id,
        org_unit=customer.org_unit,
        activity=cadence.value.activity,
        visitor_id=visitor_id,
        supervisor_id=tx.visitors.supervisor(visitor_id, unit=customer.org_unit),
        due_on=due_on,
        because=cadence.because,
        planned_at=tx.now,
    )
    tx.visits.add(visit)
    tx.visitors.give(visitor_id)
    tx.emit(visit.planned(), because=cadence.because)
    set_reminders(tx, visit)


def _cancel(tx: CustomerTransaction, visit: Visit, reason: str) -> None:
    tx.emit(visit.cancel(reason))
    clear_reminders(tx, visit)
    # Of two open visits of one activity the database refuses the second.
    tx.session.flush()


def _search_again(tx: CustomerTransaction, customer: Customer, *, noted: bool) -> None:
    subject = f"customer/{customer.id}"
    calendar = tx.calendar(customer.org_unit)
    next_day = end_of_working_day(calendar, tx.now, 1).at.astimezone(calendar.timezone).date()
    if not noted:
        tx.note(subject, "visit_unassigned", searched_again_on=next_day)
    tx.set_timer(SEARCH, subject, opening_from(calendar, next_day), customer_id=customer.id)
