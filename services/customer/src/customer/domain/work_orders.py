"""What is known here of a work order for a customer; the service ``dispatch`` owns it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class State(StrEnum):
    """Where a work order stands, as far as dispatch tells others."""

    DRAFT = "draft"
    ISSUED = "issued"
    ACCEPTED = "accepted"
    COMPLETED = "completed"
    CALLED_BACK = "called_back"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"


ENDS = (State.ARCHIVED, State.CANCELLED)
OPEN = tuple(state for state in State if state not in ENDS)
TO_DO = (State.DRAFT, State.ISSUED, State.ACCEPTED)


@dataclass(eq=False, kw_only=True)
class KnownWorkOrder:
    """A work order that names a customer.

    ``worker_id`` has to carry it out, while it is a draft to complete and issue it. ``satisfied``
    is what the customer said when he was called back; ``sequence`` is that of the last event heard.
    """

    id: UUID
    customer_id: UUID
    org_unit: str
    complaint_id: UUID | None
    worker_id: UUID
    reply_due_at: datetime
    opened_at: datetime
    changed_at: datetime
    sequence: int
    state: State = State.DRAFT
    order_no: str | None = None
    satisfied: bool | None = None

    def hear(self, state: State, *, sequence: int, at: datetime, **told: object) -> bool:
        """Take over what an event tells, unless it or a later one was heard before; whether it
        stands otherwise now."""
        if sequence <= self.sequence:
            return False
        moved = state is not self.state
        for name, value in told.items():
            setattr(self, name, value)
        self.state, self.sequence, self.changed_at = state, sequence, at
        return moved
