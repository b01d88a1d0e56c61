"""Who may carry an order out, and what is kept when it goes to another (WO-05, WO-10)."""

from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.work_order_rules import check_gone, check_receiving, is_fit
from dispatch.domain.work_orders import WorkOrder
from shared.rules import Invalid


def check_receiver(tx: DispatchTransaction, receiver_id: UUID | None, *, unit: str) -> None:
    """Refuse a receiver who may not be given work in ``unit``; a draft may name nobody yet.

    Raises ReceiverUnfit, and Invalid for somebody who is not known.
    """
    if receiver_id is None:
        return
    receiver = tx.people.find(receiver_id)
    if receiver is None:
        raise Invalid("there is no such receiver", errors={"receiver_id": ["is not known"]})
    check_receiving(receiver, tx.ruling("receiving", unit=unit))


def check_receiver_gone(tx: DispatchTransaction, order: WorkOrder) -> None:
    """Refuse to take an order from somebody who can carry it out. Raises ReceiverStillFit."""
    receiver = tx.people.find(order.receiver_id) if order.receiver_id else None
    check_gone(receiver, tx.ruling("receiving", unit=order.org_unit))


def has_receiver(tx: DispatchTransaction, order: WorkOrder) -> bool:
    """Whether the receiver is there and may receive. Raises PolicyMissing."""
    receiver = tx.people.find(order.receiver_id) if order.receiver_id else None
    return is_fit(receiver, tx.ruling("receiving", unit=order.org_unit))


def note_reassignment(
    tx: DispatchTransaction, order: WorkOrder, receiver_id: UUID, reason: str
) -> None:
    """The order forgets the first acceptance; its timeline keeps what was signed and by whom."""
    signed = order.acceptance
    tx.note(
        f"work_order/{order.id}",
        "work_order_reassigned",
        from_receiver_id=order.receiver_id,
        to_receiver_id=receiver_id,
        reason=reason,
        accepted_at=order.accepted_at,
        acceptance=signed and {"digest": signed.digest, "image_sha256": signed.image_sha256},
    )
