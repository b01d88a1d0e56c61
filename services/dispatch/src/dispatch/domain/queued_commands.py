"""A command that was given on a device, and what became of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from dispatch.domain.command_conflicts import OrderChange
from dispatch.domain.work_order_states import Command, State
from shared.rules import Invalid, RuleBroken, WrongState

MOST_ERRORS = 4000  # Characters: names of fields that somebody made up are not kept without end.


class Outcome(StrEnum):
    """What became of a command."""

    WAITING = "waiting"
    APPLIED = "applied"
    CONFLICT = "conflict"
    REFUSED = "refused"


class Resolution(StrEnum):
    """What a worker does about a conflict: let the command go, or give it again, having seen how
    the order stands."""

    DROP = "drop"
    SEND_AGAIN = "send_again"


class CommandReused(RuleBroken):
    """The id or the sequence of a command stands for another command already."""

    code = "command_reused"


class CommandForgotten(RuleBroken):
    """A command of this sequence was answered so long ago that the answer is not kept any more."""

    code = "command_forgotten"


class NotInConflict(WrongState):
    """Only a conflict that nobody has resolved can be resolved."""

    code = "not_in_conflict"


class SeenVersionMissing(Invalid):
    """Who gives a command again says which version of the order he has seen."""

    code = "seen_version_missing"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How an order stood when a command met it, and what others had done with it; without state and
    version where the worker may not see it any more."""

    state: State | None
    version: int | None
    changes: tuple[OrderChange, ...]


@dataclass(frozen=True, kw_only=True)
class SentCommand:
    """A command as the device sends it. ``seen_version`` is that of the order when the worker saw
    it last."""

    command_id: UUID
    sequence: int
    client_at: datetime
    order_id: UUID
    command: Command
    body: Mapping[str, Any]
    seen_version: int

    @property
    def digest(self) -> str:
        """The SHA-256 of all that was sent."""
        parts = [self.command_id, self.sequence, self.client_at.isoformat(), self.order_id]
        text = json.dumps(
            [*map(str, parts), self.command, self.body, self.seen_version], sort_keys=True
        )
        return sha256(text.encode()).hexdigest()


@dataclass(eq=False, kw_only=True)
class QueuedCommand:
    """A command of a queue, and what became of it.

    ``body`` is kept as long as it may still be carried out. ``counted_at`` is the time at which it
    counts, ``order_version`` that of the order after it, or the one that it was in conflict with.
    ``problem`` is the rule that was broken, as an answer tells it.
    """

    id: UUID
    device_id: UUID
    sequence: int
    order_id: UUID
    command: Command
    digest: str
    client_at: datetime
    seen_version: int
    received_at: datetime
    body: str | None
    outcome: Outcome = Outcome.WAITING
    answered_at: datetime | None = None
    counted_at: datetime | None = None
    order_version: int | None = None
    problem: Mapping[str, Any] | None = None
    standing: Standing | None = None
    resolution: Resolution | None = None
    resolved_at: datetime | None = None

    @classmethod
    def of(cls, sent: SentCommand, *, device_id: UUID, now: datetime) -> "QueuedCommand":
        """A command that was received."""
        return cls(
            id=sent.command_id,
            device_id=device_id,
            sequence=sent.sequence,
            order_id=sent.order_id,
            command=sent.command,
            digest=sent.digest,
            client_at=sent.client_at,
            seen_version=sent.seen_version,
            received_at=now,
            body=json.dumps(sent.body),
        )

    def is_of(self, sent: SentCommand, *, device_id: UUID) -> bool:
        """Whether the same command was sent once more."""
        return (self.id, self.device_id, self.digest) == (sent.command_id, device_id, sent.digest)

    def apply(self, *, version: int, counted_at: datetime, now: datetime) -> None:
        """It was carried out."""
        self._answer(Outcome.APPLIED, now)
        self.order_version, self.counted_at, self.body = version, counted_at, None

    def refuse(self, broken: RuleBroken, *, now: datetime) -> None:
        """A rule said no, and would say so whenever it was sent."""
        self._answer(Outcome.REFUSED, now)
        self.problem, self.body = problem_of(broken), None

    def conflict(
        self, broken: RuleBroken, standing: Standing, *, version: int, now: datetime
    ) -> None:
        """It does not fit what others did; the worker says what is to become of it."""
        self._answer(Outcome.CONFLICT, now)
        self.problem, self.standing, self.order_version = problem_of(broken), standing, version

    def drop(self, *, now: datetime) -> None:
        """The worker lets it go."""
        self.resolution, self.resolved_at, self.body = Resolution.DROP, now, None

    def gave_again(self, *, now: datetime) -> None:
        """The worker gave it again; that resolves the conflict unless it met another one."""
        if self.outcome is not Outcome.CONFLICT:
            self.resolution, self.resolved_at = Resolution.SEND_AGAIN, now

    @property
    def is_unresolved(self) -> bool:
        """Whether it is in a conflict that nobody has resolved."""
        return self.outcome is Outcome.CONFLICT and self.resolution is None

    def check_in_conflict(self) -> None:
        """Raises NotInConflict."""
        if not self.is_unresolved:
            raise NotInConflict("this command is in no conflict", state=self.outcome.value)

    def _answer(self, outcome: Outcome, now: datetime) -> None:
        self.outcome, self.answered_at = outcome, now
        self.problem = self.standing = self.counted_at = self.order_version = None


def problem_of(broken: RuleBroken) -> dict[str, Any]:
    """A broken rule as an answer tells it: its code, the sentence, the clause, and the fields."""
    because = broken.because.to_data() if broken.because else None
    errors = broken.extra.get("errors")
    small = errors is not None and len(json.dumps(errors)) <= MOST_ERRORS
    return {
        "code": broken.code,
        "detail": broken.detail,
        "because": because,
        "errors": errors if small else None,
    }
