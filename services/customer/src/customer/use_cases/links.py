"""Link persons of ours to a customer, so that he is not known through one alone (CF-22, CF-23)."""

from uuid import UUID

from customer.adapters.mapping import Customer
from customer.adapters.transaction import CustomerTransaction
from customer.domain.owners import AdvisorTaken, Link
from customer.use_cases.grading import held
from shared.rules import Invalid


def link_person(
    tx: CustomerTransaction, customer: Customer, *, person_id: UUID, link: Link
) -> None:
    """Let a person of ours be the customer's advisor or a backup of him.

    Raises AdvisorTaken where the packs let him have no more advisors, Invalid for somebody who is
    not of our staff.
    """
    if not tx.staff.posts_of(person_id):
        raise Invalid("Nobody of our staff.", errors={"person_id": ["Not known here."]})
    tx.customers.known(customer.id)  # Two advisors at once wait for each other.
    if link is Link.ADVISOR:
        _check_advisors(tx, customer, person_id)
    tx.owners.link(customer.id, person_id, link, now=tx.now)
    tx.record("customer.linked", f"customer/{customer.id}", person_id=person_id, link=link)


def unlink_person(tx: CustomerTransaction, customer: Customer, *, person_id: UUID) -> None:
    """End the link of a person of ours to a customer; one that is not there needs it not."""
    tx.owners.unlink(customer.id, person_id)
    tx.record("customer.unlinked", f"customer/{customer.id}", person_id=person_id)


def _check_advisors(tx: CustomerTransaction, customer: Customer, person_id: UUID) -> None:
    unit = customer.org_unit
    grades = held(tx, customer, unit=unit)
    rules = tx.policies.rulings("advisors", unit=unit, on=tx.today(unit), grade=grades)
    others = tx.owners.advisors(customer.id) - {person_id}
    if rules and len(others) >= rules[0].value.most:
        raise AdvisorTaken("The customer has an advisor.", because=rules[0].because)


def least_links(tx: CustomerTransaction, unit: str) -> int:
    """By how many contacts and persons a customer of ``unit`` is known at least (CF-22); 0 where no
    pack says. Raises UnitUnknown, CalendarMissing."""
    rules = tx.policies.rulings("file_links", unit=unit, on=tx.today(unit))
    least: int = rules[0].value.min_links if rules else 0
    return least
