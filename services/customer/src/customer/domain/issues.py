"""A problem or need that a customer raised, from its raising to its end (VS-25)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from customer.domain.events import issues as events
from customer.domain.transitions import after
from shared.rules import Invalid, RuleBroken


class PersonUnknown(Invalid):
    """Nobody active has that id, as far as this service was told."""

    code = "person_unknown"
    later = True


class ServiceAskedFor(RuleBroken):
    """Field work was asked for already; its outcome has to come first."""

    code = "service_asked_for"


class Source(StrEnum):
    """On what occasion an issue was raised."""

    COMMUNICATION = "communication"
    VISIT = "visit"


class State(StrEnum):
    """Where an issue stands."""

    OPEN = "open"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    CLOSED = "closed"


class Command(StrEnum):
    """What can be done with an issue."""

    REPORT_OVERDUE = "report_overdue"
    REQUEST_SERVICE = "request_service"
    ANSWER = "answer"
    REOPEN = "reopen"
    CLOSE = "close"


TRANSITIONS: dict[State, dict[Command, State]] = {
    State.OPEN: {
        Command.REPORT_OVERDUE: State.OVERDUE,
        Command.REQUEST_SERVICE: State.OPEN,
        Command.ANSWER: State.ANSWERED,
    },
    State.OVERDUE: {
        Command.REQUEST_SERVICE: State.OVERDUE,
        Command.ANSWER: State.ANSWERED,
    },
    State.ANSWERED: {Command.REOPEN: State.OPEN, Command.CLOSE: State.CLOSED},
    State.CLOSED: {},
}
# In these an answer is waited for.
PENDING = (State.OPEN, State.OVERDUE)


@dataclass(frozen=True, kw_only=True)
class Job:
    """What is to be done in the field (E-05)."""

    place: str
    content: str
    requirements: str
    reply_due_at: datetime


@dataclass(eq=False, kw_only=True)
class Issue:
    """``responsible_id`` answers it until ``due_at`` (UTC); both are always there. ``request_id``
    is the field work that was asked for last, ``work_order_id`` the order made of it, by whose
    completion the issue is answered; ``problem_id`` the ticket that answered it when it closed
    (E-04)."""

    id: UUID
    customer_id: UUID
    org_unit: str
    source: Source
    source_id: UUID
    text: str
    responsible_id: UUID
    due_at: datetime
    raised_by: UUID
    raised_at: datetime
    state: State = State.OPEN
    request_id: UUID | None = None
    work_order_id: UUID | None = None
    problem_id: UUID | None = None
    answer_text: str | None = None
    answered_by: UUID | None = None
    answered_at: datetime | None = None
    closed_by: UUID | None = None
    version: int = 1

    def raised(self) -> events.IssueRaised:
        """What is told of a new issue."""
        return events.IssueRaised(
            issue_id=self.id,
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            source=self.source,
            source_id=self.source_id,
            responsible_id=self.responsible_id,
            due_at=self.due_at,
        )

    def described(self) -> events.IssueDescribed:
        """What the customer said, which is told in private and once."""
        return events.IssueDescribed(
            issue_id=self.id,
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            source=self.source,
            source_id=self.source_id,
            text=self.text,
            raised_by=self.raised_by,
            raised_at=self.raised_at,
        )

    def report_overdue(self, *, supervisor_id: UUID | None) -> events.IssueOverdue:
        """Alert those who answer for it that the deadline has passed. Raises WrongState."""
        self.state = after(TRANSITIONS, self.state, Command.REPORT_OVERDUE)
        return events.IssueOverdue(
            issue_id=self.id,
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            responsible_id=self.responsible_id,
            supervisor_id=supervisor_id,
            due_at=self.due_at,
        )

    def request_service(
        self, job: Job, *, request_id: UUID, by: UUID
    ) -> tuple[events.ServiceRequested, events.ServiceDescribed]:
        """Ask for field work (E-05); what to do there is told in private. Raises WrongState,
        ServiceAskedFor while the outcome of earlier field work is awaited."""
        state = after(TRANSITIONS, self.state, Command.REQUEST_SERVICE)
        if self.request_id is not None:
            raise ServiceAskedFor("Field work was asked for already.")
        self.state, self.request_id = state, request_id
        told: dict[str, Any] = {
            "issue_id": self.id,
            "customer_id": self.customer_id,
            "org_unit": self.org_unit,
            "request_id": request_id,
            "requested_by": by,
            "reply_due_at": job.reply_due_at,
        }
        described = events.ServiceDescribed(
            **told,
            place=job.place,
            content=job.content,
            requirements=job.requirements,
        )
        return events.ServiceRequested(**told), described

    def release_service(self) -> None:
        """The field work that was asked for comes to nothing."""
        self.request_id = self.work_order_id = None

    def answer(self, *, text: str | None, by: UUID | None, now: datetime) -> events.IssueAnswered:
        """Answer it; a completed work order and a closed ticket answer without words and without a
        person. Raises WrongState."""
        self.state = after(TRANSITIONS, self.state, Command.ANSWER)
        self.answer_text, self.answered_by, self.answered_at = text, by, now
        return events.IssueAnswered(
            issue_id=self.id,
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            work_order_id=self.work_order_id,
            problem_id=self.problem_id,
        )

    def reopen(self, *, due_at: datetime) -> events.IssueRaised:
        """The answer did not satisfy: a new one is due. Raises WrongState."""
        self.state = after(TRANSITIONS, self.state, Command.REOPEN)
        self.due_at = due_at
        self.request_id = self.work_order_id = self.problem_id = None
        self.answer_text = self.answered_by = self.answered_at = None
        return self.raised()

    def close(self, *, by: UUID) -> None:
        """The customer has his answer. Raises WrongState."""
        self.state = after(TRANSITIONS, self.state, Command.CLOSE)
        self.closed_by = by

    @property
    def is_pending(self) -> bool:
        """Whether an answer is still missing."""
        return Command.ANSWER in TRANSITIONS[self.state]

    def awaits(self, work_order_id: UUID) -> bool:
        """Whether the completion of that order is the answer that is still missing."""
        return self.work_order_id == work_order_id and self.is_pending


def check_deadline(due_at: datetime, now: datetime) -> None:
    """Raise Invalid for a deadline that nobody could keep."""
    if due_at <= now:
        raise Invalid("The deadline has passed already.", errors={"due_at": ["Has passed."]})
