"""A delivery: one event that one endpoint is to get."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.rules import WrongState


class DeliveryState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"  # it was refused or not answered for as long as one tries


OPEN = (DeliveryState.WAITING, DeliveryState.SENDING)


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What one try came to. ``why`` is a code, empty where the endpoint took the event; ``excerpt``
    is the beginning of what it answered."""

    status: int | None
    why: str
    seconds: float
    excerpt: str = ""

    @property
    def taken(self) -> bool:
        return not self.why

    @property
    def gone(self) -> bool:
        """Whether the endpoint says that there will be nobody any more."""
        return self.status == 410


@dataclass(eq=False, kw_only=True)
class Delivery:
    """``position`` is the order in which events came. ``attempts`` counts the tries and tells a
    late answer from the one that is waited for. ``due_at`` is when it may be tried next or, while
    it is being sent, when its lease ends; None is at once. ``due_at`` and ``first_at``, the first
    try, are real time, ``planned_at`` and ``done_at`` that of the service's clock."""

    subscription_id: UUID
    event_id: UUID
    type: str
    subject: str
    planned_at: datetime
    position: int | None = None
    state: DeliveryState = DeliveryState.WAITING
    attempts: int = 0
    status: int | None = None
    why: str | None = None
    due_at: datetime | None = None
    first_at: datetime | None = None
    done_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.state in OPEN

    def claim(self, *, real: datetime, lease_until: datetime) -> None:
        """Hand it to a sender; one that was left in the middle may be claimed again."""
        self.state = DeliveryState.SENDING
        self.attempts += 1
        self.due_at, self.first_at = lease_until, self.first_at or real

    def deliver(self, answered: Answered, now: datetime) -> None:
        self._end(DeliveryState.DELIVERED, answered, now)

    def fail(self, answered: Answered, now: datetime) -> None:
        self._end(DeliveryState.FAILED, answered, now)

    def postpone(self, answered: Answered, *, due_at: datetime | None) -> None:
        self.state, self.due_at = DeliveryState.WAITING, due_at
        self.status, self.why = answered.status, answered.why

    def again(self) -> None:
        """Try it anew, with all the time that a first delivery has. Raises WrongState."""
        if self.open:
            raise WrongState("The event is still to be delivered.", state=self.state.value)
        self.state = DeliveryState.WAITING
        self.due_at = self.first_at = self.done_at = None

    def _end(self, state: DeliveryState, answered: Answered, now: datetime) -> None:
        self.state, self.due_at, self.done_at = state, None, now
        self.status, self.why = answered.status, answered.why or None


@dataclass(eq=False, kw_only=True)
class Attempt:
    """One try, for those who look for a fault. ``at`` is real time."""

    id: UUID
    position: int
    number: int
    at: datetime
    status: int | None
    why: str | None
    duration_ms: int
    excerpt: str | None
