"""What is kept of a broken rule on work orders or on a book of them, and what its clause takes off
the pay (WO-09, WO-11, WO-13, WO-16, WO-19). Nothing is posted by it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from dispatch.domain import events
from dispatch.domain.work_order_states import Command, State, target
from shared.penalties import Per
from shared.rules import Because, Forbidden, Invalid, RuleBroken, Ruling, WrongState, given

if TYPE_CHECKING:
    from dispatch.domain.work_orders import WorkOrder

IN_TIME = "replied_in_time"


class Code(StrEnum):
    """The breaches of which the service itself knows when there is one; others are a pack's own."""

    ITEM_BLANK = "item_blank"
    LATE_UNREPORTED = "late_unreported"
    PAGE_LOST = "page_lost"
    REFUSAL = "refusal"


class Liable(StrEnum):
    """Whose breach it is."""

    DISPATCHER = "dispatcher"
    RECEIVER = "receiver"


@dataclass(frozen=True, kw_only=True)
class BreachRule:
    """A breach that the regulation names. ``amount`` is in CNY, for each of what ``per`` says.

    Those who hold one of ``roles`` record it, or with ``by_superior`` whoever stands above the
    receiver; where neither is so, nobody records it by hand.
    """

    code: str
    liable: Liable
    amount: Decimal
    per: Per = Per.OCCURRENCE
    roles: tuple[str, ...] = ()
    by_superior: bool = False


@dataclass(eq=False, kw_only=True)
class Breach:
    """One breach, on an order or in a book. ``occasion`` tells it from another of the same code on
    the same order: the due time that was missed, or else when the order was given out; of a book,
    when it came back. ``amount`` is for all ``items``. ``recorded_by`` is None where the service
    found it. One that turned out to be none stays, and is withdrawn ``because`` of a clause of its
    own."""

    id: UUID
    org_unit: str
    code: str
    person_id: UUID
    occasion: datetime
    occurred_at: datetime
    items: int
    amount: Decimal
    because: Because
    recorded_at: datetime
    work_order_id: UUID | None = None
    book_id: UUID | None = None
    recorded_by: UUID | None = None
    evidence: str | None = None
    withdrawn_at: datetime | None = None
    withdrawn_because: Because | None = None
    withdrawal: str | None = None

    @property
    def about(self) -> str:
        """What it lies in, as its penalty names it."""
        return f"book/{self.book_id}" if self.book_id else f"work_order/{self.work_order_id}"


class BreachUnknown(Invalid):
    """The packs in force name no such breach."""

    code = "breach_unknown"


class MayNotRecordBreach(Forbidden):
    """The caller is none of those who record this breach."""

    code = "may_not_record_breach"


class OwnBreach(Forbidden):
    """Nobody records his own breach."""

    code = "own_breach"


class BreachKnown(RuleBroken):
    """This breach was recorded already, for the same order as it was given out."""

    code = "breach_known"


class AcceptedAlready(WrongState):
    """Who has signed for an order has not refused it (WO-08, WO-11)."""

    code = "accepted_already"


class ItemsInvalid(Invalid):
    """Only what is counted by item can be more than one."""

    code = "items_invalid"


def check_recording(order: "WorkOrder", rule: Ruling[BreachRule], *, items: int, by: UUID) -> None:
    """Refuse to record by hand what cannot be. Raises WrongState, AcceptedAlready, OwnBreach,
    ItemsInvalid."""
    target(order.state, Command.RECORD_BREACH)
    if rule.value.code == Code.REFUSAL and not _is_unaccepted(order):
        raise AcceptedAlready(
            "the receiver has signed for the order", because=rule.because, state=order.state.value
        )
    if by == _liable(order, rule.value):
        raise OwnBreach("nobody records his own breach", because=rule.because)
    if items > 1 and rule.value.per is not Per.ITEM:
        raise ItemsInvalid(
            "this breach is not counted by item",
            because=rule.because,
            errors={"items": ["must be 1"]},
        )


def check_recorder(roles: Collection[str], *, is_superior: bool, rule: Ruling[BreachRule]) -> None:
    """Refuse whoever does not record this breach. Raises MayNotRecordBreach."""
    by_superior = rule.value.by_superior and is_superior
    if not by_superior and not set(roles) & set(rule.value.roles):
        raise MayNotRecordBreach("you may not record this breach", because=rule.because)


def breach_of(
    order: "WorkOrder",
    rule: Ruling[BreachRule],
    *,
    id: UUID,
    occasion: datetime,
    now: datetime,
    items: int = 1,
    by: UUID | None = None,
    evidence: str | None = None,
) -> Breach:
    """A breach of whoever is liable for it on ``order``; it happened on its ``occasion``, or when
    somebody recorded it."""
    return Breach(
        id=id,
        work_order_id=order.id,
        org_unit=order.org_unit,
        code=rule.value.code,
        person_id=_liable(order, rule.value),
        occasion=occasion,
        occurred_at=now if by else occasion,
        items=items,
        amount=items * rule.value.amount,
        because=rule.because,
        recorded_at=now,
        recorded_by=by,
        evidence=evidence,
    )


def recorded(order: "WorkOrder", breach: Breach) -> events.WorkOrderBreachRecorded:
    """What is told of a breach."""
    number, _, _ = order.given_out()
    return events.WorkOrderBreachRecorded(
        work_order_id=order.id,
        org_unit=order.org_unit,
        order_no=number,
        breach_id=breach.id,
        code=breach.code,
        person_id=breach.person_id,
        occurred_at=breach.occurred_at,
        items=breach.items,
        amount=breach.amount,
        because=breach.because,
    )


def withdraw(breach: Breach, *, reason: str, because: Because, now: datetime) -> None:
    """Nothing was broken: keep that beside what was found."""
    breach.withdrawn_at, breach.withdrawal, breach.withdrawn_because = now, reason, because


def withdrawn(
    order: "WorkOrder", breach: Breach, *, penalty_stands: bool
) -> events.WorkOrderBreachWithdrawn:
    """What is told of a breach that was none; ``penalty_stands``: it was posted before."""
    number, dispatcher_id, _ = order.given_out()
    return events.WorkOrderBreachWithdrawn(
        work_order_id=order.id,
        org_unit=order.org_unit,
        order_no=number,
        breach_id=breach.id,
        code=breach.code,
        person_id=breach.person_id,
        dispatcher_id=dispatcher_id,
        reason=given(breach.withdrawal, "what is withdrawn has a reason."),
        penalty_stands=penalty_stands,
        because=given(breach.withdrawn_because, "a clause decided."),
    )


def given_out_at(order: "WorkOrder") -> datetime:
    """When the order was given to its present receiver. Raises Impossible for a draft."""
    return given(order.issued_at, "what was given out has a time for it.")


def _liable(order: "WorkOrder", rule: BreachRule) -> UUID:
    _, dispatcher_id, receiver_id = order.given_out()
    return dispatcher_id if rule.liable is Liable.DISPATCHER else receiver_id


def _is_unaccepted(order: "WorkOrder") -> bool:
    open_to_refusal = order.state in (State.ISSUED, State.UNABLE_REPORTED)
    return open_to_refusal and order.accepted_at is None
