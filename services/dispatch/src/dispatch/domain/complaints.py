"""What is known here of a complaint: whose it is, and whether work may still remedy it (AD-16)."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(eq=False, kw_only=True)
class KnownComplaint:
    """A complaint as the service complaint tells it. ``customer_id`` is None where it names none;
    ``sequence`` is that of the last event heard."""

    id: UUID
    customer_id: UUID | None
    is_open: bool
    sequence: int

    def hear(self, told: "KnownComplaint") -> None:
        """Take over what was told of it later; whose it is was told when it was filed."""
        if told.sequence > self.sequence:
            self.is_open, self.sequence = told.is_open, told.sequence
