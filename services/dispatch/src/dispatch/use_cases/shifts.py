"""Keep the shifts of a unit and who works them."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.people import Person
from dispatch.domain.shifts import (
    NotOfUnit,
    Period,
    RosterEntry,
    Shift,
    ShiftExists,
    ShiftOver,
    check_overlap,
)
from dispatch.use_cases.rounds import lay_rounds_anew
from shared.ids import new_id
from shared.rules import Invalid


def define_shift(tx: DispatchTransaction, unit: str, **fields: Any) -> Shift:
    """Give ``unit`` a shift from some day on. Raises ShiftExists, Invalid (its days)."""
    tx.units.lock(unit)
    shift = Shift(id=new_id(), unit=unit, **fields)
    _check_days(shift.first_day, shift.last_day)
    if tx.shifts.is_taken(shift):
        raise ShiftExists(f"{unit} has a shift {shift.code} then already")
    tx.shifts.add(shift)
    lay_rounds_anew(tx, below=unit)
    tx.record("shift.defined", f"org_unit/{unit}", shift_id=shift.id, code=shift.code)
    return shift


def end_shift(tx: DispatchTransaction, shift: Shift, *, last_day: date) -> Shift:
    """Let a shift be worked no longer than ``last_day``, by whoever is on its roster.

    Raises Invalid where that is not before its end.
    """
    _check_days(shift.first_day, last_day)
    if shift.last_day is not None and last_day > shift.last_day:
        raise Invalid("the shift ends before", errors={"last_day": ["is after its end"]})
    shift.last_day = last_day
    _end(tx, tx.shifts.entries_of(shift.id), last_day)
    lay_rounds_anew(tx, below=shift.unit)
    tx.record("shift.ended", f"org_unit/{shift.unit}", shift_id=shift.id, last_day=last_day)
    return shift


def roster_person(
    tx: DispatchTransaction,
    shift: Shift,
    *,
    person_id: UUID,
    first_day: date,
    last_day: date | None,
    caller: Caller,
) -> RosterEntry:
    """Have somebody work a shift for some days, or from a day on.

    Raises NotFound (the person), NotOfUnit, ShiftOver, RosterOverlap, Invalid (its days).
    """
    _check_days(first_day, last_day)
    if not shift.period.holds(Period(first_day, last_day)):
        raise ShiftOver("the shift is not worked on all of these days")
    tx.people.lock(person_id)
    person = tx.people.get(person_id, seen_from=caller.unit)
    if not (person.active and tx.people.has_post(person_id, below=shift.unit)):
        raise NotOfUnit(
            "the person has no post there", errors={"person_id": ["is not of the unit"]}
        )
    entry = RosterEntry(
        id=new_id(),
        person_id=person_id,
        shift_id=shift.id,
        first_day=first_day,
        last_day=last_day,
    )
    check_overlap(tx.shifts.duty(entry, shift), tx.shifts.duties_around(person_id, first_day))
    tx.shifts.add(entry)
    tx.record("roster.entered", f"person/{person_id}", shift_id=shift.id, first_day=first_day)
    return entry


def end_roster_entry(tx: DispatchTransaction, entry: RosterEntry, *, last_day: date) -> RosterEntry:
    """Let somebody work his shift no longer than ``last_day``; a day before the first calls it
    off. What has an end is not made longer: that is an entry of its own."""
    _end(tx, [entry], last_day)
    return entry


def end_rosters_of(tx: DispatchTransaction, person: Person) -> None:
    """Take somebody off the rosters on which he has no place any more: he left, or has no post
    there. Today is the last day."""
    for duty in tx.shifts.duties_around(person.id, tx.now.date()):
        unit = duty.shift.unit
        if not (person.active and tx.people.has_post(person.id, below=unit)):
            _end(tx, [duty.entry], tx.day_of(unit, tx.now))


def _end(tx: DispatchTransaction, entries: Sequence[RosterEntry], last_day: date) -> None:
    for entry in entries:
        if entry.end(last_day):
            about = f"person/{entry.person_id}"
            tx.record("roster.ended", about, shift_id=entry.shift_id, last_day=entry.last_day)


def _check_days(first_day: date, last_day: date | None) -> None:
    if last_day is not None and last_day < first_day:
        raise Invalid("it would end before it begins", errors={"last_day": ["is too early"]})
