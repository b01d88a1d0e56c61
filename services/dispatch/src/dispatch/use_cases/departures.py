"""Let somebody leave, at once or at a time to come, and hand over what he or she holds (E-38)."""

from datetime import datetime
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.departures import Departure, HasLeft, Reason, check_successor
from dispatch.domain.people import Person, SuperiorCycle, check_superior
from dispatch.use_cases.leaving import keep_changed
from shared.ids import new_id

DEPARTURE = "person.departure"


def announce_departure(
    tx: DispatchTransaction,
    person_id: UUID,
    *,
    leaves_at: datetime | None,
    reason: Reason,
    successor_id: UUID | None,
    note: str | None,
    caller: Caller,
) -> Departure:
    """Have somebody leave at a time, or at once; it takes the place of what was announced before.

    Raises NotFound, HasLeft, SuccessorUnfit.
    """
    person = _held(tx, person_id, caller)
    if not person.active:
        raise HasLeft("the person has left already")
    if successor_id is not None:
        check_successor(_seen(tx, successor_id, caller), person_id=person_id)
    _call_off(tx, person_id)
    departure = Departure(
        id=new_id(),
        person_id=person_id,
        leaves_at=leaves_at or tx.now,
        reason=reason,
        successor_id=successor_id,
        note=note,
        announced_at=tx.now,
        announced_by=caller.id,
    )
    tx.departures.add(departure)
    told = {"reason": reason, "successor_id": successor_id, "leaves_at": departure.leaves_at}
    tx.record("person.departure_announced", f"person/{person_id}", **told)
    if departure.leaves_at <= tx.now:
        _leave(tx, person, departure)
    else:
        due = {"person_id": person_id, "departure_id": departure.id}
        tx.set_timer(DEPARTURE, f"person/{person_id}", departure.leaves_at, **due)
    return departure


def withdraw_departure(
    tx: DispatchTransaction, person_id: UUID, departure_id: UUID, *, caller: Caller
) -> Departure:
    """Let somebody stay after all. Raises NotFound, DepartureOver."""
    _held(tx, person_id, caller)
    departure = tx.departures.get(departure_id, of=person_id)
    departure.withdraw()
    tx.cancel_timer(DEPARTURE, f"person/{person_id}")
    tx.record("person.departure_withdrawn", f"person/{person_id}", departure_id=departure_id)
    return departure


def depart(tx: DispatchTransaction, *, person_id: UUID, departure_id: UUID) -> None:
    """The time that was announced has come."""
    tx.people.lock(person_id)
    departure, person = tx.departures.known(departure_id), tx.people.find(person_id)
    if person is not None and person.active and departure is tx.departures.ahead(person_id):
        _leave(tx, person, departure)


def tell_departure(tx: DispatchTransaction, person: Person) -> None:
    """The directory is told that somebody is gone: what was announced takes place now; else nobody
    takes over by name, and those below him stay there, whose next superior is found above him."""
    departure = tx.departures.ahead(person.id)
    if departure is None:
        departure = Departure(
            id=new_id(),
            person_id=person.id,
            leaves_at=tx.now,
            reason=Reason.UNSAID,
            successor_id=None,
            note=None,
            announced_at=tx.now,
            announced_by=tx.origin.actor,
        )
        tx.departures.add(departure)
    _take_place(tx, person, departure)


def _leave(tx: DispatchTransaction, person: Person, departure: Departure) -> None:
    _take_place(tx, person, departure)
    keep_changed(tx, person, person.change(active=False))
    tx.record("person.departed", f"person/{person.id}", successor_id=departure.successor_id)


def _take_place(tx: DispatchTransaction, person: Person, departure: Departure) -> None:
    """Tell of it first, so that who takes over is known before it is told who is gone."""
    successor = tx.people.find(departure.successor_id) if departure.successor_id else None
    if successor is not None and not successor.active:
        departure.successor_id = None
    tx.cancel_timer(DEPARTURE, f"person/{person.id}")
    tx.emit(departure.take_place(person, now=tx.now))
    if departure.reason is not Reason.UNSAID:
        _move_reports(tx, person, departure)


def _move_reports(tx: DispatchTransaction, person: Person, departure: Departure) -> None:
    above = tx.people.above(person.id)
    for report in tx.people.reports_of(person.id):
        _put_under(tx, report, departure.successor_id, above)


def _put_under(
    tx: DispatchTransaction, report: Person, successor_id: UUID | None, above: UUID | None
) -> None:
    """Whoever stood directly below stands below the successor, unless he is it or stands above
    him; then below the next superior who is there. Where nobody is, all stays as it is."""
    wanted = successor_id if successor_id and _may_stand_above(tx, report, successor_id) else above
    if wanted is not None:
        keep_changed(tx, report, report.change(superior_id=wanted))


def _may_stand_above(tx: DispatchTransaction, report: Person, successor_id: UUID) -> bool:
    try:
        check_superior(report.id, successor_id, tx.people.superior_of)
    except SuperiorCycle:
        return False
    return True


def _call_off(tx: DispatchTransaction, person_id: UUID) -> None:
    before = tx.departures.ahead(person_id)
    if before is not None:
        before.withdraw()
        tx.session.flush()


def _held(tx: DispatchTransaction, person_id: UUID, caller: Caller) -> Person:
    tx.people.lock(person_id)
    return tx.people.get(person_id, seen_from=caller.unit)


def _seen(tx: DispatchTransaction, person_id: UUID, caller: Caller) -> Person | None:
    return tx.session.scalar(tx.people.seen(caller.unit, person_id=person_id))
