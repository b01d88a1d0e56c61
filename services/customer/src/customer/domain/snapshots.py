"""Frozen copies of files (CF-35)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class Cause(StrEnum):
    """Why a file was archived: the period has passed, or somebody asked for it."""

    PERIOD = "period"
    SPECIAL = "special"


@dataclass(frozen=True)
class SnapshotRule:
    """Every how many months files are archived."""

    months: int


@dataclass(eq=False, kw_only=True)
class Snapshot:
    """A file as it was at an instant. Nothing of it is ever changed."""

    id: UUID
    customer_id: UUID
    cause: Cause
    reason: str | None
    taken_at: datetime
    taken_by: str
    content: list[dict[str, Any]]
