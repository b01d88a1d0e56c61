"""Fill, check, review and void the files of customers (CF-01..CF-06, CF-26, CF-42)."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from customer.adapters.mapping import Customer, CustomerFile
from customer.adapters.transaction import CustomerTransaction
from customer.domain.cadence import add_months
from customer.domain.events.customers import CustomerChanged
from customer.domain.file_fields import checked
from customer.domain.file_operations import SelfCheckMissing
from customer.domain.file_states import TRANSITIONS, FileCommand
from customer.domain.reminders import opening_from
from customer.use_cases.audiences import audience_of
from customer.use_cases.change_notices import settle_notices
from customer.use_cases.file_fields import FileView, asked_of, missing, personal_of, view
from customer.use_cases.grading import held
from shared.rules import Because

REVIEW = "file.review"


def fill_file(
    tx: CustomerTransaction,
    customer: Customer,
    file: CustomerFile,
    *,
    values: Mapping[str, Any],
    reason: str,
    self_checked: bool = False,
) -> FileView:
    """Fill fields of a file, None empties one; the history keeps why (CF-01, CF-17).

    Raises Invalid for what the packs do not know, SelfCheckMissing and FileVoid.
    """
    fields = [one.value for one in asked_of(tx, customer)]
    _demand_check(tx, customer, self_checked=self_checked)
    kept = checked(fields, values)
    old = tx.file_values.of(customer.id)
    changed = [name for name, value in kept.items() if value != old.get(name)]
    if self_checked:
        file.check(by=tx.origin.actor, now=tx.now)
    if changed:
        file.write()
        fresh = {name: kept[name] for name in changed}
        tx.file_values.put(customer.id, fresh, now=tx.now, by=tx.origin.actor)
        major = any(one.major and one.field in changed for one in fields)
        tx.emit(_told(tx, customer, changed, major=major))
        follow_change(tx, customer, changed, old=old, new=kept, reason=reason)
    tx.record("file.changed", f"customer/{customer.id}", fields=changed, checked=self_checked)
    return view(tx, customer)


def follow_change(
    tx: CustomerTransaction,
    customer: Customer,
    changed: Collection[str],
    *,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    reason: str | None,
    personal: Collection[str] | None = None,
) -> None:
    """Keep in the history what differs now, of master data or of the file (CF-17); a file may
    become complete by it. ``personal`` are the fields that the packs call so unless given."""
    tx.file_changes.keep(
        customer.id,
        changed,
        old=old,
        new=new,
        personal=personal_of(tx, customer) if personal is None else personal,
        reason=reason,
        now=tx.now,
        by=tx.origin.actor,
    )
    settle_notices(tx, customer, changed)
    recount_file(tx, customer)


def recount_file(tx: CustomerTransaction, customer: Customer) -> None:
    """See whether the file of a customer, if one was begun, is complete now (CF-01)."""
    file = tx.files.find(customer.id)
    if file is not None and file.recount(missing(tx, customer), now=tx.now):
        tx.note(f"customer/{customer.id}", "file_completed")
        _plan_review(tx, customer, file)


def review_file(tx: CustomerTransaction, customer: Customer, file: CustomerFile) -> FileView:
    """Find a file to be up to date; the next review is counted from today (CF-06).

    Raises FileIncomplete, WrongState.
    """
    file.review(missing(tx, customer), now=tx.now)
    tx.record("file.reviewed", f"customer/{customer.id}")
    tx.note(f"customer/{customer.id}", "file_reviewed")
    _plan_review(tx, customer, file)
    return view(tx, customer)


def let_go_stale(tx: CustomerTransaction, *, customer_id: UUID, because: Because) -> None:
    """Mark a file that nobody reviewed in time (CF-06); one in another state needs it not."""
    file = tx.files.find(customer_id)
    if file is not None and FileCommand.GO_STALE in TRANSITIONS[file.state]:
        unit = tx.customers.known(customer_id).org_unit
        tx.emit(file.go_stale(org_unit=unit, because=because), because=because)


def void_file(
    tx: CustomerTransaction, customer: Customer, file: CustomerFile, *, reason: str
) -> FileView:
    """Close a file for good (CF-26). Raises WrongState."""
    file.void(now=tx.now)
    tx.cancel_timer(REVIEW, f"customer/{customer.id}")
    tx.record("file.voided", f"customer/{customer.id}", reason=reason)
    tx.note(f"customer/{customer.id}", "file_voided")
    return view(tx, customer)


def consult_file(tx: CustomerTransaction, customer: Customer, *, reason: str) -> FileView:
    """Show a file in full, and keep who asked and why (CF-08, CF-26)."""
    tx.record("file.revealed", f"customer/{customer.id}", reason=reason)
    return view(tx, customer)


def _demand_check(tx: CustomerTransaction, customer: Customer, *, self_checked: bool) -> None:
    unit = customer.org_unit
    for rule in tx.policies.rulings("file_self_check", unit=unit, on=tx.today(unit)):
        if rule.value.required and not self_checked:
            raise SelfCheckMissing("Check what you fill in, and say so.", because=rule.because)


def _told(
    tx: CustomerTransaction, customer: Customer, changed: Collection[str], *, major: bool
) -> CustomerChanged:
    return CustomerChanged(
        customer_id=customer.id,
        org_unit=customer.org_unit,
        fields=tuple(changed),
        major=major,
        told_ids=audience_of(tx, "changed", customer),
    )


def _plan_review(tx: CustomerTransaction, customer: Customer, file: CustomerFile) -> None:
    unit = customer.org_unit
    grades = held(tx, customer, unit=unit)
    rules = tx.policies.rulings("file_review", unit=unit, on=tx.today(unit), grade=grades)
    if not rules:
        return
    day = add_months(tx.today(unit), rules[0].value.months)
    file.review_due_at = opening_from(tx.calendar(unit), day)
    data = {"customer_id": customer.id, "because": rules[0].because.to_data()}
    tx.set_timer(REVIEW, f"customer/{customer.id}", file.review_due_at, **data)
