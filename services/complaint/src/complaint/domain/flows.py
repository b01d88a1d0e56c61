"""Preset flows: which states a kind of case passes, who answers for each, and what is awaited.

Every state belongs to a stage; packs say which roles answer for a stage (PT-19, PT-22, PT-27).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from complaint.domain.clocks import ClockName
from complaint.domain.staff import Role


class Stage(StrEnum):
    """A part of the flow with somebody who answers for it (PT-19)."""

    RECEPTION = "reception"
    ASSESSMENT = "assessment"
    DESIGN = "design"
    IMPLEMENTATION = "implementation"
    FEEDBACK = "feedback"


class Duty(StrEnum):
    """What somebody has to do with a case (PT-22): answer for a stage, look into it, or help."""

    RECEPTION = "reception"
    ASSESSMENT = "assessment"
    DESIGN = "design"
    IMPLEMENTATION = "implementation"
    FEEDBACK = "feedback"
    INVESTIGATOR = "investigator"
    SUPPORT = "support"


# Whoever has one of these is called upon beside the person who answers for the stage.
BESIDE = frozenset({Duty.INVESTIGATOR, Duty.SUPPORT})


@dataclass(eq=False, kw_only=True)
class Participant:
    """Somebody who works on a case, with his duty; ``left_at`` is None while he has it.

    ``position`` counts the participants of a case from 1.
    """

    position: int
    person_id: UUID
    duty: Duty
    since: datetime
    left_at: datetime | None = None


@dataclass(frozen=True)
class StageRule:
    """Which roles answer for a stage."""

    roles: tuple[Role, ...]


@dataclass(frozen=True)
class Flow:
    """The flow of one kind. ``transitions`` is the table of states and commands, ``stages`` tells
    the stage of each state that is not an end, ``awaited`` in which states each clock runs.

    The first state of the table is that in which a case comes in. ``until_told`` are clocks that
    also stop once the customer was told anything, ``from_receipt`` those that count from when the
    case was received.
    """

    transitions: Mapping[Any, Mapping[Any, Any]]
    stages: Mapping[StrEnum, Stage]
    awaited: Mapping[ClockName, frozenset[StrEnum]]
    until_told: frozenset[ClockName] = frozenset()
    from_receipt: frozenset[ClockName] = frozenset()
    by_event: frozenset[StrEnum] = frozenset()

    @property
    def first(self) -> Stage:
        """The stage of a case that comes in."""
        return self.stages[next(iter(self.transitions))]

    @property
    def lasting(self) -> list[ClockName]:
        """The clocks that run as long as their states last."""
        return [name for name in self.awaited if name not in self.until_told]
