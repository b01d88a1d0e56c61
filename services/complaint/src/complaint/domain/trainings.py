"""Training of persons whose service or operation a problem comes from (PT-16, E-25)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from complaint.domain.clock_rules import ClockRule
from complaint.domain.department_work import DepartmentTask, DueInPast
from complaint.domain.events.trainings import TrainingEnded, TrainingOverdue, TrainingRequested
from complaint.domain.staff import Role
from complaint.domain.transitions import after
from shared.rules import Invalid


class Topic(StrEnum):
    """What is trained."""

    PRODUCT_KNOWLEDGE = "product_knowledge"
    SERVICE_SKILLS = "service_skills"
    COMMUNICATION = "communication"
    PROBLEM_SOLVING = "problem_solving"


class TrainingState(StrEnum):
    """How far it is."""

    REQUESTED = "requested"
    SCHEDULED = "scheduled"
    HELD = "held"
    DECLINED = "declined"


class TrainingCommand(StrEnum):
    """What the department can do."""

    SCHEDULE = "schedule"
    HOLD = "hold"
    DECLINE = "decline"


_State, _Command = TrainingState, TrainingCommand

TRAINING_STATES: dict[TrainingState, dict[TrainingCommand, TrainingState]] = {
    _State.REQUESTED: {
        _Command.SCHEDULE: _State.SCHEDULED,
        _Command.DECLINE: _State.DECLINED,
    },
    _State.SCHEDULED: {
        _Command.SCHEDULE: _State.SCHEDULED,
        _Command.HOLD: _State.HELD,
        _Command.DECLINE: _State.DECLINED,
    },
    _State.HELD: {},
    _State.DECLINED: {},
}


@dataclass(frozen=True)
class TrainingRule:
    """Which roles of a department see to training, which are told when it is late, and by when it
    has to be held."""

    owners: tuple[Role, ...]
    supervisors: tuple[Role, ...]
    time: ClockRule


@dataclass(eq=False, kw_only=True)
class Training(DepartmentTask):
    """One training: ``case_id`` is the problem that showed the need of it, ``person_ids`` those
    whom it is for and ``attended_ids`` those who came; ``said`` the result, or why there is none.
    """

    noun: ClassVar[str] = "training"
    awaited: ClassVar[frozenset[StrEnum]] = frozenset({_State.REQUESTED, _State.SCHEDULED})

    case_id: UUID
    person_ids: tuple[UUID, ...]
    topic: Topic
    content: str
    requested_by: UUID
    requested_at: datetime
    state: TrainingState = TrainingState.REQUESTED
    scheduled_on: date | None = None
    attended_ids: tuple[UUID, ...] = ()
    said: str | None = None
    ended_at: datetime | None = None

    def requested(self) -> TrainingRequested:
        """What is told of a new one."""
        return TrainingRequested(**self._of())

    def schedule(self, by: UUID, *, on: date, today: date) -> None:
        """The department says on which day; whoever says so sees to it. Raises WrongState,
        DueInPast."""
        state = after(TRAINING_STATES, self.state, _Command.SCHEDULE)
        if on < today:
            raise DueInPast("The training would be held in the past.")
        self.state, self.owner_id, self.scheduled_on = state, by, on
        self.version += 1

    def hold(self, *, attended_ids: Collection[UUID], result: str, now: datetime) -> TrainingEnded:
        """It was held, and those came. Raises WrongState, NotToBeTrained."""
        state = after(TRAINING_STATES, self.state, _Command.HOLD)
        strangers = set(attended_ids) - set(self.person_ids)
        if strangers:
            raise NotToBeTrained(
                "It was not for these.", person_ids=sorted(str(one) for one in strangers)
            )
        self.attended_ids = tuple(sorted(set(attended_ids)))
        return self._end(state, said=result, now=now)

    def decline(self, *, reason: str, now: datetime) -> TrainingEnded:
        """The department will not hold it. Raises WrongState."""
        state = after(TRAINING_STATES, self.state, _Command.DECLINE)
        return self._end(state, said=reason, now=now)

    def late(self, supervisor_ids: tuple[UUID, ...]) -> TrainingOverdue:
        """What is told of one that was not held in time."""
        return TrainingOverdue(**self._of(), supervisor_ids=supervisor_ids)

    def _end(self, state: TrainingState, *, said: str, now: datetime) -> TrainingEnded:
        self.state, self.said, self.ended_at = state, said, now
        self.version += 1
        return TrainingEnded(**self._of(), outcome=state, attended_ids=self.attended_ids)

    def _of(self) -> dict[str, Any]:
        names = ("case_id", "person_ids", "topic", "requested_by")
        more = {name: getattr(self, name) for name in names}
        return {**self.told_of(), "training_id": self.id, **more}


class NotToBeTrained(Invalid):
    """Somebody came for whom the training was not asked for."""

    code = "not_to_be_trained"
