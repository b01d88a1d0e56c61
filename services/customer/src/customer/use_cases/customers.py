"""Keep the files of customers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from customer.adapters.mapping import Customer, Membership
from customer.adapters.transaction import CustomerTransaction
from customer.domain.customers import NumberTaken
from customer.domain.duplicates import marks_of
from customer.domain.events.owners import OwnerChanged
from customer.domain.grade_schemes import Computed
from customer.domain.grading import SizeClass
from customer.domain.staff import Caller
from customer.use_cases import contacts as contact_files
from customer.use_cases.audiences import audience_of
from customer.use_cases.classes import CLASSED, classify, reclassify
from customer.use_cases.documents import collect_document
from customer.use_cases.duplicates import accept, refuse, suspect
from customer.use_cases.file_fields import majors
from customer.use_cases.files import follow_change
from customer.use_cases.standings import first_standing, settle
from customer.use_cases.visit_plans import plan_visits
from shared.ids import new_id
from shared.rules import UnitUnknown

# What decides on which days a customer is visited, and what besides decides by whom.
RECOUNTED = frozenset({*Computed, "since"})
REPLANNED = RECOUNTED | {"org_unit", "visitor_id"}


def register_customer(
    tx: CustomerTransaction,
    *,
    caller: Caller,
    number: str,
    contacts: Sequence[Mapping[str, Any]] = (),
    documents: Sequence[Mapping[str, Any]] = (),
    duplicate_reason: str | None = None,
    **profile: Any,
) -> Customer:
    """Open the file of a new customer, grade him and plan his visits (CL-01 to CL-03, VS-01).
    One who may be known already takes a ``duplicate_reason``, which is kept (CF-19).

    Raises UnitUnknown, NumberTaken, PhoneInvalid, CalendarMissing, PolicyMissing,
    DuplicateSuspected, and as ``collect_document``.
    """
    check_unit(tx, profile["org_unit"], caller=caller)
    if tx.customers.by_numbers([number]):
        raise NumberTaken("Another customer has that number.")
    kept = [contact_files.normalised(contact) for contact in contacts]
    marks = marks_of(profile["name"], kept, documents)
    holders = tx.duplicates.holders(marks)
    unit, kind = profile["org_unit"], profile["kind"]
    suspicion = suspect(tx, marks, holders, unit=unit, kind=kind)
    if suspicion is not None and duplicate_reason is None:
        refuse(tx, suspicion, caller=caller)
    customer = enter(tx, number=number, contacts=kept, **profile)
    if suspicion is not None and duplicate_reason is not None:
        accept(tx, customer, suspicion, reason=duplicate_reason)
    for document in documents:
        collect_document(tx, customer, caller=caller, **document)
    return customer


def enter(
    tx: CustomerTransaction,
    *,
    number: str,
    contacts: Sequence[Mapping[str, Any]] = (),
    **profile: Any,
) -> Customer:
    """Put a customer whose unit and number were checked into the books, with contacts whose fields
    have their kept form."""
    customer = Customer(id=new_id(), number=number, registered_at=tx.now, **profile)
    tx.customers.add(customer)
    classes = classify(tx, customer, is_new=True)
    tx.memberships.add(
        Membership(
            customer_id=customer.id,
            unit=customer.org_unit,
            standing=first_standing(tx, customer.kind, unit=customer.org_unit),
            owner_id=customer.owner_id,
            since=tx.now,
        )
    )
    size = next((one for one in classes if one.scheme == Computed.SIZE), None)
    size_class = SizeClass(size.new) if size and size.new else None
    tx.emit(customer.registered(size_class=size_class), because=size.because if size else None)
    for event in classes:
        tx.emit(event, because=event.because)
    entered = [contact_files.enter(tx, customer, **contact) for contact in contacts]
    told = [contact.id for contact in entered]
    tx.record("customer.registered", f"customer/{customer.id}", contact_ids=told)
    plan_visits(tx, customer, recount=True, is_new=True)
    return customer


def change_customer(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    fresh: Mapping[str, Any],
    caller: Caller,
    reason: str | None = None,
) -> Customer:
    """Change what is named in ``fresh``; class and visits follow (CL-07, VS-01), and the history
    keeps ``reason`` (CF-17).

    Raises UnitUnknown.
    """
    if "org_unit" in fresh:
        check_unit(tx, fresh["org_unit"], caller=caller)
    revise(tx, customer, fresh, reason=reason)
    return customer


def revise(
    tx: CustomerTransaction,
    customer: Customer,
    fresh: Mapping[str, Any],
    *,
    reason: str | None = None,
) -> bool:
    """Change a customer whose new unit was checked; whether anything is different now."""
    unit, before = customer.org_unit, {name: getattr(customer, name) for name in fresh}
    changed = customer.change(fresh)
    if changed is None:
        return False
    major = not majors(tx, customer).isdisjoint(changed.fields)
    tx.emit(replace(changed, major=major, told_ids=audience_of(tx, "changed", customer)))
    tx.record("customer.changed", f"customer/{customer.id}", fields=changed.fields)
    moved = set(changed.fields)
    if moved & CLASSED:
        moved |= reclassify(tx, customer)
    if "org_unit" in moved:
        tx.memberships.move(customer.id, unit=unit, to=customer.org_unit)
    if moved & {"org_unit", "since"}:
        contact_files.tell_contacts(tx, customer)
    if moved & {"org_unit", "kind"}:
        settle(tx, customer)
    if moved & REPLANNED:
        plan_visits(tx, customer, recount=bool(moved & RECOUNTED))
    if "owner_id" in moved:
        _change_owner(tx, customer, old=before["owner_id"])
    follow_change(tx, customer, changed.fields, old=before, new=fresh, reason=reason)
    return True


def _change_owner(tx: CustomerTransaction, customer: Customer, *, old: UUID | None) -> None:
    """Let the base of the customer's unit name the new owner, and tell both (CF-22, E-38)."""
    membership = tx.memberships.find(customer.id, customer.org_unit)
    if membership is not None:
        membership.owner_id = customer.owner_id
    told = OwnerChanged(
        customer_id=customer.id,
        org_unit=customer.org_unit,
        old_owner_id=old,
        new_owner_id=customer.owner_id,
        left=old is not None and tx.staff.has_left(old),
    )
    tx.emit(told)


def check_unit(tx: CustomerTransaction, unit: str, *, caller: Caller) -> None:
    """Raise UnitUnknown unless the caller sees the unit, which looks the same."""
    if not tx.sees(caller.unit, unit):
        raise UnitUnknown("The organisational unit is not known here.", unit=unit)
