"""What every kind of case has: clocks, pauses, somebody who takes it over."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class OfCase:
    """Every event here is of one case, in the order of the events of that case. The ``case_id``
    of a complaint is its complaint id."""

    type: ClassVar[str]
    subject: ClassVar[str] = "{kind}/{case_id}"

    kind: str
    case_id: UUID
    org_unit: str


@dataclass(frozen=True, kw_only=True)
class ClockDueSoon(OfCase):
    """Little time is left for what the clock waits for."""

    type: ClassVar[str] = "complaint.clock_due_soon.v1"

    clock: str
    owner_ids: tuple[UUID, ...]
    due_at: datetime
    because: Because


@dataclass(frozen=True, kw_only=True)
class ClockBreached(OfCase):
    """What the clock waits for was not done in time. Only ``hard`` ones can be penalised (K-05)."""

    type: ClassVar[str] = "complaint.clock_breached.v1"

    clock: str
    owner_ids: tuple[UUID, ...]
    supervisor_ids: tuple[UUID, ...]
    due_at: datetime
    hard: bool
    because: Because


@dataclass(frozen=True, kw_only=True)
class ClockRetimed(OfCase):
    """A running clock was counted anew. ``reason``: calendar, policy, level, or agreed."""

    type: ClassVar[str] = "complaint.clock_retimed.v1"

    clock: str
    reason: str
    before: datetime
    due_at: datetime
    provisional: bool
    because: Because


@dataclass(frozen=True, kw_only=True)
class CasePaused(OfCase):
    """A case stands still for a reason, until ``until`` at the latest."""

    type: ClassVar[str] = "complaint.paused.v1"

    pause_id: UUID
    reason: str
    until: datetime
    because: Because


@dataclass(frozen=True, kw_only=True)
class CaseResumed(OfCase):
    """A pause ended at ``at``. ``ended_by``: time_up, resumed, customer_spoke or work_went_on."""

    type: ClassVar[str] = "complaint.resumed.v1"

    pause_id: UUID
    at: datetime
    ended_by: str


@dataclass(frozen=True, kw_only=True)
class CaseTakenOver(OfCase):
    """One of those to whom a case was handed over has taken it on (CP-19, CP-20)."""

    type: ClassVar[str] = "complaint.taken_over.v1"

    person_id: UUID
