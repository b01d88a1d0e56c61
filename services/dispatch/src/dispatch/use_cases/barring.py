"""Refuse new work for customers whom a blacklist bars, and keep which ones those are (AD-16)."""

from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.barring import check_remedy, check_same
from dispatch.domain.work_orders import WorkOrder


def bar_customer(
    tx: DispatchTransaction, *, entry_id: UUID, customer_id: UUID, scope: str, unit: str | None
) -> None:
    """Keep an entry, and let his open orders say so; they are for people to decide on."""
    tx.barred_customers.keep(entry_id, customer_id=customer_id, scope=scope, unit=unit)
    for order_id in tx.work_orders.open_of(customer_id, below=unit):
        tx.note(f"work_order/{order_id}", "customer_blacklisted", scope=scope)


def release_customer(tx: DispatchTransaction, *, entry_id: UUID) -> None:
    """Forget an entry that was lifted."""
    tx.barred_customers.forget(entry_id)


def refuse_barred(tx: DispatchTransaction, order: WorkOrder, *, remedies: bool = True) -> None:
    """Refuse new work for a barred customer that remedies no open complaint of his; an order that
    names none is for the customer of its complaint.

    Raises CustomerBlacklisted, ComplaintUnknown, ComplaintOfAnother, ComplaintClosed, UnitUnknown.
    """
    complaint_id = order.complaint_id if remedies else None
    complaint = tx.complaints.find(complaint_id) if complaint_id else None
    check_same(complaint, customer_id=order.customer_id)
    customer_id = order.customer_id or (complaint.customer_id if complaint else None)
    if customer_id is None:
        return
    scope = tx.barred_customers.scope_over(customer_id, units=order.units)
    if scope is not None:
        check_remedy(complaint, complaint_id=complaint_id, customer_id=customer_id, scope=scope)
