"""Lists that were handed in to the marketing division, and its receipts (AD-15)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from customer.domain.blacklist_rules import Scope
from shared.rules import WrongState


class ReceiptGiven(WrongState):
    """A filing has one receipt."""

    code = "receipt_given"


@dataclass(eq=False, kw_only=True)
class BlacklistFiling:
    """The entries of one list on the day on which it was handed in. ``receipt_no`` is given when
    it is received."""

    id: UUID
    scope: Scope
    org_unit: str
    entry_ids: tuple[UUID, ...]
    filed_by: str
    filed_at: datetime
    receipt_no: str | None = None
    received_by: str | None = None
    received_at: datetime | None = None
    version: int = 1

    def receive(self, receipt_no: str, *, by: str, now: datetime) -> None:
        """Give the receipt. Raises ReceiptGiven."""
        if self.receipt_no is not None:
            raise ReceiptGiven("The filing has its receipt.", state="received", allowed=[])
        self.receipt_no, self.received_by, self.received_at = receipt_no, by, now
