"""What is due next for a customer, and by whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from shared.rules import given


@dataclass(frozen=True, kw_only=True)
class Due:
    """Something that a unit of ours owes a customer, or his file: by the end of a local day of the
    unit or at a time, one of both. ``kind`` says what (``visit``), ``subject_id`` which one,
    ``what`` tells it apart; ``by`` is the person who is to do it, where one is named."""

    kind: str
    subject_id: UUID
    what: str
    unit: str
    by: UUID | None
    due_on: date | None = None
    due_at: datetime | None = None

    @property
    def until(self) -> datetime:
        """When it is due at the latest, for putting things of both forms into one order."""
        if self.due_at is not None:
            return self.due_at
        due_on = given(self.due_on, "a day or a time is there.")
        return datetime.combine(due_on, time.max, UTC)


def in_order(found: Iterable[Due]) -> list[Due]:
    """What is due first comes first; the same things always come in the same order."""
    return sorted(found, key=lambda due: (due.until, due.kind, due.subject_id))
