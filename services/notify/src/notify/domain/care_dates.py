"""A day of a contact's own that the staff keeps for him: when his firm opened, say (CM-01)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from notify.domain.birthdays import Birthday


@dataclass(eq=False, kw_only=True)
class CareDate:
    """``title`` is what the greeting calls the occasion, in the language of the contact; with the
    contact it is forgotten."""

    id: UUID
    contact_id: UUID
    org_unit: str
    title: str
    day: Birthday
    recorded_by: str
    recorded_at: datetime

    @property
    def key(self) -> str:
        """The subject of its greetings and of its timers."""
        return f"care_date/{self.id}"
