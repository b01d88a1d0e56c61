"""Through whose hands a case went: from whom, to whom, when (PT-23)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

# What tells that a case passed into other hands, and where it says into whose.
ASSIGNED, REACHED, TAKEN = (
    "complaint.assigned.v1",
    "complaint.case_assigned.v1",
    "complaint.taken_over.v1",
)


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """``from_id`` is None where the case was taken in. ``at_level`` of a complaint and ``stage`` of
    any other case say how far it was, ``reason`` why it passed on; ``by`` acted."""

    at: datetime
    by: str
    from_id: UUID | None
    to_id: UUID
    at_level: int | None = None
    stage: str | None = None
    reason: str | None = None


def transfers(told: Iterable[tuple[datetime, str, str, dict[str, Any]]]) -> list[Transfer]:
    """From the events of a case in their order: time, type, who acted, and data. Who was only
    called in beside whoever has the case takes it from nobody."""
    found: list[Transfer] = []
    for at, type_, by, data in told:
        to, where = _step(type_, data)
        last = found[-1] if found else None
        if last is None or last.to_id != to or (where["stage"] or last.stage) != last.stage:
            before = last.to_id if last else None
            found.append(Transfer(at=at, by=by, from_id=before, to_id=to, **where))
    return found


def _step(type_: str, data: dict[str, Any]) -> tuple[UUID, dict[str, Any]]:
    if type_ == REACHED:
        return UUID(data["handler_id"]), {"stage": data["stage"]}
    if type_ == ASSIGNED:
        level, reason = data["level"], data["reason"]
        return UUID(data["person_ids"][0]), {"at_level": level, "stage": None, "reason": reason}
    return UUID(data["person_id"]), {"stage": None, "reason": "taken_over"}
