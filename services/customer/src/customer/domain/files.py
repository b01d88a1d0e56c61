"""A customer's file as a whole: its number, how far it is, when it was reviewed (CF-01..CF-06)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from customer.domain.events import files as events
from customer.domain.file_numbers import FileCategory
from customer.domain.file_states import TRANSITIONS, FileCommand, FileState, after
from shared.rules import Because, RuleBroken


class FileVoid(RuleBroken):
    """The file was voided and is not written any more (CF-26)."""

    code = "file_void"


class FileIncomplete(RuleBroken):
    """Required fields of the file are empty."""

    code = "file_incomplete"


@dataclass(eq=False, kw_only=True)
class CustomerFile:
    """``number`` is given by the code of the ``category`` and ``serial`` within it (CF-25); all
    three are empty for a file without one. ``version`` counts every change of what it holds."""

    customer_id: UUID
    opened_at: datetime
    opened_by: str
    category: str = ""
    serial: int = 0
    number: str | None = None
    state: FileState = FileState.DRAFT
    completed_at: datetime | None = None
    reviewed_at: datetime | None = None
    review_due_at: datetime | None = None
    checked_at: datetime | None = None
    checked_by: str | None = None
    voided_at: datetime | None = None
    snapshot_due_at: datetime | None = None
    version: int = 0

    def take_number(self, category: FileCategory, serial: int) -> None:
        """Have the number of that serial for good (CF-25)."""
        self.category, self.serial = category.category, serial
        self.number = category.number(serial)

    def write(self) -> None:
        """Count one more change of the file. Raises FileVoid."""
        if self.state is FileState.VOID:
            raise FileVoid("The file was voided and is not written any more.")
        self.version += 1

    def recount(self, missing: Collection[str], *, now: datetime) -> bool:
        """Follow what is filled now; whether the file has just become complete (CF-01)."""
        command = FileCommand.LACK if missing else FileCommand.FILL
        if command not in TRANSITIONS[self.state]:
            return False
        self.state = after(self.state, command)
        if command is FileCommand.LACK:
            return False
        self.completed_at = self.completed_at or now
        return True

    def entry_time(self, registered_at: datetime) -> timedelta | None:
        """How long it took from the customer's registration to a complete file (CF-04)."""
        return self.completed_at - registered_at if self.completed_at else None

    def check(self, *, by: str, now: datetime) -> None:
        """Whoever fills the file in has checked it himself (CF-42). Raises FileVoid."""
        self.write()
        self.checked_at, self.checked_by = now, by

    def review(self, missing: Collection[str], *, now: datetime) -> None:
        """Find the file to be up to date (CF-06). Raises FileIncomplete, WrongState."""
        if missing and self.state is not FileState.VOID:
            raise FileIncomplete("Required fields are empty.", missing=list(missing))
        self.state = after(self.state, FileCommand.REVIEW)
        self.reviewed_at = now
        self.version += 1

    def go_stale(self, *, org_unit: str, because: Because) -> events.FileStale:
        """Nobody reviewed the file in time (CF-06). Raises WrongState."""
        self.state = after(self.state, FileCommand.GO_STALE)
        self.version += 1
        return events.FileStale(customer_id=self.customer_id, org_unit=org_unit, because=because)

    def void(self, *, now: datetime) -> None:
        """Close the file for good (CF-26). Raises WrongState."""
        self.state = after(self.state, FileCommand.VOID)
        self.voided_at = now
        self.version += 1
