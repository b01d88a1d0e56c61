"""Let others care for a customer: transfers with a hand-over, and whoever leaves (CF-22, CF-26)."""

from typing import Any
from uuid import UUID

from customer.adapters.mapping import Customer, Handover
from customer.adapters.transaction import CustomerTransaction
from customer.domain.owners import Link
from customer.use_cases.customers import revise
from shared.ids import new_id
from shared.org_units import chain, require
from shared.rules import RuleBroken


def transfer_file(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    to_unit: str,
    note: str,
    owner_id: UUID | None = None,
) -> Handover:
    """Hand a customer's file to another unit, with what the next owner has to know (XC-17).

    Whoever saw the customer through the old unit alone sees him no more from the commit on (S8).
    Raises UnitUnknown.
    """
    require(tx.session, to_unit)
    handover = Handover(
        id=new_id(),
        customer_id=customer.id,
        from_unit=customer.org_unit,
        to_unit=to_unit,
        old_owner_id=customer.owner_id,
        new_owner_id=owner_id,
        note=note,
        at=tx.now,
        by=tx.origin.actor,
    )
    tx.owners.hand_over(handover)
    fresh: dict[str, Any] = {"org_unit": to_unit, "owner_id": owner_id}
    revise(tx, customer, fresh, reason="file_transferred")
    tx.record("file.transferred", f"customer/{customer.id}", handover_id=handover.id)
    return handover


def hand_to(tx: CustomerTransaction, person_id: UUID, successor_id: UUID) -> None:
    """Give what somebody who has left had of a customer (file, visits, link) to the successor whom
    he named, where that one is there and sees the customer (E-38, XC-17). What he cannot take is
    left for ``replace_departed``."""
    for customer_id in sorted(
        {*tx.customers.owned_by(person_id), *tx.customers.wanting(person_id)}
    ):
        customer = tx.customers.known(customer_id)
        if not _sees(tx, successor_id, customer):
            continue
        held = [name for name in ("owner_id", "visitor_id") if getattr(customer, name) == person_id]
        _revise_apart(tx, customer, dict.fromkeys(held, successor_id))
    for link in tx.owners.links_by(person_id):
        if _sees(tx, successor_id, tx.customers.known(link.customer_id)):
            _move_link(tx, link.customer_id, person_id, link.link, to=successor_id)


def replace_departed(tx: CustomerTransaction, person_id: UUID) -> None:
    """Give the customers of somebody who has left to his supervisor, else to the nearest head of
    department (E-38, CF-22). Where a rule refuses it that is noted and he stays named."""
    for customer_id in tx.customers.owned_by(person_id):
        customer = tx.customers.known(customer_id)
        successor = tx.visitors.supervisor(person_id, unit=customer.org_unit)
        _revise_apart(tx, customer, {"owner_id": successor})
    for link in tx.owners.links_by(person_id):
        _give_link_on(tx, link.customer_id, person_id, link.link)


def _revise_apart(tx: CustomerTransaction, customer: Customer, fresh: dict[str, Any]) -> None:
    try:
        with tx.apart():
            revise(tx, customer, fresh, reason="owner_left")
    except RuleBroken as broken:
        tx.note(f"customer/{customer.id}", "owner_kept", code=broken.code)


def _give_link_on(tx: CustomerTransaction, customer_id: UUID, person_id: UUID, link: Link) -> None:
    unit = tx.customers.known(customer_id).org_unit
    _move_link(tx, customer_id, person_id, link, to=tx.visitors.supervisor(person_id, unit=unit))


def _move_link(
    tx: CustomerTransaction, customer_id: UUID, person_id: UUID, link: Link, *, to: UUID | None
) -> None:
    tx.owners.unlink(customer_id, person_id)
    if to is not None:
        tx.owners.link(customer_id, to, link, now=tx.now)
    tx.record("customer.link_moved", f"customer/{customer_id}", link=link, to=to)


def _sees(tx: CustomerTransaction, person_id: UUID, customer: Customer) -> bool:
    units = {unit for unit, _ in tx.staff.posts_of(person_id)}
    return not units.isdisjoint(chain(tx.session, customer.org_unit))
