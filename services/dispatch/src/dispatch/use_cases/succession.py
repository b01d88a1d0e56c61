"""Who takes over from somebody who left, and the hand-over note that goes with it (XC-17)."""

from dataclasses import dataclass
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.departures import Departure
from dispatch.domain.people import Person
from dispatch.domain.work_orders import WorkOrder


@dataclass(frozen=True)
class Heir:
    """Who is there to take over, and the departure that named him."""

    person: Person
    departure: Departure


def heir_of(tx: DispatchTransaction, person_id: UUID | None) -> Heir | None:
    """The successor of somebody who is gone; None where none was named, or he is gone as well."""
    person = tx.people.find(person_id) if person_id else None
    if person is None or person.active:
        return None
    departure = tx.departures.last(person.id)
    if departure is None or departure.successor_id is None:
        return None
    successor = tx.people.find(departure.successor_id)
    return Heir(successor, departure) if successor is not None and successor.active else None


def note_handover(tx: DispatchTransaction, order: WorkOrder, heir: Heir, *, part: str) -> None:
    """Write into the timeline of an order who took which part over, and what he has to know."""
    tx.note(
        f"work_order/{order.id}",
        "work_order_handed_over",
        part=part,
        from_id=heir.departure.person_id,
        to_id=heir.person.id,
        departure_id=heir.departure.id,
        note=heir.departure.note,
    )
