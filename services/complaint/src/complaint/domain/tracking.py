"""What the customer sees of his case with his tracking code: how it goes, and nothing of the house
(PT-26). The code is all that he has to show, so it is kept as a digest alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from complaint.domain.clocks import ClockName
from complaint.domain.complaint import Complaint
from complaint.domain.feedback import Feedback, FeedbackState
from complaint.domain.flow_cases import FlowCase
from complaint.domain.problem_flow import ProblemState
from complaint.domain.problems import Problem
from complaint.domain.requests import RequestState, ServiceRequest
from complaint.domain.states import State
from shared.rules import RuleBroken

TrackedCase = Complaint | FlowCase


class Status(StrEnum):
    """How far a case is, as its customer is told."""

    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    RESULT_TOLD = "result_told"
    UNDER_REVIEW = "under_review"
    CLOSED = "closed"


class Step(StrEnum):
    """What the customer may wait for."""

    FIRST_CONTACT = "first_contact"
    NEWS = "news"
    ANSWER_ASKED = "answer_asked"


@dataclass(frozen=True)
class StatusWords:
    """How a status is put into plain words."""

    zh: str
    en: str


@dataclass(frozen=True)
class Awaited:
    """What comes next, and by when; ``due_at`` is None where no clock runs for it."""

    step: Step
    due_at: datetime | None


@dataclass(frozen=True)
class Said:
    """What was said at some time."""

    at: datetime
    content: str


@dataclass(frozen=True, kw_only=True)
class Tracked:
    """A case as its customer sees it. ``told`` is what he was told, ``said`` what he wrote himself,
    each in the order of time. ``held_until`` is when a pause ends at the latest."""

    number: str
    kind: str
    received_at: datetime
    status: Status
    next: Awaited | None
    held_until: datetime | None
    told: list[Said]
    said: list[Said]


class MessagesNotTaken(RuleBroken):
    """Such a case has no place for what its customer says more."""

    code = "messages_not_taken"


_EVENTUALLY = {ClockName.REPLY, ClockName.PROGRESS_CONTACT, ClockName.SOLUTION}
NEXT: Mapping[Status, tuple[Step, frozenset[ClockName]]] = {
    Status.RECEIVED: (Step.FIRST_CONTACT, frozenset({ClockName.FIRST_CONTACT, ClockName.REPLY})),
    Status.IN_PROGRESS: (Step.NEWS, frozenset(_EVENTUALLY)),
    Status.RESULT_TOLD: (
        Step.ANSWER_ASKED,
        frozenset({ClockName.SATISFACTION, ClockName.CALL_BACK}),
    ),
}
STATUSES: Mapping[str, Mapping[StrEnum, Status]] = {
    Complaint.kind: {
        State.RECEIVED: Status.RECEIVED,
        State.CONTACTED: Status.IN_PROGRESS,
        State.IN_PROGRESS: Status.IN_PROGRESS,
        State.RESULT_TOLD: Status.RESULT_TOLD,
        State.AWAITING_REVIEW: Status.UNDER_REVIEW,
        State.REVIEWED: Status.UNDER_REVIEW,
        State.GM_MEETING: Status.UNDER_REVIEW,
        State.DECIDED: Status.UNDER_REVIEW,
        State.ARCHIVED: Status.CLOSED,
    },
    Problem.kind: {
        ProblemState.SUBMITTED: Status.RECEIVED,
        ProblemState.REGISTERED: Status.IN_PROGRESS,
        ProblemState.VERIFYING: Status.IN_PROGRESS,
        ProblemState.PLANNED: Status.IN_PROGRESS,
        ProblemState.SOLVING: Status.IN_PROGRESS,
        ProblemState.TRACKED: Status.RESULT_TOLD,
        ProblemState.CALLED_BACK: Status.UNDER_REVIEW,
        ProblemState.CLOSED: Status.CLOSED,
        ProblemState.CONVERTED: Status.CLOSED,
    },
    ServiceRequest.kind: {
        RequestState.RECEIVED: Status.RECEIVED,
        RequestState.IN_PROGRESS: Status.IN_PROGRESS,
        RequestState.DONE: Status.IN_PROGRESS,
        RequestState.CLOSED: Status.CLOSED,
        RequestState.CONVERTED: Status.CLOSED,
    },
    Feedback.kind: {
        FeedbackState.RECORDED: Status.RECEIVED,
        FeedbackState.ANALYSED: Status.IN_PROGRESS,
        FeedbackState.ANSWERED: Status.CLOSED,
        FeedbackState.CONVERTED: Status.CLOSED,
    },
}


def tracked(case: TrackedCase) -> Tracked:
    """The case as its customer may see it."""
    status = STATUSES[case.kind][case.state]
    pause = case.pause
    return Tracked(
        number=case.number,
        kind=case.kind,
        received_at=case.counted_from,
        status=status,
        next=_next(case, status),
        held_until=pause.until if pause else None,
        told=sorted(_told(case), key=lambda one: one.at),
        said=_said(case),
    )


def _next(case: TrackedCase, status: Status) -> Awaited | None:
    if status not in NEXT:
        return None
    step, names = NEXT[status]
    dues = (clock.deadline.due_at for clock in case.running() if clock.name in names)
    return Awaited(step, min(dues, default=None))


def _told(case: TrackedCase) -> list[Said]:
    found = [Said(one.at, f"{one.outline}\n{one.contact}") for one in case.explanations]
    found += [Said(one.at, one.content) for one in case.contacts]
    if isinstance(case, Complaint):
        results = (form.told for form in case.forms)
        found += [Said(told.at, told.result) for told in results if told]
    return found


def _said(case: TrackedCase) -> list[Said]:
    if not isinstance(case, Complaint):
        return []
    return [Said(one.received_at, one.content) for one in case.messages if one.noted_by is None]
