"""Work out the classes that follow from what is known of a customer (CL-01 to CL-07, CL-36)."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from customer.adapters.mapping import Customer, Grade
from customer.adapters.transaction import CustomerTransaction
from customer.domain.events.customers import ClassChanged
from customer.domain.grade_schemes import Computed
from customer.domain.grading import (
    Purchases,
    industry_of,
    next_change,
    size_of,
    tenure_of,
    value_of,
)
from customer.use_cases.visit_plans import plan_visits
from shared.rules import Because, Invalid, Ruling

RECOUNT = "grade.recount"
# What of a customer's file decides on a class.
CLASSED = frozenset({"annual_amount", "industry", "since", "org_unit"})


def classify(
    tx: CustomerTransaction, customer: Customer, *, is_new: bool = False
) -> list[ClassChanged]:
    """Give the customer the classes that hold for him today; the events to tell, in order.

    ``is_new`` saves looking for earlier ones. The next day on which time alone changes a class
    wakes ``recount_classes``. Raises UnitUnknown, CalendarMissing.
    """
    with tx.session.no_autoflush:  # One command is one version of the file.
        bought = None if is_new else tx.purchases.of(customer.id)
        found = _classes(tx, customer, bought)
        before = {} if is_new else tx.grades.computed(customer.id)
    _wake(tx, customer, bought, is_new=is_new)
    if is_new:
        first = [_grade(tx, customer, scheme, ruling) for scheme, ruling in found.items()]
        tx.grades.add_all(customer.id, first)
        return [_changed(customer, one.scheme, None, one.grade, one.because) for one in first]
    return _replace(tx, customer, before, found)


def reclassify(tx: CustomerTransaction, customer: Customer) -> frozenset[str]:
    """Work out the classes anew and tell what changed; the schemes of those."""
    changed = classify(tx, customer)
    for event in changed:
        tx.emit(event, because=event.because)
    return frozenset(event.scheme for event in changed)


def recount_classes(tx: CustomerTransaction, *, customer_id: UUID) -> None:
    """Work the classes out anew on a day that changes them (CL-07)."""
    customer = tx.customers.known(customer_id)
    if reclassify(tx, customer):
        plan_visits(tx, customer, recount=True)


def tell_purchases(tx: CustomerTransaction, customer: Customer, bought: Purchases) -> None:
    """Take over what a customer bought; his class of value follows (CL-36).

    Raises Invalid for a purchase to come.
    """
    if bought.last_on > tx.today(customer.org_unit):
        errors = {"last_on": ["Lies in the future."]}
        raise Invalid("A purchase is told after it was made.", errors=errors)
    tx.purchases.put(customer.id, bought, now=tx.now, by=tx.origin.actor)
    tx.record("customer.purchases_told", f"customer/{customer.id}")
    tx.note(f"customer/{customer.id}", "purchases_told")
    if reclassify(tx, customer):
        plan_visits(tx, customer, recount=True)


def _classes(
    tx: CustomerTransaction, customer: Customer, bought: Purchases | None
) -> dict[str, Ruling[str]]:
    unit, today = customer.org_unit, tx.today(customer.org_unit)

    def rulings(section: str) -> list[Ruling[Any]]:
        return tx.policies.rulings(section, unit=unit, on=today)

    found = {
        Computed.SIZE: size_of(customer.annual_amount, rulings("size")),
        Computed.INDUSTRY: industry_of(customer.industry, rulings("industry_classes")),
        Computed.TENURE: tenure_of(customer.since, rulings("tenure"), today),
        Computed.VALUE: value_of(bought, rulings("value_classes"), today),
    }
    return {scheme.value: ruling for scheme, ruling in found.items() if ruling is not None}


def _replace(
    tx: CustomerTransaction,
    customer: Customer,
    before: Mapping[str, Grade],
    found: Mapping[str, Ruling[str]],
) -> list[ClassChanged]:
    told = []
    for scheme in (one.value for one in Computed):
        old, ruling = before.get(scheme), found.get(scheme)
        was, new = old.grade if old else None, ruling.value if ruling else None
        # A class that is lost is told with the clause that had given it.
        because = ruling.because if ruling else old.because if old else None
        if because is not None and was != new:
            told.append(_changed(customer, scheme, was, new, because))
        _put(tx, customer, scheme, old, ruling)
    return told


def _put(
    tx: CustomerTransaction,
    customer: Customer,
    scheme: str,
    old: Grade | None,
    ruling: Ruling[str] | None,
) -> None:
    if ruling is None:
        if old is not None:
            tx.grades.remove(old)
    elif old is None:
        tx.grades.add(_grade(tx, customer, scheme, ruling))
    elif (old.grade, old.unit, old.because) != (ruling.value, customer.org_unit, ruling.because):
        old.grade, old.unit, old.because = ruling.value, customer.org_unit, ruling.because
        old.graded_at = tx.now


def _grade(tx: CustomerTransaction, customer: Customer, scheme: str, ruling: Ruling[str]) -> Grade:
    return Grade(
        customer_id=customer.id,
        unit=customer.org_unit,
        scheme=scheme,
        grade=ruling.value,
        because=ruling.because,
        graded_at=tx.now,
    )


def _changed(
    customer: Customer, scheme: str, old: str | None, new: str | None, because: Because
) -> ClassChanged:
    return ClassChanged(
        customer_id=customer.id,
        org_unit=customer.org_unit,
        scheme=scheme,
        old=old,
        new=new,
        because=because,
    )


def _wake(
    tx: CustomerTransaction, customer: Customer, bought: Purchases | None, *, is_new: bool
) -> None:
    unit, today = customer.org_unit, tx.today(customer.org_unit)
    day = next_change(
        today=today,
        since=customer.since,
        tenure=[one.value for one in tx.policies.rulings("tenure", unit=unit, on=today)],
        bought=bought,
        values=[one.value for one in tx.policies.rulings("value_classes", unit=unit, on=today)],
    )
    subject = f"customer/{customer.id}"
    if day is not None:
        due_at = _midnight(day, tx, unit)
        tx.set_timer(RECOUNT, subject, due_at, customer_id=customer.id)
    elif not is_new:
        tx.cancel_timer(RECOUNT, subject)


def _midnight(day: date, tx: CustomerTransaction, unit: str) -> datetime:
    zone = tx.calendar(unit).timezone
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
