"""Cases that follow a preset flow: problem tickets, service requests, feedback."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from complaint.domain.events.cases import OfCase
from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class CaseFiled(OfCase):
    """A case that follows a preset flow was taken in (PT-06, PT-27)."""

    type: ClassVar[str] = "complaint.case_filed.v1"

    customer_id: UUID | None
    number: str
    channel: str
    level: int
    handler_id: UUID


@dataclass(frozen=True, kw_only=True)
class CaseAssigned(OfCase):
    """Somebody answers for the stage that a case reached, and others work on it (PT-19, PT-22)."""

    type: ClassVar[str] = "complaint.case_assigned.v1"

    stage: str
    handler_id: UUID
    person_ids: tuple[UUID, ...]
    because: Because


@dataclass(frozen=True, kw_only=True)
class CustomerTold(OfCase):
    """The customer was told how far his case is (PT-21, PT-26)."""

    type: ClassVar[str] = "complaint.customer_told.v1"

    told_by: UUID
    told_at: datetime
    on_time: bool | None


@dataclass(frozen=True, kw_only=True)
class ProblemRegistered(OfCase):
    """A problem was confirmed and registered (PT-07)."""

    type: ClassVar[str] = "complaint.problem_registered.v1"

    customer_id: UUID | None
    problem_type: str
    source: str
    registered_by: UUID
    registered_at: datetime


@dataclass(frozen=True, kw_only=True)
class ProblemSolved(OfCase):
    """A problem is solved; the return visit comes next (PT-10, PT-11)."""

    type: ClassVar[str] = "complaint.problem_solved.v1"

    customer_id: UUID | None
    solved_at: datetime


@dataclass(frozen=True, kw_only=True)
class ProblemClosed(OfCase):
    """The customer is content with the solution, and the problem is closed (PT-11)."""

    type: ClassVar[str] = "complaint.problem_closed.v1"

    customer_id: UUID | None
    issue_id: UUID | None
    closed_at: datetime


@dataclass(frozen=True, kw_only=True)
class RequestClosed(OfCase):
    """A service request is done and the customer was told (PT-27)."""

    type: ClassVar[str] = "complaint.request_closed.v1"

    customer_id: UUID | None
    closed_at: datetime


@dataclass(frozen=True, kw_only=True)
class FeedbackAnswered(OfCase):
    """The customer was told what becomes of his feedback (PT-21, PT-29)."""

    type: ClassVar[str] = "complaint.feedback_answered.v1"

    customer_id: UUID | None
    topic: str
    answered_at: datetime
