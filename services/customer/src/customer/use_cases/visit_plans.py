"""Plan the visits that the rules on a customer ask for, and wake their reminders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from customer.adapters.mapping import Customer, Visit
from customer.adapters.transaction import CustomerTransaction
from customer.domain.cadence import next_due
from customer.domain.reminders import ReminderRule, opening_from, overdue_at, remind_at
from customer.domain.visit_rules import RuleKey, VisitRule
from customer.domain.visit_states import TRANSITIONS, Command
from customer.use_cases.visit_rules import rules_for, visiting_units
from shared.ids import new_id
from shared.rules import Ruling
from shared.working_time import end_of_working_day

REMIND = "visit.remind"
OVERDUE = "visit.overdue"
SEARCH = "visit.search"


@dataclass(frozen=True)
class Wanted:
    """A visit that a rule of a unit asks for."""

    customer: Customer
    unit: str
    ruling: Ruling[VisitRule]

    @property
    def rule(self) -> VisitRule:
        """The rule without its clause."""
        return self.ruling.value


def plan_visits(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    recount: bool,
    is_new: bool = False,
    searching: bool = False,
    settled: bool = True,
) -> None:
    """Give the customer one open visit for each rule of each unit that visits him (VS-01, K-03).

    With ``recount`` the due days are worked out anew; without it only who is to come, and where.
    Where there is no visitor, one is looked for every working day; ``searching`` says that this is
    such a search, which is not noted a second time. A customer who ``is_new`` is
    entered in his own unit alone and has no earlier visits.
    Unless ``settled``, whoever has a visit keeps it only while nobody is nearer.
    """
    units = [customer.org_unit] if is_new else visiting_units(tx, customer)
    visits = {} if is_new else tx.visits.open_of(customer.id)
    last = {} if is_new else tx.visits.last_days(customer.id)
    missing = False
    for wanted in _wanted(tx, customer, units):
        visit = _taken(visits, wanted, units)
        visitor_id = _visitor(tx, wanted, visit, settled=settled)
        if visit is not None and not recount:
            due_on = visit.due_on
        else:
            due_on = _due_on(tx, wanted, last_visit=last.get((wanted.unit, wanted.rule.key)))
        missing |= not _plan(tx, wanted, visit, due_on=due_on, visitor_id=visitor_id)
    for visit in visits.values():
        _cancel(tx, visit, "rule_ended" if visit.org_unit in units else "unit_left")
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


def _wanted(tx: CustomerTransaction, customer: Customer, units: Sequence[str]) -> list[Wanted]:
    return [
        Wanted(customer, unit, ruling)
        for unit in units
        for ruling in rules_for(tx, customer, unit=unit)
    ]


def _taken(
    visits: dict[tuple[str, RuleKey], Visit], wanted: Wanted, units: Sequence[str]
) -> Visit | None:
    """Take the visit that the rule asked for before, or the one of a unit that the customer has
    left: it moves with him."""
    key = wanted.rule.key
    left = ((unit, of) for unit, of in visits if of == key and unit not in units)
    return visits.pop((wanted.unit, key), None) or visits.pop(next(left, ("", key)), None)


def _plan(
    tx: CustomerTransaction,
    wanted: Wanted,
    visit: Visit | None,
    *,
    due_on: date,
    visitor_id: UUID | None,
) -> bool:
    """Leave ``visit`` or put another one in its place; whether there is a visit now."""
    if visit is not None:
        misfit = visit.misfit(org_unit=wanted.unit, due_on=due_on, visitor_id=visitor_id)
        if misfit is None:
            return True
        _cancel(tx, visit, misfit)
    if visitor_id is None:
        return False
    _add(tx, wanted, due_on=due_on, visitor_id=visitor_id)
    return True


def _due_on(tx: CustomerTransaction, wanted: Wanted, *, last_visit: date | None) -> date:
    customer, unit = wanted.customer, wanted.unit
    registered = customer.registered_at.astimezone(tx.calendar(unit).timezone)
    return next_due(
        last_visit=last_visit,
        start=customer.since or registered.date(),
        months=wanted.rule.months,
        today=tx.today(unit),
    )


def _visitor(
    tx: CustomerTransaction, wanted: Wanted, visit: Visit | None, *, settled: bool
) -> UUID | None:
    """The customer's own visitor, else whoever has the visit already, else whoever is near."""
    stays = visit is not None and visit.org_unit == wanted.unit
    present = visit.visitor_id if visit is not None and stays else None
    return tx.visitors.choose(
        unit=wanted.unit,
        role=wanted.rule.role,
        own=wanted.customer.visitor_id,
        present=present,
        settled=settled,
    )


def _add(tx: CustomerTransaction, wanted: Wanted, *, due_on: date, visitor_id: UUID) -> None:
    visit = Visit(
        id=new_id(),
        customer_id=wanted.customer.id,
        org_unit=wanted.unit,
        activity=wanted.rule.activity,
        role=wanted.rule.role,
        visitor_id=visitor_id,
        supervisor_id=tx.visitors.supervisor(visitor_id, unit=wanted.unit),
        due_on=due_on,
        because=wanted.ruling.because,
        planned_at=tx.now,
    )
    tx.visits.add(visit)
    tx.visitors.give(visitor_id)
    tx.emit(visit.planned(), because=visit.because)
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
