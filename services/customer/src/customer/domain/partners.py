"""The admission form of a partner of joint ventures: one set for each (AD-24 to AD-29, F-13)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from customer.domain.events.admission import Admitted
from customer.domain.events.partners import PartnerArchived, PartnerDeclined, PartnerSubmitted
from customer.domain.partner_states import Command, State, after
from shared.rules import Because, Invalid, RuleBroken

MAIN = "main"
Place = tuple[str, int, str]  # part, row and item


class Result(StrEnum):
    """What was seen on site of one item; what is ambiguous counts as false (AD-26)."""

    TRUE = "true"
    FALSE = "false"
    AMBIGUOUS = "ambiguous"


class FormIncomplete(RuleBroken):
    """Something that the form asks for is not filled in (AD-25)."""

    code = "form_incomplete"


class ItemsNotMet(RuleBroken):
    """Not everything on the checklist was found true (AD-26)."""

    code = "items_not_met"


class FormExists(RuleBroken):
    """There is one form a partner (AD-24)."""

    code = "form_exists"


class FormArchived(RuleBroken):
    """The form lies in the archive already (AD-29)."""

    code = "form_archived"


@dataclass(frozen=True)
class FormItem:
    """What the form asks for in the main form or an annex (``part``). Of an annex there may be any
    number of rows. What is ``personal`` is shown masked."""

    part: str
    item: str
    title: str
    required: bool = False
    personal: bool = False


@dataclass(frozen=True)
class CheckItem:
    """What is looked at on site (AD-25, AD-30)."""

    item: str
    title: str


@dataclass(frozen=True)
class Cell:
    """A value in the form; ``row`` counts from 0, and is 0 in the main form."""

    part: str
    row: int
    item: str
    value: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.part, self.row, self.item


@dataclass(frozen=True)
class ShownCell:
    """A value of the form as it is shown; one that is ``personal`` is masked."""

    part: str
    row: int
    item: str
    title: str
    personal: bool
    value: str


@dataclass(frozen=True)
class Finding:
    """What an inspector found of one item, on a local day of the unit."""

    item: str
    result: Result
    inspector_id: UUID
    checked_on: date


@dataclass(eq=False, kw_only=True)
class PartnerForm:
    """``unit`` is the contracting unit, which introduces the partner. ``explanation`` is what he
    was told when he was declined. ``archive_number`` is where the office keeps the form."""

    id: UUID
    customer_id: UUID
    unit: str
    opened_at: datetime
    opened_by: UUID
    state: State = State.DRAFT
    cells: tuple[Cell, ...] = ()
    findings: tuple[Finding, ...] = ()
    screened_by: UUID | None = None
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    explanation: str | None = None
    archive_number: str | None = None
    archived_by: UUID | None = None
    archived_at: datetime | None = None
    version: int = 1

    def fill(self, cells: Sequence[Cell], *, items: Iterable[FormItem]) -> None:
        """Write values into the form. Raises WrongState, and Invalid for an unknown item."""
        state = after(self.state, Command.FILL)
        asked = {(one.part, one.item) for one in items}
        strange = [f"{one.part}.{one.item}" for one in cells if (one.part, one.item) not in asked]
        strange += [one.part for one in cells if one.part == MAIN and one.row]
        if strange:
            raise Invalid("The form does not ask for that.", errors={"cells": strange})
        fresh = {one.place for one in cells}
        kept = (one for one in self.cells if one.place not in fresh)
        self.state, self.cells = state, (*kept, *cells)

    def submit(self) -> PartnerSubmitted:
        """Forward the form to the office (AD-28). Raises WrongState."""
        self.state = after(self.state, Command.SUBMIT)
        return PartnerSubmitted(customer_id=self.customer_id, org_unit=self.unit, form_id=self.id)

    def screen(self, *, by: UUID) -> None:
        """The office finds the partner fit for a closer look (AD-28). Raises WrongState."""
        self.state = after(self.state, Command.SCREEN)
        self.screened_by = by

    def decline(self, explanation: str, *, by: UUID, now: datetime) -> PartnerDeclined:
        """Turn the partner away, with an explanation (AD-28). Raises WrongState."""
        self.state = after(self.state, Command.DECLINE)
        self.explanation, self.decided_by, self.decided_at = explanation, by, now
        return PartnerDeclined(customer_id=self.customer_id, org_unit=self.unit, form_id=self.id)

    def find(self, findings: Sequence[Finding], *, checklist: Iterable[CheckItem]) -> None:
        """Record what was seen on site. Raises WrongState, Invalid for an unknown item."""
        state = after(self.state, Command.FIND)
        asked = {one.item for one in checklist}
        strange = [one.item for one in findings if one.item not in asked]
        if strange:
            raise Invalid("The checklist does not ask for that.", errors={"findings": strange})
        fresh = {one.item for one in findings}
        kept = (one for one in self.findings if one.item not in fresh)
        self.state, self.findings = state, (*kept, *findings)

    def check(self, *, items: Sequence[FormItem]) -> None:
        """End the check on site; the form is complete now (AD-25). Raises WrongState,
        FormIncomplete."""
        state = after(self.state, Command.CHECK)
        lacking = incomplete(items, self.cells)
        if lacking:
            raise FormIncomplete("The form is not complete.", lacking=lacking)
        self.state = state

    def admit(
        self, *, checklist: Iterable[CheckItem], by: UUID, now: datetime, because: Because
    ) -> Admitted:
        """Admit the partner; every item of the checklist was found true (AD-26, AD-28).

        Raises WrongState, ItemsNotMet.
        """
        state = after(self.state, Command.ADMIT)
        true = {one.item for one in self.findings if one.result is Result.TRUE}
        lacking = [one.item for one in checklist if one.item not in true]
        if lacking:
            raise ItemsNotMet("Not everything was found true.", items=lacking)
        self.state, self.decided_by, self.decided_at = state, by, now
        return Admitted(
            customer_id=self.customer_id,
            org_unit=self.unit,
            way="form",
            products=(),
            valid_until=None,
            because=because,
        )

    def grade(self) -> None:
        """The partner got his first grade (AD-28). Raises WrongState."""
        self.state = after(self.state, Command.GRADE)

    def archive(self, number: str, *, by: UUID, now: datetime) -> PartnerArchived:
        """The office keeps the form, which was decided, under that number (AD-29). Raises
        WrongState, FormArchived."""
        state = after(self.state, Command.ARCHIVE)
        if self.archive_number is not None:
            raise FormArchived("It is archived.", archive_number=self.archive_number)
        self.state = state
        self.archive_number, self.archived_by, self.archived_at = number, by, now
        return PartnerArchived(
            customer_id=self.customer_id,
            org_unit=self.unit,
            form_id=self.id,
            archive_number=number,
        )


def shown_cells(items: Iterable[FormItem], cells: Iterable[Cell]) -> list[ShownCell]:
    """What stands in the form, in the order of its items. What the packs ask for no longer comes
    last and counts as personal."""
    asked = {(one.part, one.item): one for one in items}
    order = {place: number for number, place in enumerate(asked)}
    ranked = sorted(cells, key=lambda one: (order.get((one.part, one.item), len(order)), one.row))
    found = []
    for cell in ranked:
        item = asked.get((cell.part, cell.item))
        title, personal = (item.title, item.personal) if item else (cell.item, True)
        found.append(ShownCell(*cell.place, title=title, personal=personal, value=cell.value))
    return found


def incomplete(items: Iterable[FormItem], cells: Iterable[Cell]) -> list[str]:
    """What is required and not filled in: in the main form, and in every row of an annex, which
    has one row at least."""
    filled = {one.place for one in cells}
    return [
        f"{one.part}.{one.item}"
        for one in items
        if one.required and any(place not in filled for place in _places(one, filled))
    ]


def filled_percent(items: Iterable[FormItem], cells: Iterable[Cell]) -> int:
    """How much of what the form asks for is filled in, counted as in ``incomplete``: in whole per
    cent, rounded down (CL-35)."""
    filled = {one.place for one in cells}
    asked = [place for one in items for place in _places(one, filled)]
    return sum(place in filled for place in asked) * 100 // len(asked) if asked else 100


def _places(item: FormItem, filled: Collection[Place]) -> list[Place]:
    rows = {row for part, row, _ in filled if part == item.part} or {0}
    return [(item.part, row, item.item) for row in rows]
