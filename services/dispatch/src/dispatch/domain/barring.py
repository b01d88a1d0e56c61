"""The refusal of new work for customers who stand on a blacklist (AD-16).

Work that remedies an open complaint of that customer goes on.
"""

from uuid import UUID

from dispatch.domain.complaints import KnownComplaint
from shared.rules import RuleBroken


class CustomerBlacklisted(RuleBroken):
    """The customer is barred from dealings with this unit, and the work names no complaint."""

    code = "customer_blacklisted"


class ComplaintUnknown(RuleBroken):
    """The complaint that the work is to remedy was not told here, or not yet."""

    code = "complaint_unknown"
    later = True


class ComplaintClosed(RuleBroken):
    """The complaint that the work is to remedy is closed."""

    code = "complaint_closed"


class ComplaintOfAnother(RuleBroken):
    """The complaint that the work is to remedy is not this customer's."""

    code = "complaint_of_another_customer"


def check_same(complaint: KnownComplaint | None, *, customer_id: UUID | None) -> None:
    """Refuse work for one customer that is to remedy the complaint of another.

    Raises ComplaintOfAnother.
    """
    named = {customer_id, complaint.customer_id if complaint else None} - {None}
    if len(named) > 1:
        raise ComplaintOfAnother("The complaint is that of another customer.")


def check_remedy(
    complaint: KnownComplaint | None, *, complaint_id: UUID | None, customer_id: UUID, scope: str
) -> None:
    """Refuse work for a customer whom an entry of ``scope`` bars, unless it remedies an open
    complaint of his.

    Raises CustomerBlacklisted, ComplaintUnknown, ComplaintOfAnother, ComplaintClosed.
    """
    if complaint_id is None:
        raise CustomerBlacklisted("The customer stands on a blacklist.", scope=scope)
    if complaint is None:
        raise ComplaintUnknown("The complaint of this barred customer is not known.", scope=scope)
    if complaint.customer_id != customer_id:
        raise ComplaintOfAnother("The complaint is not that of this barred customer.", scope=scope)
    if not complaint.is_open:
        raise ComplaintClosed("The complaint of this barred customer is closed.", scope=scope)
