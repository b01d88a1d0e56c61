"""The exact texts that are signed on a work order, line by line.

They are made from the stored fields, so whoever holds the order can show later that nothing of what
was signed has changed: the digest of the text made anew equals that of the signature.
"""

from typing import TYPE_CHECKING

from dispatch.domain.signatures import sheet

if TYPE_CHECKING:
    from dispatch.domain.work_orders import WorkOrder


def acceptance_text(order: "WorkOrder") -> str:
    """What the receiver signs: the job as it was given (WO-08)."""
    return sheet(
        ("order_no", order.order_no),
        ("place", order.place),
        ("content", order.content),
        ("requirements", order.requirements),
        ("reply_due_at", order.reply_due_at.isoformat()),
    )


def completion_text(order: "WorkOrder", *, remarks: str | None = None) -> str:
    """What the person served signs: the job and how it went (WO-14), by ``remarks`` that the order
    does not have yet, or by its own."""
    return sheet(
        ("order_no", order.order_no),
        ("place", order.place),
        ("content", order.content),
        ("remarks", order.remarks if remarks is None else remarks),
    )


def confirmation_text(order: "WorkOrder") -> str:
    """What the dispatcher signs: how the job went and what the client said of it (WO-15)."""
    made = order.call_back_made
    return sheet(
        ("order_no", order.order_no),
        ("remarks", order.remarks),
        ("satisfied", made.satisfied if made else None),
        ("result", made.result if made else None),
    )
