"""Plan the visits that the rules on a customer ask for, and wake their reminders."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from customer.adapters.mapping import Customer, Visit
from customer.adapters.transaction import CustomerTransaction
from customer.domain.cadence import next_due
from customer.domain.reminders import (
    ReminderRule,
    escalated_at,
    opening_from,
    overdue_at,
    remind_at,
)
from customer.domain.visit_rules import RuleKey
from customer.domain.visit_states import TRANSITIONS, Command
from customer.use_cases.visit_rules import (
    WHOLE,
    Wanted,
    interval_percent,
    next_turn,
    visiting_units,
    wanted_visits,
)
from shared.ids import new_id
from shared.rules import Ruling
from shared.working_time import end_of_working_day

REMIND = "visit.remind"
OVERDUE = "visit.overdue"
ESCALATE = "visit.escalate"
SEARCH = "visit.search"
TURN = "visit.turn"


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
    for wanted in wanted_visits(tx, customer, units, is_new=is_new):
        visit = _taken(visits, wanted, units)
        visitor_id = _visitor(tx, wanted, visit, settled=settled)
        if visit is not None and not recount:
            due_on = visit.due_on
        else:
            last_visit = last.get((wanted.unit, wanted.rule.key))
            due_on = due_day(tx, wanted, visit, last_visit=last_visit, is_new=is_new)
        missing |= not _plan(tx, wanted, visit, due_on=due_on, visitor_id=visitor_id)
    for visit in visits.values():
        _cancel(tx, visit, "rule_ended" if visit.org_unit in units else "unit_left")
    if missing:
        _search_again(tx, customer, noted=searching)
    elif not is_new:
        tx.cancel_timer(SEARCH, f"customer/{customer.id}")
    _wake(tx, customer, units, is_new=is_new)


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
        (ESCALATE, Command.ESCALATE, escalated_at),
    ):
        day = visit.day if kind == REMIND else visit.due_on
        due_at = when(tx.calendar(unit), day, ruling.value)
        if command in TRANSITIONS[visit.state] and due_at is not None:
            tx.set_timer(kind, f"visit/{visit.id}", max(due_at, tx.now), **told)


def clear_reminders(tx: CustomerTransaction, visit: Visit) -> None:
    """Forget the timers of a visit that has come to its end."""
    for kind in (REMIND, OVERDUE, ESCALATE):
        tx.cancel_timer(kind, f"visit/{visit.id}")


def _taken(
    visits: dict[tuple[str, RuleKey, str], Visit], wanted: Wanted, units: Sequence[str]
) -> Visit | None:
    """Take the visit that the rule asked for before, or the one of a unit that the customer has
    left: it moves with him."""
    of = wanted.key[1:]
    left = (key for key in visits if key[1:] == of and key[0] not in units)
    return visits.pop(wanted.key, None) or visits.pop(next(left, ("", *of)), None)


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
            visit.grade, visit.priority = wanted.grade, wanted.priority
            return True
        _cancel(tx, visit, misfit)
    if visitor_id is None:
        return False
    _add(tx, wanted, due_on=due_on, visitor_id=visitor_id)
    return True


def due_day(
    tx: CustomerTransaction,
    wanted: Wanted,
    visit: Visit | None,
    *,
    last_visit: date | None,
    is_new: bool,
) -> date:
    """On which day the visit that a rule asks for is due; ``visit`` is the open one, if any."""
    customer, unit, today = wanted.customer, wanted.unit, tx.today(wanted.unit)
    zone = tx.calendar(unit).timezone
    # A visit that is overdue stays so while nothing else has made it needless.
    late = visit is not None and visit.due_on < today
    if wanted.due_on is not None:
        return visit.due_on if visit and late and wanted.due_on <= today else wanted.due_on
    due_on = next_due(
        last_visit=last_visit,
        start=customer.since or customer.registered_at.astimezone(zone).date(),
        months=wanted.rule.months,
        today=visit.planned_at.astimezone(zone).date() if visit and late else today,
        percent=WHOLE if is_new else interval_percent(tx, customer, unit=unit),
    )
    return visit.due_on if visit and late and due_on <= today else due_on


def _visitor(
    tx: CustomerTransaction, wanted: Wanted, visit: Visit | None, *, settled: bool
) -> UUID | None:
    """The customer's own visitor, else whoever has the visit already, else whoever is near."""
    stays = visit is not None and visit.org_unit == wanted.unit
    present = visit.visitor_id if visit is not None and stays else None
    return tx.visitors.choose(
        unit=wanted.unit,
        roles=wanted.rule.roles,
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
        occasion=wanted.occasion,
        grade=wanted.grade,
        priority=wanted.priority,
        visitor_id=visitor_id,
        supervisor_id=tx.visitors.supervisor(visitor_id, unit=wanted.unit),
        due_on=due_on,
        because=wanted.because,
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


def _wake(
    tx: CustomerTransaction, customer: Customer, units: Sequence[str], *, is_new: bool
) -> None:
    """Come back to the customer when time alone changes what is planned."""
    subject = f"customer/{customer.id}"
    day = next_turn(tx, customer, units, is_new=is_new)
    if day is not None:
        due_at = opening_from(tx.calendar(customer.org_unit), day)
        tx.set_timer(TURN, subject, due_at, customer_id=customer.id)
    elif not is_new:
        tx.cancel_timer(TURN, subject)
