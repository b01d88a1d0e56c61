"""Actions that end a fault, or keep one from happening (CP-55, CP-56, XC-13)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from complaint.domain.clock_rules import ClockRule
from complaint.domain.department_work import DepartmentTask
from complaint.domain.events.corrective_actions import (
    CorrectiveActionOpened,
    CorrectiveActionOverdue,
    CorrectiveActionVerified,
)
from complaint.domain.staff import Role
from complaint.domain.transitions import after
from shared.rules import Forbidden


class ActionKind(StrEnum):
    """Whether it ends a fault or keeps one from happening."""

    CORRECTIVE = "corrective"
    PREVENTIVE = "preventive"


class ActionSource(StrEnum):
    """What it follows from."""

    COMPLAINT = "complaint"
    PROBLEM = "problem"
    PATTERN = "pattern"
    OPINIONS = "opinions"


class ActionState(StrEnum):
    """How far it is."""

    REQUESTED = "requested"
    PLANNED = "planned"
    DONE = "done"
    VERIFIED = "verified"


class ActionCommand(StrEnum):
    """What can be done with it."""

    PLAN = "plan"
    FINISH = "finish"
    VERIFY = "verify"
    REOPEN = "reopen"


ACTION_STATES: dict[ActionState, dict[ActionCommand, ActionState]] = {
    ActionState.REQUESTED: {ActionCommand.PLAN: ActionState.PLANNED},
    ActionState.PLANNED: {
        ActionCommand.PLAN: ActionState.PLANNED,
        ActionCommand.FINISH: ActionState.DONE,
    },
    ActionState.DONE: {
        ActionCommand.VERIFY: ActionState.VERIFIED,
        ActionCommand.REOPEN: ActionState.REQUESTED,
    },
    ActionState.VERIFIED: {},
}


@dataclass(frozen=True)
class ActionRule:
    """Which roles of the responsible department own such actions, which verify them, which are told
    when one is late; how much time there is, and the procedure outside that says how it is done."""

    owners: tuple[Role, ...]
    verifiers: tuple[Role, ...]
    supervisors: tuple[Role, ...]
    time: ClockRule
    procedure: str


@dataclass(eq=False, kw_only=True)
class CorrectiveAction(DepartmentTask):
    """One action. ``source_id`` is the complaint, problem, pattern or summary of opinions that it
    follows from; ``reason`` why it is needed, in words or as a code; ``said`` what was said last.
    """

    noun: ClassVar[str] = "corrective_action"
    awaited: ClassVar[frozenset[StrEnum]] = frozenset({ActionState.REQUESTED, ActionState.PLANNED})

    kind: ActionKind
    source: ActionSource
    source_id: UUID
    reason: str
    procedure: str
    requested_by: UUID | None
    requested_at: datetime
    state: ActionState = ActionState.REQUESTED
    measures: str | None = None
    said: str | None = None
    done_at: datetime | None = None
    verified_by: UUID | None = None
    verified_at: datetime | None = None

    def opened(self) -> CorrectiveActionOpened:
        """What is told of a new one."""
        return CorrectiveActionOpened(**self._of(), source_id=self.source_id)

    def plan(self, owner_id: UUID, *, measures: str, due_at: datetime, now: datetime) -> None:
        """The department says what it will do, who does it, and by when.

        Raises WrongState, DueInPast.
        """
        state = self._after(ActionCommand.PLAN)
        self.retime(due_at, now=now)
        self.state, self.owner_id, self.measures = state, owner_id, measures
        self.version += 1

    def finish(self, *, result: str, now: datetime) -> None:
        """The measures are taken. Raises WrongState."""
        self.state = self._after(ActionCommand.FINISH)
        self.said, self.done_at = result, now
        self.version += 1

    def verify(self, by: UUID, *, opinion: str, now: datetime) -> CorrectiveActionVerified:
        """Somebody else saw that the measures work. Raises WrongState, VerifierIsOwner."""
        state = self._after(ActionCommand.VERIFY)
        self._check_other(by)
        self.state, self.said = state, opinion
        self.verified_by, self.verified_at = by, now
        self.version += 1
        return CorrectiveActionVerified(**self._of(), verified_by=by, verified_at=now)

    def reopen(self, by: UUID, *, reason: str, due_at: datetime, now: datetime) -> None:
        """Somebody else saw that the measures do not work; they are planned anew.

        Raises WrongState, VerifierIsOwner, DueInPast.
        """
        state = self._after(ActionCommand.REOPEN)
        self._check_other(by)
        self.retime(due_at, now=now)
        self.state, self.said, self.done_at = state, reason, None
        self.version += 1

    def late(self, supervisor_ids: tuple[UUID, ...]) -> CorrectiveActionOverdue:
        """What is told of one that was not done in time (E-24)."""
        return CorrectiveActionOverdue(**self._of(), supervisor_ids=supervisor_ids)

    def _check_other(self, by: UUID) -> None:
        if by == self.owner_id:
            raise VerifierIsOwner("Whoever owns an action does not verify it.")

    def _after(self, command: ActionCommand) -> ActionState:
        return after(ACTION_STATES, self.state, command)

    def _of(self) -> dict[str, Any]:
        more = {"kind": self.kind, "source": self.source, "procedure": self.procedure}
        return {**self.told_of(), "action_id": self.id, **more}


class VerifierIsOwner(Forbidden):
    """Whoever owns an action does not verify it."""

    code = "verifier_is_owner"
