"""What is told of problems and needs that customers raise."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class OfIssue:
    """In the order of one issue."""

    type: ClassVar[str]
    subject: ClassVar[str] = "issue/{issue_id}"

    issue_id: UUID
    customer_id: UUID
    org_unit: str


@dataclass(frozen=True, kw_only=True)
class IssueRaised(OfIssue):
    """A customer raised something that somebody has to answer in time (VS-25)."""

    type: ClassVar[str] = "customer.issue_raised.v1"

    source: str
    source_id: UUID
    responsible_id: UUID
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class IssueDescribed(OfIssue):
    """What a customer raised, in the words of whoever wrote it down: complaint may open a ticket
    for it (E-04)."""

    type: ClassVar[str] = "customer.issue_described.v1"
    subject: ClassVar[str] = "issue_description/{issue_id}"
    private: ClassVar[bool] = True

    source: str
    source_id: UUID
    text: str
    raised_by: UUID
    raised_at: datetime


@dataclass(frozen=True, kw_only=True)
class IssueOverdue(OfIssue):
    """The response deadline has passed without an answer (VS-25)."""

    type: ClassVar[str] = "customer.issue_overdue.v1"

    responsible_id: UUID
    supervisor_id: UUID | None
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class IssueAnswered(OfIssue):
    """An issue has its answer, by a person, by completed field work or by a closed ticket."""

    type: ClassVar[str] = "customer.issue_answered.v1"

    work_order_id: UUID | None
    problem_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ServiceRequested(OfIssue):
    """An issue needs somebody in the field (E-05); where and what for is told by
    ServiceDescribed."""

    type: ClassVar[str] = "customer.service_requested.v1"

    request_id: UUID
    requested_by: UUID
    reply_due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ServiceDescribed(OfIssue):
    """What is to be done and where: dispatch opens a work order for it."""

    type: ClassVar[str] = "customer.service_described.v1"
    subject: ClassVar[str] = "service/{request_id}"
    private: ClassVar[bool] = True

    request_id: UUID
    requested_by: UUID
    place: str
    content: str
    requirements: str
    reply_due_at: datetime
