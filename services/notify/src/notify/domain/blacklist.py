"""An entry of a blacklist as the service customer tells it: who gets no care while it bars."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Scope(StrEnum):
    """Whose list it is."""

    DEPARTMENT = "department"
    COMPANY = "company"


@dataclass(eq=False, kw_only=True)
class BlacklistEntry:
    """``unit`` is the department that is barred, with all below it; None bars the whole company.

    ``since`` is when the customer was put on the list. ``valid_until`` is the local day on which
    the validity ends; nobody is released by it, but by ``lifted_at`` alone (AD-18). ``sequence`` is
    that of the last event heard.
    """

    id: UUID
    customer_id: UUID
    scope: Scope
    unit: str | None
    since: datetime
    sequence: int
    customer_number: str | None = None
    valid_until: date | None = None
    lifted_at: datetime | None = None

    @property
    def bars(self) -> bool:
        """Whether it bars anybody."""
        return self.lifted_at is None

    def hear(self, told: "BlacklistEntry") -> None:
        """Take over what was told of it again (AD-17, AD-18), unless something later was heard."""
        if told.sequence > self.sequence:
            self.valid_until, self.lifted_at = told.valid_until, told.lifted_at
            self.sequence = told.sequence
