"""Who comes first: what is told of a customer moves his open cases in the queue (CP-59)."""

from typing import Any
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction

BATCH = 1000
MOVE = "customer.move"
KEY_ACCOUNT, FIRST = "key_account", 0  # Key accounts come before every grade.


def keep_priority(tx: ComplaintTransaction, customer_id: UUID, **told: Any) -> None:
    """Take over what a grade gives a customer (CL-28, CL-29)."""
    tx.priorities.keep(customer_id=customer_id, **told)
    move_cases(tx, customer_id)


def keep_key_account(
    tx: ComplaintTransaction, customer_id: UUID, *, unit: str, is_key: bool, sequence: int
) -> None:
    """Take over whether a unit holds a customer to be a key account (CP-59)."""
    told = {"unit": unit, "scheme": KEY_ACCOUNT, "product": "", "sequence": sequence}
    keep_priority(tx, customer_id, **told, priority=FIRST if is_key else None)


def move_cases(tx: ComplaintTransaction, customer_id: UUID, *, after: UUID | None = None) -> None:
    """Let the open cases of a customer stand where he stands now, those behind ``after``; the first
    of them at once and the others by a timer, so that one with many holds nothing up."""
    found = tx.cases.of_customer(customer_id, after=after, most=BATCH)
    tx.priorities.move(found)
    if len(found) == BATCH:
        data = {"customer_id": customer_id, "after": found[-1]}
        tx.set_timer(MOVE, f"customer/{customer_id}", tx.now, **data)
