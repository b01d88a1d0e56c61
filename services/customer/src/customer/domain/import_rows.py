"""The rows of an imported file: each becomes a customer with a contact, or a list of problems."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from customer.domain import limits
from customer.domain.duplicates import Mark, marks_of
from customer.domain.import_cells import (
    BIRTHDAY,
    CONTACT,
    CUSTOMER,
    DUPLICATE_REASON,
    birthday,
)
from shared.cells import CellFault, Problem, text
from shared.spreadsheet_cells import as_meant

REASON = {DUPLICATE_REASON: text(limits.REASON)}
ROOM_FOR_PROBLEMS = 1000
COUNTS = ("rows", "created", "changed", "unchanged", "rejected", "problems_left_out")


@dataclass(frozen=True)
class Row:
    """A row that can be read. ``contact`` is None where its cells are empty."""

    row: int
    customer: Mapping[str, Any]
    contact: Mapping[str, Any] | None
    duplicate_reason: str | None = None

    @property
    def number(self) -> str:
        """The number of the customer."""
        number: str = self.customer["number"]
        return number

    @property
    def marks(self) -> list[Mark]:
        """What the customer is known by."""
        return marks_of(self.customer["name"], [self.contact] if self.contact else [])

    def refused(self, column: str, code: str, reason: str) -> Problem:
        """What to report when the row cannot be taken after all."""
        return Problem(self.row, column, code, reason)


@dataclass
class Report:
    """What an import did. ``problems_left_out`` counts those that the report has no room for."""

    rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    problems: list[Problem] = field(default_factory=list)
    problems_left_out: int = 0

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Count one refused row."""
        self.rejected += 1
        self.problems.extend(problems)

    def add(self, other: "Report") -> None:
        """Count what another part of the file came to; the first problems by row are kept."""
        for name in COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        told = sorted([*self.problems, *other.problems], key=lambda problem: problem.row)
        self.problems = told[:ROOM_FOR_PROBLEMS]
        self.problems_left_out += len(told[ROOM_FOR_PROBLEMS:])


class RowReader:
    """Reads the rows of one file and remembers which numbers it has seen.

    ``check`` turns a telephone number and a zone into their kept form, by the column's name.
    """

    def __init__(self, check: Mapping[str, Callable[[str], str]]) -> None:
        self._check = check
        self._seen: set[str] = set()

    def read(self, row: int, cells: Mapping[str, str]) -> Row | list[Problem]:
        """The row, or all that is wrong with it."""
        cells = {column: as_meant(cell.strip()) for column, cell in cells.items()}
        problems: list[Problem] = []
        customer = self._values(row, cells, CUSTOMER, problems)
        contact = self._contact(row, cells, problems)
        reason = self._values(row, cells, REASON, problems) if DUPLICATE_REASON in cells else {}
        self._once(row, customer, problems)
        return problems or Row(row, customer, contact, **reason)

    def _contact(
        self, row: int, cells: Mapping[str, str], problems: list[Problem]
    ) -> Mapping[str, Any] | None:
        if not any(cells[column] for column in (*CONTACT, *BIRTHDAY)):
            return None
        if not cells["contact_name"]:
            problems.append(Problem(row, "contact_name", "missing", "A contact needs a name."))
        values = self._values(row, cells, CONTACT, problems)
        try:
            born = birthday(cells)
        except CellFault as fault:
            problems.append(Problem(row, "birthday_day", fault.code, fault.reason))
            return None
        name = values.pop("contact_name", None)
        return {**values, "name": name, "birthday": born}

    def _values(
        self,
        row: int,
        cells: Mapping[str, str],
        readers: Mapping[str, Callable[[str], Any]],
        problems: list[Problem],
    ) -> dict[str, Any]:
        values = {}
        for column, read in readers.items():
            try:
                value = read(cells[column])
                check = self._check.get(column) if value else None
                values[column] = check(value) if check else value
            except CellFault as fault:
                problems.append(Problem(row, column, fault.code, fault.reason))
        return values

    def _once(self, row: int, customer: Mapping[str, Any], problems: list[Problem]) -> None:
        number = customer.get("number")
        if number in self._seen:
            said = "An earlier row has that number."
            problems.append(Problem(row, "number", "number_duplicate", said))
        elif number is not None and not problems:
            self._seen.add(number)
