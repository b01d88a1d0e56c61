"""People from a file: its rows read, each fault with its line, and who stands above whom."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dispatch.domain.people import CHANNELS, LANGUAGE, STAFF_NUMBER, Address, Post
from dispatch.domain.roles import Role
from shared.cells import CellFault, Problem, identity, pattern, required, text
from shared.rules import Invalid

NAME, UNIT, ZONE, SKILL, ADDRESS = 80, 60, 60, 60, 300  # characters
MOST = {"posts": 20, "skills": 50, "addresses": 10}


class ImportRefused(Invalid):
    """Something is wrong with rows of the file, and so nothing of it is taken."""

    code = "import_refused"


def several(of: Callable[[str], Any], *, most: int) -> Callable[[str], tuple[Any, ...]]:
    """Several values in one cell, parted by semicolons, each once."""

    def read(cell: str) -> tuple[Any, ...]:
        found = tuple(of(part.strip()) for part in cell.split(";") if part.strip())
        if len(found) > most:
            raise CellFault("too_many", f"Holds more than {most}.")
        if len(set(found)) < len(found):
            raise CellFault("twice", "Holds the same twice.")
        return found

    return read


def post(part: str) -> Post:
    """``region-north/engineer``: the unit and the role."""
    unit, _, role = part.rpartition("/")
    if role not in set(Role):
        raise CellFault("role_unknown", "Not a role code after the unit and a slash.")
    return Post(required(text(UNIT))(unit), role)


def address(part: str) -> Address:
    """``smtp:li@example.com``: the channel and the address."""
    channel, _, found = part.partition(":")
    if channel not in CHANNELS:
        raise CellFault("channel_unknown", f"Not one of {', '.join(CHANNELS)} before a colon.")
    return Address(channel, required(text(ADDRESS))(found.strip()))


REQUIRED: Mapping[str, Callable[[str], Any]] = {
    "name": required(text(NAME)),
    "language": required(pattern(LANGUAGE, "language_invalid", "Not a language tag.")),
    "zone": required(text(ZONE)),
    "posts": required(several(post, most=MOST["posts"])),
}
OPTIONAL: Mapping[str, Callable[[str], Any]] = {
    "person_id": identity,
    "staff_number": pattern(STAFF_NUMBER, "staff_number_invalid", "Not a staff number."),
    "superior": text(NAME),
    "skills": several(required(text(SKILL)), most=MOST["skills"]),
    "addresses": several(address, most=MOST["addresses"]),
}
READERS = {**REQUIRED, **OPTIONAL}


@dataclass(frozen=True)
class Row:
    """A row that can be read: ``values`` by column, of those that the file has."""

    number: int
    values: Mapping[str, Any]

    @property
    def fields(self) -> dict[str, Any]:
        """What is said of the person himself."""
        return {k: v for k, v in self.values.items() if k not in ("person_id", "superior")}

    def refused(self, column: str, code: str, reason: str) -> Problem:
        return Problem(self.number, column, code, reason)


def read_row(
    number: int, cells: Mapping[str, str] | None, *, check: Mapping[str, Callable[[Any], Any]]
) -> Row | list[Problem]:
    """The row, or all that is wrong with it. ``check`` turns values into the form in which they
    are kept, by the column's name; it raises CellFault."""
    if cells is None:
        said = "Has more or fewer cells than the header."
        return [Problem(number, "", "cells_wrong", said)]
    values, problems = {}, []
    for column, cell in cells.items():
        try:
            value = READERS[column](cell.strip())
            values[column] = check[column](value) if column in check and value else value
        except CellFault as fault:
            problems.append(Problem(number, column, fault.code, fault.reason))
    if not problems and not (values.get("person_id") or values.get("staff_number")):
        said = "A person needs an id or a staff number."
        problems.append(Problem(number, "staff_number", "missing", said))
    return problems or Row(number, values)


def repeated(rows: Iterable[Row]) -> Iterator[Problem]:
    """What is told of a person in a second row."""
    seen = set()
    for row in rows:
        for column in ("person_id", "staff_number"):
            value = row.values.get(column)
            if value and (column, value) in seen:
                yield row.refused(column, "repeated", "An earlier row has the same.")
            seen.add((column, value))


def in_ring(superiors: Mapping[UUID, UUID | None]) -> frozenset[UUID]:
    """Who would, however indirectly, stand above himself."""
    done: set[UUID] = set()
    found: set[UUID] = set()
    for start in superiors:
        way: list[UUID] = []
        person: UUID | None = start
        while person is not None and person not in done and person not in way:
            way.append(person)
            person = superiors.get(person)
        if person is not None and person in way:
            found.update(way[way.index(person) :])
        done.update(way)
    return frozenset(found)
