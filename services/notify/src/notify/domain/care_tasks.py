"""What the staff does for an occasion of a contact: a gift or a call (CM-07, CM-11)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from notify.domain.care_rules import Action
from notify.domain.care_task_states import TASK_TRANSITIONS, TaskCommand, TaskState
from notify.domain.events import CareTaskMoved
from notify.domain.transitions import after
from shared.rules import Because, Forbidden, Invalid


class NoSay(Forbidden):
    """The pack names other roles for that (CM-07)."""

    code = "no_say"


class OwnTask(Forbidden):
    """Nobody allows what he does himself (CM-07)."""

    code = "own_task"


class NotResponsible(Forbidden):
    """Somebody else is to do it."""

    code = "not_responsible"


class TooExpensive(Invalid):
    """It cost more than the pack allows (CM-07)."""

    code = "too_expensive"


@dataclass(eq=False, kw_only=True)
class CareTask:
    """A gift or a call for one contact, occasion and year.

    ``on`` is the local day of the contact. ``approvers`` are the roles of which one allows it,
    ``amount`` is in yuan. After ``lapses_at`` it is not worth doing. ``responsible_id`` is None
    where nobody was found; then whoever has the role of one who could be does it.
    """

    id: UUID
    contact_id: UUID
    customer_id: UUID
    org_unit: str
    action: Action
    occasion: str
    subject: str
    year: int
    on: date
    responsible_id: UUID | None
    approvers: tuple[str, ...]
    amount: Decimal | None
    because: Because
    opened_at: datetime
    lapses_at: datetime
    state: TaskState = TaskState.PROPOSED
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    done_by: str | None = None
    done_at: datetime | None = None
    cost: Decimal | None = None
    version: int = 1

    @property
    def key(self) -> str:
        """The subject of its events and of its timeline."""
        return f"care_task/{self.id}"

    def opened(self) -> CareTaskMoved:
        """What is told when it is opened; a task that nobody has to allow is approved at once."""
        if not self.approvers:
            self.state = TaskState.APPROVED
        return self._told()

    def approve(self, *, by: str, roles: Collection[str], now: datetime) -> CareTaskMoved:
        """Allow it. Raises WrongState, NoSay, OwnTask."""
        return self._decide(TaskCommand.APPROVE, by=by, roles=roles, reason=None, now=now)

    def decline(
        self, *, by: str, roles: Collection[str], reason: str, now: datetime
    ) -> CareTaskMoved:
        """Decide against it, also after it was allowed. Raises WrongState, NoSay, OwnTask."""
        return self._decide(TaskCommand.DECLINE, by=by, roles=roles, reason=reason, now=now)

    def complete(self, *, by: str, cost: Decimal | None, now: datetime) -> CareTaskMoved:
        """It is done; a gift at ``cost`` yuan. Raises WrongState, NotResponsible, TooExpensive."""
        state = after(TASK_TRANSITIONS, self.state, TaskCommand.COMPLETE)
        if self.responsible_id is not None and by != str(self.responsible_id):
            raise NotResponsible("Somebody else is to do it.")
        if cost is not None and (self.amount is None or cost > self.amount):
            most = None if self.amount is None else str(self.amount)
            raise TooExpensive("The pack allows less.", because=self.because, most=most)
        self.state, self.done_by, self.done_at, self.cost = state, by, now, cost
        return self._told()

    def lapse(self, reason: str) -> CareTaskMoved:
        """It is not to be done any more. Raises WrongState."""
        self.state = after(TASK_TRANSITIONS, self.state, TaskCommand.LAPSE)
        self.reason = reason
        return self._told()

    def _decide(
        self,
        command: TaskCommand,
        *,
        by: str,
        roles: Collection[str],
        reason: str | None,
        now: datetime,
    ) -> CareTaskMoved:
        state = after(TASK_TRANSITIONS, self.state, command)
        if not {*self.approvers} & {*roles}:
            raise NoSay("The pack names other roles for that.", allowed=list(self.approvers))
        if by == str(self.responsible_id):
            raise OwnTask("Nobody decides on what he does himself.")
        self.state, self.decided_by, self.decided_at = state, by, now
        self.reason = reason
        return self._told()

    def _told(self) -> CareTaskMoved:
        return CareTaskMoved(
            task_id=self.id,
            contact_id=self.contact_id,
            customer_id=self.customer_id,
            org_unit=self.org_unit,
            action=self.action,
            occasion=self.occasion,
            on=self.on,
            state=self.state,
            responsible_id=self.responsible_id,
        )
