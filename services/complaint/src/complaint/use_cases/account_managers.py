"""Keep what customer tells of who cares for a customer; his open complaints follow (CP-41)."""

from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.complaint import Complaint
from complaint.use_cases.chain import chain_of
from complaint.use_cases.staff import reassign

BATCH = 200
FOLLOW = "customer.owner"


def keep_owner(
    tx: ComplaintTransaction, customer_id: UUID, person_id: UUID | None, *, sequence: int
) -> None:
    """Take over who cares for a customer."""
    tx.account_managers.keep(customer_id, person_id, sequence=sequence)
    follow_owner(tx, customer_id)


def follow_owner(tx: ComplaintTransaction, customer_id: UUID, *, after: UUID | None = None) -> None:
    """The open complaints for which whoever cares for the customer is called upon go to him, those
    behind ``after``; the first of them at once and the others by a timer."""
    found = tx.cases.of_customer(customer_id, after=after, most=BATCH)
    for case_id in found:
        case = tx.cases.of_event(case_id)
        if isinstance(case, Complaint) and chain_of(tx, case).calls_owner(case.level):
            reassign(tx, case.ref)
    if len(found) == BATCH:
        data = {"customer_id": customer_id, "after": found[-1]}
        tx.set_timer(FOLLOW, f"customer/{customer_id}", tx.now, **data)
