"""Actions that end a fault, or keep one from happening (CP-55, CP-56, XC-13)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from complaint.domain.clock_rules import ClockRule
from complaint.domain.department_work import DueInPast
from complaint.domain.events.corrective_actions import (
    CorrectiveActionOpened,
    CorrectiveActionOverdue,
    CorrectiveActionVerified,
)
from complaint.domain.staff import Role
from complaint.domain.transitions import after
from shared.rules import Because, Forbidden


class ActionKind(StrEnum):
    """Whether it ends a fault or keeps one from happening."""

    CORRECTIVE = "corrective"
    PREVENTIVE = "preventive"


class ActionSource(StrEnum):
    """What it follows from."""

    COMPLAINT = "complaint"
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
class CorrectiveAction:
    """One action. ``source_id`` is the complaint, pattern or summary of opinions that it follows
    from; ``reason`` why it is needed, in words or as a code; ``said`` what was said last of it.
    ``owner_id`` is None while nobody of the department is known. ``overdue_at`` is when it was told
    that it is late. ``version`` grows with every change.
    """

    id: UUID
    kind: ActionKind
    source: ActionSource
    source_id: UUID
    org_unit: str
    department: str
    reason: str
    procedure: str
    because: Because
    requested_by: UUID | None
    requested_at: datetime
    due_at: datetime
    owner_id: UUID | None = None
    state: ActionState = ActionState.REQUESTED
    measures: str | None = None
    said: str | None = None
    done_at: datetime | None = None
    verified_by: UUID | None = None
    verified_at: datetime | None = None
    overdue_at: datetime | None = None
    version: int = 1

    @property
    def wakes_at(self) -> datetime | None:
        """When it is to be told that it is late; None where nothing is awaited or it was told."""
        waiting = self.state in (ActionState.REQUESTED, ActionState.PLANNED)
        return self.due_at if waiting and self.overdue_at is None else None

    def opened(self) -> CorrectiveActionOpened:
        """What is told of a new one."""
        return CorrectiveActionOpened(**self._of(), source_id=self.source_id)

    def plan(self, owner_id: UUID, *, measures: str, due_at: datetime, now: datetime) -> None:
        """The department says what it will do, who does it, and by when.

        Raises WrongState, DueInPast.
        """
        state = self._after(ActionCommand.PLAN)
        self._due(due_at, now=now)
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
        self._due(due_at, now=now)
        self.state, self.said, self.done_at = state, reason, None
        self.version += 1

    def miss(
        self, *, supervisor_ids: tuple[UUID, ...], now: datetime
    ) -> list[CorrectiveActionOverdue]:
        """That it is late, said once."""
        wakes_at = self.wakes_at
        if wakes_at is None or wakes_at > now:
            return []
        self.overdue_at = now
        self.version += 1
        return [CorrectiveActionOverdue(**self._of(), supervisor_ids=supervisor_ids)]

    def _due(self, due_at: datetime, *, now: datetime) -> None:
        if due_at == self.due_at:
            return
        if due_at <= now:
            raise DueInPast("It would be due in the past.")
        self.due_at, self.overdue_at = due_at, None

    def _check_other(self, by: UUID) -> None:
        if by == self.owner_id:
            raise VerifierIsOwner("Whoever owns an action does not verify it.")

    def _after(self, command: ActionCommand) -> ActionState:
        return after(ACTION_STATES, self.state, command)

    def _of(self) -> dict[str, Any]:
        return {
            "action_id": self.id,
            "org_unit": self.org_unit,
            "department": self.department,
            "kind": self.kind,
            "source": self.source,
            "owner_id": self.owner_id,
            "due_at": self.due_at,
            "procedure": self.procedure,
            "because": self.because,
        }


class VerifierIsOwner(Forbidden):
    """Whoever owns an action does not verify it."""

    code = "verifier_is_owner"
