"""What a customer has to meet to be admitted to a unit, and which of his documents show it."""

from collections.abc import Iterable
from datetime import date

from customer.adapters.mapping import Admission, Customer
from customer.adapters.transaction import CustomerTransaction
from customer.domain.admission_conditions import AdmissionCondition, Demand, first_of_each
from shared.policy import PolicyMissing
from shared.rules import Ruling


def demands_of(tx: CustomerTransaction, customer: Customer, admission: Admission) -> list[Demand]:
    """Each condition of the unit's packs, once for all product lines or once for each (AD-06).

    Raises PolicyMissing where no pack names a condition.
    """
    today = tx.today(admission.unit)
    asked = dict.fromkeys(("", *admission.products))
    found = [
        Demand(ruling, product, _held(tx, customer, ruling.value.evidence, product, today))
        for product in asked
        for ruling in _conditions(tx, customer, admission, product, today)
    ]
    if not found:
        raise PolicyMissing("No pack of the unit names a condition.", unit=admission.unit)
    return found


def _conditions(
    tx: CustomerTransaction, customer: Customer, admission: Admission, product: str, on: date
) -> list[Ruling[AdmissionCondition]]:
    facts = {"kind": customer.kind, "product": product or None}
    rulings = tx.policies.rulings("admission_conditions", unit=admission.unit, on=on, **facts)
    each = first_of_each(rulings)
    return [ruling for ruling in each if ruling.value.per_product == bool(product)]


def _held(
    tx: CustomerTransaction, customer: Customer, kinds: Iterable[str], product: str, on: date
) -> dict[str, date | None]:
    """Until when each of the documents holds that hold on that day."""
    return {
        kind: document.valid_until
        for kind in kinds
        if (document := tx.documents.valid(customer.id, kind, on=on, product=product))
    }
