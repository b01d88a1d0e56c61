"""In whose customer base a customer stands: each unit that deals has one (AD-09, CF-24)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Standing(StrEnum):
    """How far a customer has come in the customer base of a unit."""

    PROSPECT = "prospect"
    ENTERED = "entered"
    EXITED = "exited"


@dataclass(eq=False, kw_only=True)
class Membership:
    """A customer in the customer base of ``unit``. ``owner_id`` is the full-time owner (AD-12);
    ``since`` is when the present standing began."""

    customer_id: UUID
    unit: str
    standing: Standing
    since: datetime
    owner_id: UUID | None = None
    version: int = 1

    def take(self, standing: Standing, *, now: datetime) -> bool:
        """Stand otherwise from ``now`` on; whether that is a change."""
        if standing is self.standing:
            return False
        self.standing, self.since = standing, now
        return True
