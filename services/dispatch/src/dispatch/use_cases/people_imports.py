"""Take in people from a file: all of it or nothing, and a repetition changes nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from dispatch.adapters.addresses import AddressInvalid, normalised
from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.people import Address, Person
from dispatch.domain.people_imports import ImportRefused, Row, in_ring, repeated
from dispatch.use_cases.leaving import keep_changed
from shared.cells import CellFault, Problem
from shared.ids import new_id
from shared.rules import UnitUnknown
from shared.scope import seen_units

ROOM_FOR_PROBLEMS = 1000


@dataclass
class Report:
    """What an import did, or would do; ``problems`` by row."""

    rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass
class Directory:
    """Everybody, by id and by staff number, with those whom the file brings."""

    people: dict[UUID, Person]
    numbers: dict[str, UUID]

    def find(self, row: Row) -> UUID | None:
        """Whom a row is about, if he is known."""
        person_id, number = row.values.get("person_id"), row.values.get("staff_number")
        return person_id if person_id in self.people else self.numbers.get(number or "")

    def named(self, text: str | None) -> UUID | None:
        """The superior by staff number or id."""
        if text is None or text in self.numbers:
            return self.numbers.get(text or "")
        try:
            return UUID(text)
        except ValueError:
            return None


def import_people(
    tx: DispatchTransaction,
    rows: Sequence[Row],
    problems: Iterable[Problem],
    *,
    dry_run: bool,
    caller: Caller,
) -> Report:
    """Enter and change the people of a file. Raises ImportRefused with every fault by its row; a
    ``dry_run`` reports them and changes nothing."""
    tx.people.one_at_a_time()
    known = tx.people.all_held()
    numbers = {one.staff_number: one.id for one in known.values() if one.staff_number}
    directory = Directory(known, numbers)
    found = [*problems, *repeated(rows), *_foreign(tx, rows, directory, caller)]
    ids = _ids(rows, directory)
    superiors = _superiors(rows, ids, directory, found)
    report = Report(rows=len(rows), problems=_sorted(found))
    if found and not dry_run:
        told = [vars(one) for one in report.problems]
        raise ImportRefused("rows of the file cannot be taken", problems=told)
    if not found:
        _take(tx, rows, ids, superiors, known, report, dry_run=dry_run)
    return report


def zone(name: str) -> str:
    """The zone as it is kept. Raises CellFault."""
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError):
        raise CellFault("zone_unknown", "Not a known time zone.") from None


def addresses(found: tuple[Address, ...]) -> tuple[Address, ...]:
    """The addresses as they are kept. Raises CellFault."""
    try:
        return tuple(normalised(one) for one in found)
    except AddressInvalid as invalid:
        raise CellFault(invalid.code, "An address that its channel cannot reach.") from None


CHECKS: Mapping[str, Callable[[Any], Any]] = {"zone": zone, "addresses": addresses}


def _foreign(
    tx: DispatchTransaction, rows: Sequence[Row], directory: Directory, caller: Caller
) -> Iterator[Problem]:
    """Units and persons that the caller does not see, and numbers that others have."""
    seen = set(seen_units(tx.session, caller.unit))
    for row in rows:
        if not {post.unit for post in row.values["posts"]} <= seen:
            yield row.refused("posts", UnitUnknown.code, "There is no such unit.")
        person = directory.people.get(directory.find(row) or UUID(int=0))
        if person is not None and not {post.unit for post in person.posts} & seen:
            yield row.refused("staff_number", "staff_number_taken", "Another person has it.")
        holder = directory.numbers.get(row.values.get("staff_number") or "")
        if person is not None and holder not in (None, person.id):
            yield row.refused("staff_number", "staff_number_taken", "Another person has it.")


def _ids(rows: Sequence[Row], directory: Directory) -> list[UUID]:
    """Whom each row is about; those who are new are found by their number from here on."""
    found = []
    for row in rows:
        person_id = directory.find(row) or row.values.get("person_id") or new_id()
        number = row.values.get("staff_number")
        if number:
            directory.numbers.setdefault(number, person_id)
        found.append(person_id)
    return found


def _superiors(
    rows: Sequence[Row], ids: Sequence[UUID], directory: Directory, found: list[Problem]
) -> dict[UUID, UUID | None]:
    """Who stands above whom when the file is in; ``found`` takes what is wrong with that."""
    above = {one.id: one.superior_id for one in directory.people.values()}
    known = {*above, *ids}
    for row, person_id in zip(rows, ids, strict=True):
        if "superior" in row.values:
            wanted = row.values["superior"]
            above[person_id] = directory.named(wanted)
            if wanted and above[person_id] not in known:
                found.append(row.refused("superior", "superior_unknown", "Nobody has that."))
    ring = in_ring(above)
    for row, person_id in zip(rows, ids, strict=True):
        if person_id in ring:
            said = "Would stand above himself."
            found.append(row.refused("superior", "superior_cycle", said))
    return above


def _take(
    tx: DispatchTransaction,
    rows: Sequence[Row],
    ids: Sequence[UUID],
    superiors: dict[UUID, UUID | None],
    known: dict[UUID, Person],
    report: Report,
    *,
    dry_run: bool,
) -> None:
    """Those who are new go in first without superiors, who may only come in a later row."""
    fresh = [(row, person_id) for row, person_id in zip(rows, ids, strict=True)]
    made = {} if dry_run else {i: _made(tx, row, i) for row, i in fresh if i not in known}
    for row, person_id in fresh:
        wanted = _wanted(row, superiors.get(person_id))
        if person_id not in known:
            report.created += 1
            if not dry_run:
                _enter(tx, made[person_id], wanted.get("superior_id"))
        elif all(getattr(known[person_id], name) == value for name, value in wanted.items()):
            report.unchanged += 1
        else:
            report.changed += 1
            if not dry_run:
                _change(tx, known[person_id], wanted)


def _wanted(row: Row, superior_id: UUID | None) -> dict[str, Any]:
    wanted = row.fields
    return {**wanted, "superior_id": superior_id} if "superior" in row.values else wanted


def _made(tx: DispatchTransaction, row: Row, person_id: UUID) -> Person:
    person = Person(id=person_id, **row.fields)
    tx.people.keep(person)
    return person


def _enter(tx: DispatchTransaction, person: Person, superior_id: UUID | None) -> None:
    person.superior_id = superior_id
    tx.emit(*person.joined())
    tx.record("person.added", f"person/{person.id}", posts=person.posts)


def _change(tx: DispatchTransaction, person: Person, wanted: dict[str, Any]) -> None:
    keep_changed(tx, person, person.change(**wanted))
    tx.record("person.changed", f"person/{person.id}", fields=sorted(wanted))


def _sorted(found: Iterable[Problem]) -> list[Problem]:
    return sorted(found, key=lambda one: (one.row, one.column))[:ROOM_FOR_PROBLEMS]
