"""Import customers from rows: good ones go in, bad ones are told, a repetition changes nothing."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from customer.adapters.mapping import Contact, Customer, Import
from customer.adapters.phones import PhoneInvalid, e164
from customer.adapters.transaction import CustomerTransaction
from customer.domain.duplicates import DuplicateSuspected, Holders
from customer.domain.import_rows import Report, Row, RowReader
from customer.domain.staff import Caller
from customer.use_cases import contacts as contact_files
from customer.use_cases.customers import enter, revise
from customer.use_cases.duplicates import accept, suspect, told
from shared.cells import CellFault, Problem
from shared.ids import new_id
from shared.org_units import CalendarMissing
from shared.policy import PolicyMissing
from shared.rules import UnitUnknown

# What a row is refused for when its unit lacks what a customer needs there.
UNFIT = (CalendarMissing, PolicyMissing, UnitUnknown)


class Found(NamedTuple):
    """Who of a batch is known already: customers by number, contacts by the customer's id, and
    who has what the new ones are known by."""

    customers: Mapping[str, Customer]
    contacts: Mapping[UUID, Sequence[Contact]]
    holders: Holders


def row_reader() -> RowReader:
    """What reads the rows of one file."""
    return RowReader({"phone": _phone, "zone": _zone})


def open_import(
    tx: CustomerTransaction, *, key: str, digest: str, rows: int, caller: Caller
) -> Import:
    """The import that the caller sent under ``key``: a new one, or one that was cut off."""
    run = tx.imports.of_key(caller.id, key)
    if run is None:
        run = begun(tx, key=key, digest=digest, rows=rows, caller=caller, id=new_id())
        tx.imports.add(run)
        tx.record("customers.import_begun", f"import/{run.id}", rows=rows)
    return run


def begun(tx: CustomerTransaction, *, caller: Caller, **of_file: Any) -> Import:
    """An import of which nothing is done; without an id it is not kept."""
    return Import(
        principal=caller.id, unit=caller.unit, started_at=tx.now, report=Report(), **of_file
    )


def carry_on(tx: CustomerTransaction, rows: Sequence[Row], *, caller: Caller) -> Report:
    """Take in one batch of rows whose numbers are all different; tells what came of each.

    A customer is found by his number, a contact by his name. The rows are tried together, which is
    faster, and one by one where a unit among theirs cannot have customers yet.
    """
    customers = tx.customers.by_numbers(row.number for row in rows)
    contacts = tx.contacts.by_customer(one.id for one in customers.values())
    marks = {mark for row in rows if row.number not in customers for mark in row.marks}
    found = Found(customers, contacts, tx.duplicates.holders(marks))
    try:
        with tx.apart(), tx.session.no_autoflush:
            return _take(tx, rows, found._replace(holders=found.holders.copy()), caller)
    except UNFIT:
        return _one_by_one(tx, rows, found, caller)


def _one_by_one(
    tx: CustomerTransaction, rows: Sequence[Row], found: Found, caller: Caller
) -> Report:
    report = Report()
    for row in rows:
        try:
            with tx.apart(), tx.session.no_autoflush:
                report.add(_take(tx, [row], found, caller))
        except UNFIT as unfit:
            said = "The unit has no calendar or no policy pack that its customers need."
            problem = row.refused("org_unit", unfit.code, said)
            report.add(Report(rows=1, rejected=1, problems=[problem]))
    return report


def _take(tx: CustomerTransaction, rows: Sequence[Row], found: Found, caller: Caller) -> Report:
    report = Report(rows=len(rows))
    for row in rows:
        customer = found.customers.get(row.number)
        problem = _refusal(tx, row, customer, caller)
        if problem is None and customer is None:
            problem = _enter(tx, row, found.holders, caller)
        if problem:
            report.refuse([problem])
        elif customer is None:
            report.created += 1
        elif _update(tx, row, customer, found.contacts.get(customer.id, [])):
            report.changed += 1
        else:
            report.unchanged += 1
    return report


def _enter(tx: CustomerTransaction, row: Row, holders: Holders, caller: Caller) -> Problem | None:
    of = row.customer
    suspicion = suspect(tx, row.marks, holders, unit=of["org_unit"], kind=of["kind"])
    if suspicion is not None and row.duplicate_reason is None:
        said = told(tx, suspicion, caller=caller)
        return row.refused(suspicion.first, DuplicateSuspected.code, said)
    customer = enter(tx, **of, contacts=[row.contact] if row.contact else [])
    if suspicion is not None and row.duplicate_reason is not None:
        accept(tx, customer, suspicion, reason=row.duplicate_reason)
    holders.add(row.marks, customer.id)
    return None


def _refusal(
    tx: CustomerTransaction, row: Row, customer: Customer | None, caller: Caller
) -> Problem | None:
    if not tx.sees(caller.unit, row.customer["org_unit"]):
        return row.refused("org_unit", "unit_unknown", "There is no such unit.")
    if customer is not None and not tx.sees(caller.unit, customer.org_unit):
        return row.refused("number", "number_taken", "Another unit's customer has that number.")
    return None


def _update(
    tx: CustomerTransaction, row: Row, customer: Customer, contacts: Sequence[Contact]
) -> bool:
    changed = revise(tx, customer, row.customer)
    if row.contact is None:
        return changed
    same = [contact for contact in contacts if contact.name == row.contact["name"]]
    if not same:
        contact_files.add_contact(tx, customer, **row.contact)
        return True
    said = {k: v for k, v in row.contact.items() if v or k not in ("language", "zone")}
    return contact_files.revise(tx, customer, same[0], said) or changed


def _phone(text: str) -> str:
    try:
        return e164(text)
    except PhoneInvalid as invalid:
        raise CellFault(invalid.code, invalid.detail) from None


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (KeyError, ValueError, OSError):
        raise CellFault("zone_unknown", "Not a known time zone.") from None
