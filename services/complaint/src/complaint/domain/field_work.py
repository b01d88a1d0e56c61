"""Work at the customer's that a case needs, and the work order that dispatch made of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from complaint.domain.events.field_work import (
    FieldWorkCancelled,
    FieldWorkDescribed,
    FieldWorkRequested,
)
from shared.rules import Invalid

if TYPE_CHECKING:
    from complaint.domain.cases import Case


class Progress(StrEnum):
    """How far the work is, as dispatch tells it."""

    REQUESTED = "requested"
    OPENED = "opened"
    ISSUED = "issued"
    COMPLETED = "completed"
    CALLED_BACK = "called_back"
    CANCELLED = "cancelled"


class ReplyDueInPast(Invalid):
    """The reply on field work cannot be due before it is asked for."""

    code = "reply_due_in_past"


@dataclass(frozen=True)
class Assignment:
    """What is to be done, where, by which requirements, and by when the reply is due."""

    place: str
    content: str
    requirements: str
    reply_due_at: datetime

    def check(self, now: datetime) -> None:
        """Raises ReplyDueInPast."""
        if self.reply_due_at <= now:
            raise ReplyDueInPast("The reply would be due in the past.")


@dataclass(eq=False, kw_only=True)
class FieldWork:
    """One request for field work. ``satisfied`` is None until the work order was called back."""

    id: UUID
    requested_by: UUID
    requested_at: datetime
    assignment: Assignment
    progress: Progress = Progress.REQUESTED
    work_order_id: UUID | None = None
    order_no: str | None = None
    satisfied: bool | None = None

    def asked(
        self, *, kind: str, complaint_id: UUID, org_unit: str, customer_id: UUID | None
    ) -> tuple[FieldWorkRequested, FieldWorkDescribed]:
        """For all, that field work is wanted; for those who carry it out, what is to be done."""
        ids: dict[str, Any] = {
            "kind": kind,
            "complaint_id": complaint_id,
            "org_unit": org_unit,
            "request_id": self.id,
            "customer_id": customer_id,
            "requested_by": self.requested_by,
        }
        wanted = self.assignment
        requested = FieldWorkRequested(**ids, reply_due_at=wanted.reply_due_at)
        return requested, FieldWorkDescribed(**ids, **vars(wanted))


def find(
    works: Iterable[FieldWork], *, work_order_id: UUID, request_id: UUID | None = None
) -> FieldWork | None:
    """The request that a work order answers; None when dispatch opened the order by itself."""
    for work in works:
        if work_order_id == work.work_order_id or (request_id and request_id == work.id):
            return work
    return None


def stands(works: Iterable[FieldWork]) -> bool:
    """Whether work was asked for that has not been cancelled."""
    return any(work.progress is not Progress.CANCELLED for work in works)


def cancelled(case: "Case", work_order_id: UUID) -> FieldWorkCancelled:
    """The work order ended without the work, which the handler of the case is told."""
    work = find(case.field_works, work_order_id=work_order_id)
    if work:
        work.progress = Progress.CANCELLED
    case.touch()
    return FieldWorkCancelled(
        kind=case.kind,
        complaint_id=case.id,
        org_unit=case.unit,
        request_id=work.id if work else None,
        work_order_id=work_order_id,
        handler_id=case.handler_id,
    )
