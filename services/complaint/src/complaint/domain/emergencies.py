"""The emergency mechanism: the section ``emergencies`` of a pack, and what ran of it (CP-42)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from complaint.domain.staff import Caller, Role
from shared.rules import Forbidden, Invalid, RuleBroken, Ruling


class Cause(StrEnum):
    """What started the mechanism: the complaint came in as grave as that, was raised, or went up
    since the customer was dissatisfied; or somebody started it again."""

    FILED = "filed"
    RAISED = "raised"
    ESCALATED = "escalated"
    STARTED = "started"


@dataclass(frozen=True)
class EmergencyRule:
    """From which level on a complaint is an emergency, and the roles of the group that is told as a
    whole, and that alone ends it."""

    level: int
    group: tuple[Role, ...]


@dataclass(eq=False, kw_only=True)
class Emergency:
    """One run of the mechanism; ``ended_at`` is None while it runs, and ``outcome`` says what was
    done about it. ``started_by`` is None where the complainant filed it himself."""

    id: UUID
    cause: Cause
    reason: str | None
    started_by: UUID | None
    started_at: datetime
    ended_by: UUID | None = None
    ended_at: datetime | None = None
    outcome: str | None = None


class EmergencyRunning(RuleBroken):
    """While the emergency mechanism runs there is no result, no lower level and no second run."""

    code = "emergency_running"


class NotGraveEnough(Invalid):
    """Only a complaint of the level of emergencies is one; raising it to that level starts the
    mechanism (CP-42)."""

    code = "not_grave_enough"


class NoEmergency(RuleBroken):
    """The emergency mechanism does not run."""

    code = "no_emergency"


class EmergencyUnfit(Forbidden):
    """Only the group that is told of an emergency ends it (CP-42)."""

    code = "emergency_unfit"


def running(emergencies: Sequence[Emergency]) -> Emergency | None:
    """The run under way."""
    return next((one for one in emergencies if one.ended_at is None), None)


def check_calm(emergencies: Sequence[Emergency]) -> None:
    """Raises EmergencyRunning."""
    found = running(emergencies)
    if found:
        raise EmergencyRunning("The emergency mechanism runs.", emergency_id=str(found.id))


def check_group(by: Caller, *, rule: Ruling[EmergencyRule]) -> None:
    """Raises EmergencyUnfit for whoever is not of the group."""
    if not by.roles.intersection(rule.value.group):
        raise EmergencyUnfit("The group that was told ends it.", because=rule.because)
