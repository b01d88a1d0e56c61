"""Customers and contacts as the lines of a CSV file (RFC 4180), in the columns of the import.

Grades are never among them: some of them are for ourselves alone (K-23).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from customer.adapters.mapping import Contact, Customer
from customer.domain.import_cells import COLUMNS
from customer.domain.kinds import Kind
from shared import masking
from shared.csv_lines import line
from shared.spreadsheet_cells import defused

Cells = dict[str, Any]


def header() -> str:
    """The first line."""
    return line(COLUMNS)


def lines(found: Iterable[tuple[Customer, list[Contact]]], *, full: bool) -> str:
    """One line a contact; one for a customer without contacts."""
    return "".join(
        line(_text(cells.get(column)) for column in COLUMNS)
        for customer, contacts in found
        for cells in _cells(customer, contacts, full=full)
    )


def _cells(customer: Customer, contacts: list[Contact], *, full: bool) -> Iterator[Cells]:
    own = _customer(customer, full=full)
    told: Callable[[Contact], Cells] = _contact if full else _masked
    for contact in contacts:
        yield own | told(contact)
    if not contacts:
        yield own


def _customer(customer: Customer, *, full: bool) -> Cells:
    hidden = customer.kind is Kind.CONSUMER and not full
    amount = customer.annual_amount
    return {
        "number": customer.number,
        "name": masking.name(customer.name) if hidden else customer.name,
        "kind": customer.kind.value,
        "industry": customer.industry,
        "annual_amount": None if amount is None else f"{amount.normalize():f}",
        "org_unit": customer.org_unit,
        "owner_id": customer.owner_id,
        "visitor_id": customer.visitor_id,
        "since": customer.since,
    }


def _masked(contact: Contact) -> Cells:
    return {
        "contact_name": masking.name(contact.name),
        "phone": contact.phone and masking.phone(contact.phone),
        "email": contact.email and masking.email(contact.email),
        "language": contact.language,
        "zone": contact.zone,
    }


def _contact(contact: Contact) -> Cells:
    born = contact.birthday
    return {
        "contact_name": contact.name,
        "phone": contact.phone,
        "email": contact.email,
        "language": contact.language,
        "zone": contact.zone,
        "birthday_calendar": born and born.calendar.value,
        "birthday_month": born and born.month,
        "birthday_day": born and born.day,
        "birthday_leap_month": ("yes" if born.leap_month else "no") if born else None,
    }


def _text(value: Any) -> str:
    return "" if value is None else defused(str(value))
