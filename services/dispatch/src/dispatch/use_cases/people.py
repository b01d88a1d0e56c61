"""Keep the staff directory."""

from typing import Any
from uuid import UUID

from dispatch.adapters.addresses import normalised
from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.people import Person, PersonExists, StaffNumberTaken, check_superior
from dispatch.use_cases.departures import tell_departure
from dispatch.use_cases.leaving import keep_changed
from shared.ids import new_id
from shared.rules import Invalid


def add_person(
    tx: DispatchTransaction, *, person_id: UUID | None, caller: Caller, **fields: Any
) -> Person:
    """Enter somebody; the client may bring the id that the tokens of that person carry.

    Raises PersonExists, StaffNumberTaken, UnitUnknown (a post), AddressInvalid, Invalid (the
    superior).
    """
    tx.people.one_at_a_time()
    person_id = person_id or new_id()
    if tx.people.find(person_id) is not None:
        raise PersonExists("there is a person of this id already")
    person = Person(id=person_id, **_checked(tx, person_id, fields, caller))
    tx.people.keep(person)
    tx.emit(*person.joined())
    tx.record("person.added", f"person/{person_id}", posts=person.posts)
    return person


def change_person(
    tx: DispatchTransaction, person: Person, *, fresh: dict[str, Any], caller: Caller
) -> Person:
    """Change what is named in ``fresh``; ``active`` false lets somebody leave.

    What somebody who leaves holds is handed over as by a departure without a successor.

    Raises StaffNumberTaken, UnitUnknown (a post), AddressInvalid, SuperiorCycle, Invalid (the
    superior).
    """
    checked = _checked(tx, person.id, fresh, caller)
    if person.active and checked.get("active") is False:
        tell_departure(tx, person)
    keep_changed(tx, person, person.change(**checked))
    tx.record("person.changed", f"person/{person.id}", fields=sorted(fresh))
    return person


def reveal_person(tx: DispatchTransaction, person: Person, *, reason: str) -> Person:
    """Show how a person is reached, and keep who asked for what reason (S32)."""
    tx.record("person.revealed", f"person/{person.id}", reason=reason)
    return person


def _checked(
    tx: DispatchTransaction, person_id: UUID, fields: dict[str, Any], caller: Caller
) -> dict[str, Any]:
    _check_number(tx, person_id, fields.get("staff_number"))
    for post in fields.get("posts", ()):
        tx.units.require(post.unit, seen_from=caller.unit)
    _check_superior(tx, person_id, fields.get("superior_id"))
    if "addresses" in fields:
        return {**fields, "addresses": tuple(normalised(one) for one in fields["addresses"])}
    return fields


def _check_number(tx: DispatchTransaction, person_id: UUID, number: str | None) -> None:
    if number is None:
        return
    tx.people.one_at_a_time()
    holder = tx.people.of_number(number)
    if holder is not None and holder.id != person_id:
        raise StaffNumberTaken("somebody of the company has this number")


def _check_superior(tx: DispatchTransaction, person_id: UUID, superior_id: UUID | None) -> None:
    if superior_id is None:
        return
    if superior_id != person_id and tx.people.find(superior_id) is None:
        raise Invalid("there is no such superior", errors={"superior_id": ["is not known"]})
    check_superior(person_id, superior_id, tx.people.superior_of)
