"""What a department has to do, whatever it follows from: who refuses whom, and for which reason."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from shared.rules import Because, Forbidden, Invalid


@dataclass(eq=False, kw_only=True)
class DepartmentTask:
    """Something that a department has to do by ``due_at``, for what happened at ``org_unit``.

    ``owner_id`` is None while nobody of the department is known; ``overdue_at`` is when it was told
    that it is late. ``version`` grows with every change.
    """

    noun: ClassVar[str]
    awaited: ClassVar[Collection[StrEnum]]  # The states in which the department has still to act.

    id: UUID
    org_unit: str
    department: str
    because: Because
    due_at: datetime
    state: StrEnum
    owner_id: UUID | None = None
    overdue_at: datetime | None = None
    version: int = 1

    @property
    def subject(self) -> str:
        """By what its timeline and its timer are found."""
        return f"{self.noun}/{self.id}"

    @property
    def wakes_at(self) -> datetime | None:
        """When it is to be told that it is late; None where nothing is awaited or it was told."""
        return self.due_at if self.state in self.awaited and self.overdue_at is None else None

    def miss(self, now: datetime) -> bool:
        """Whether it is to be told now that it is late, which is done once."""
        wakes_at = self.wakes_at
        if wakes_at is None or wakes_at > now:
            return False
        self.overdue_at = now
        self.version += 1
        return True

    def retime(self, due_at: datetime, *, now: datetime) -> None:
        """Give it another due time. Raises DueInPast."""
        if due_at == self.due_at:
            return
        if due_at <= now:
            raise DueInPast("It would be due in the past.")
        self.due_at, self.overdue_at = due_at, None

    def told_of(self) -> dict[str, Any]:
        """What every event of it says besides its id."""
        names = ("org_unit", "department", "owner_id", "due_at", "because")
        return {name: getattr(self, name) for name in names}


class DueInPast(Invalid):
    """Nothing can be done by a time that is over."""

    code = "due_in_past"


class OwnerUnknown(Invalid):
    """Nobody is there to do it: the person named has no post, or the department has nobody of the
    roles that the pack names."""

    code = "owner_unknown"


class NotOfTheDepartment(Forbidden):
    """Neither the owner nor somebody in a role that the pack names, where the department is."""

    code = "not_of_the_department"
