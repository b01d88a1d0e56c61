"""Take in what decides on visits: flags of a customer, and what happens with him."""

from collections.abc import Mapping
from datetime import date

from customer.adapters.mapping import Customer, Occasion, VisitFlags
from customer.adapters.transaction import CustomerTransaction
from customer.domain.events.key_accounts import KeyAccountChanged
from customer.domain.staff import Caller
from customer.domain.visit_occasions import OccasionKind
from customer.use_cases.bases import base_of
from customer.use_cases.visit_plans import plan_visits
from shared.ids import new_id


def flag_customer(
    tx: CustomerTransaction, flags: VisitFlags, *, fresh: Mapping[str, bool]
) -> VisitFlags:
    """Set what a unit says of a customer; his visits follow at once (VS-04, VS-17, VS-18, VS-41).
    Whether he is a key account is told, since his complaints go another way (CP-41).

    A customer is flagged by one person at a time.
    """
    customer = tx.customers.known(flags.customer_id)
    changed = flags.change(fresh)
    tx.visit_flags.put(flags)
    if changed:
        tx.record("customer.flagged", f"customer/{customer.id}", fields=changed, unit=flags.unit)
        tx.note(f"customer/{customer.id}", "customer_flagged", fields=changed, unit=flags.unit)
    if "is_key" in changed:
        told = KeyAccountChanged(
            customer_id=customer.id,
            org_unit=customer.org_unit,
            unit=flags.unit,
            is_key=flags.is_key,
        )
        tx.emit(told)
    tx.session.flush()
    plan_visits(tx, customer, recount=True)
    return flags


def tell_occasion(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    kind: OccasionKind,
    happens_on: date,
    reference: str,
    caller: Caller,
) -> Occasion:
    """Take in a sale, a milestone or the end of a contract: the visits that the packs ask for are
    planned (VS-23, VS-42). One of the same ``reference`` is moved to its new day."""
    customer = tx.customers.known(customer.id)
    unit = base_of(tx, customer, caller=caller)
    occasion = tx.visit_occasions.find(customer.id, unit=unit, kind=kind, reference=reference)
    if occasion is None:
        occasion = Occasion(
            id=new_id(),
            customer_id=customer.id,
            unit=unit,
            kind=kind,
            reference=reference,
            happens_on=happens_on,
            told_on=tx.today(unit),
            told_at=tx.now,
        )
        tx.visit_occasions.add(occasion)
    occasion.happens_on = happens_on
    tx.record("customer.occasion_told", f"customer/{customer.id}", kind=kind, on=happens_on)
    tx.note(f"customer/{customer.id}", "occasion_told", occasion=kind, on=happens_on)
    tx.session.flush()
    plan_visits(tx, customer, recount=True)
    return occasion
