"""Projects of a customer that are known of (F-15), and what they ask of executives (CL-40)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from customer.domain.events.projects import ProjectFlagsChanged
from shared.rules import WrongState


class Stage(StrEnum):
    """How far a project has come; one that is lost or finished asks for nothing any more."""

    LEAD = "lead"
    NEGOTIATION = "negotiation"
    SIGNED = "signed"
    RUNNING = "running"
    FINISHED = "finished"
    LOST = "lost"


ENDED = (Stage.FINISHED, Stage.LOST)
CHANGEABLE = (
    "name",
    "stage",
    "amount",
    "key_project",
    "communication_necessary",
    "starts_on",
    "ends_on",
    "participants",
    "competitors",
    "next_step",
)
TELLING = frozenset({"stage", "key_project", "communication_necessary", "starts_on"})


@dataclass(eq=False, kw_only=True)
class Project:
    """``amount`` is in 10,000 yuan; the days are local dates of the unit. ``key_project`` and
    ``communication_necessary`` ask for the quarterly contact of an executive (CL-40, VS-33)."""

    id: UUID
    customer_id: UUID
    org_unit: str
    name: str
    recorded_by: UUID
    recorded_at: datetime
    stage: Stage = Stage.LEAD
    amount: Decimal | None = None
    key_project: bool = False
    communication_necessary: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    participants: str | None = None
    competitors: str | None = None
    next_step: str | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.stage not in ENDED

    def flags(self) -> ProjectFlagsChanged:
        """What is told of the flags as they stand."""
        return ProjectFlagsChanged(
            project_id=self.id,
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            key_project=self.is_open and self.key_project,
            communication_necessary=self.is_open and self.communication_necessary,
        )

    def change(self, fresh: Mapping[str, Any]) -> frozenset[str]:
        """Take over what ``fresh`` names; the names of what differs now. Raises WrongState for a
        project that has ended."""
        if not self.is_open:
            raise WrongState("The project has ended.", state=self.stage.value, allowed=[])
        changed = {
            name for name in CHANGEABLE if name in fresh and fresh[name] != getattr(self, name)
        }
        for name in changed:
            setattr(self, name, fresh[name])
        return frozenset(changed)
