"""A call that a script promised to a customer, until it is made (SC-04..SC-07, K-24)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from complaint.domain.call_back_states import CallBackCommand, CallBackState, after, offered
from complaint.domain.cases import CaseRef
from complaint.domain.events.call_backs import (
    CallBackCancelled,
    CallBackDueSoon,
    CallBackHandedOver,
    CallBackMade,
    CallBackOverdue,
    CallBackPromised,
    OfCallBack,
)
from complaint.domain.scripts import Situation
from shared.rules import Because


@dataclass(eq=False, kw_only=True)
class CallBack:
    """One call. ``org_unit`` is the unit of its case, or where it was promised; ``department`` that
    of whoever calls; ``asked_department`` has to be asked before.

    ``owner_id`` is to call, ``promised_by`` said so. Without a case ``caller_phone`` says whom to
    call. ``said`` is what the customer was told, or why it was called off. ``warned_at`` and
    ``overdue_at`` are when that was told. ``version`` grows with every change.
    """

    kind: ClassVar[str] = "call_back"

    id: UUID
    org_unit: str
    department: str
    situation: Situation
    because: Because
    promised_by: UUID
    promised_at: datetime
    owner_id: UUID
    matter: str
    due_at: datetime
    warn_at: datetime | None
    case_id: UUID | None = None
    customer_id: UUID | None = None
    caller_name: str | None = None
    caller_phone: str | None = None
    asked_department: str | None = None
    state: CallBackState = CallBackState.PROMISED
    said: str | None = None
    evidence: str | None = None
    ended_by: UUID | None = None
    ended_at: datetime | None = None
    warned_at: datetime | None = None
    overdue_at: datetime | None = None
    version: int = 1

    @property
    def ref(self) -> CaseRef:
        """By what its timers are found, and its events ordered: as those of a case are."""
        return CaseRef(self.kind, self.id)

    @property
    def allowed(self) -> list[CallBackCommand]:
        """What a person can do with it now."""
        return offered(self.state)

    @property
    def wakes_at(self) -> datetime | None:
        """When something is to be told of it next; None once it is made or called off."""
        if self.state is not CallBackState.PROMISED or self.overdue_at:
            return None
        return self.due_at if self.warned_at or not self.warn_at else self.warn_at

    def promised(self, asked_ids: tuple[UUID, ...]) -> OfCallBack:
        """What is told of a new one."""
        return CallBackPromised(**self._of(), asked_ids=asked_ids)

    def hand_over(self, owner_id: UUID, *, department: str, reason: str) -> list[OfCallBack]:
        """Somebody else of ``department`` is to call; the time stays. Nothing happens where it is
        his already.

        Raises WrongState.
        """
        self.state = after(self.state, CallBackCommand.HAND_OVER)
        if owner_id == self.owner_id:
            return []
        previous_id, self.owner_id, self.department = self.owner_id, owner_id, department
        self.version += 1
        return [CallBackHandedOver(**self._of(), previous_id=previous_id, reason=reason)]

    def make(self, by: UUID, *, said: str, evidence: str, now: datetime) -> OfCallBack:
        """The customer was called, and told ``said``; in time, unless it was told to be late.

        Raises WrongState.
        """
        self._end(CallBackCommand.MAKE, by, said=said, now=now)
        self.evidence = evidence
        return CallBackMade(**self._of(), made_by=by, on_time=self.overdue_at is None)

    def cancel(self, by: UUID, *, reason: str, now: datetime) -> OfCallBack:
        """It is called off, for a reason. Raises WrongState."""
        self._end(CallBackCommand.CANCEL, by, said=reason, now=now)
        return CallBackCancelled(**self._of(), cancelled_by=by)

    def warn(self, *, now: datetime) -> list[OfCallBack]:
        """That little time is left, said once."""
        waiting = self.wakes_at
        if waiting is None or self.warned_at or not waiting <= now < self.due_at:
            return []
        self.warned_at = now
        self.version += 1
        return [CallBackDueSoon(**self._of())]

    def miss(self, *, supervisor_ids: tuple[UUID, ...], now: datetime) -> list[OfCallBack]:
        """That it is late, said once."""
        if self.wakes_at is None or now < self.due_at:
            return []
        self.overdue_at = now
        self.version += 1
        return [CallBackOverdue(**self._of(), supervisor_ids=supervisor_ids)]

    def _end(self, command: CallBackCommand, by: UUID, *, said: str, now: datetime) -> None:
        self.state = after(self.state, command)
        self.said, self.ended_by, self.ended_at = said, by, now
        self.version += 1

    def _of(self) -> dict[str, Any]:
        return {
            "call_back_id": self.id,
            "org_unit": self.org_unit,
            "department": self.department,
            "situation": self.situation,
            "case_id": self.case_id,
            "customer_id": self.customer_id,
            "promised_by": self.promised_by,
            "owner_id": self.owner_id,
            "due_at": self.due_at,
            "because": self.because,
        }
