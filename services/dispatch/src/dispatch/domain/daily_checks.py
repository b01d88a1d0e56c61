"""The daily check: the list of open orders that appears before a shift ends, and why each of them
is open (WO-17, RP-03, F-17)."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from dispatch.domain import events
from dispatch.domain.deadlines import Awaited, awaited, owners
from dispatch.domain.work_order_states import State
from shared.rules import Because, Forbidden, Ruling, WrongState

if TYPE_CHECKING:
    from dispatch.domain.work_orders import WorkOrder


@dataclass(frozen=True, kw_only=True)
class DailyCheckRule:
    """The list appears ``minutes`` before the end of the shift; holders of ``roles`` check it."""

    minutes: int
    roles: tuple[str, ...]


class MayNotCheck(Forbidden):
    """None of the caller's roles checks the orders of this unit (WO-17)."""

    code = "may_not_check"


class OrderEnded(WrongState):
    """What is archived or cancelled needs no reason any more."""

    code = "order_ended"


class CheckSuperseded(WrongState):
    """The unit has a later list; what is still open stands on that."""

    code = "check_superseded"


class HandedOver(WrongState):
    """Both dispatchers have signed: the page of the book is closed."""

    code = "handed_over"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """Why an order is open and what is to be done with it, as a dispatcher wrote it down."""

    reason: str
    instruction: str


@dataclass(eq=False, kw_only=True)
class Entry:
    """An order as it stood when the list was made; ``listed`` is False for one that was opened
    later and is handed over with the others. ``days_open`` are the days since it was opened."""

    daily_check_id: UUID
    work_order_id: UUID
    order_no: str | None
    state: State
    owner_id: UUID | None
    dispatcher_id: UUID | None
    receiver_id: UUID | None
    due_at: datetime
    overdue: bool
    days_open: int
    listed: bool
    reason: str | None = None
    instruction: str | None = None
    answered_by: UUID | None = None
    answered_at: datetime | None = None

    @property
    def answered(self) -> bool:
        return self.answered_at is not None

    def answer(self, given: Answer, *, by: UUID, now: datetime) -> None:
        """Keep why the order is open and what is to be done with it."""
        self.reason, self.instruction = given.reason, given.instruction
        self.answered_by, self.answered_at = by, now


@dataclass(eq=False, kw_only=True)
class DailyCheck:
    """The list of one end of a shift; times are UTC. ``late``: it was made when the shift had ended
    already. ``opened`` and ``completed`` count the orders of the day so far. ``told`` counts how
    often one reminded of what is missing."""

    id: UUID
    org_unit: str
    day: date
    shift: str
    ends_at: datetime
    made_at: datetime
    late: bool
    opened: int
    completed: int
    by_state: dict[str, int]
    overdue: int
    carried_over: int
    because: Because
    told: int = 0
    handed_over_at: datetime | None = None

    @property
    def shift_code(self) -> str | None:
        """The shift; None where the unit has no shifts."""
        return self.shift or None

    @property
    def open(self) -> int:
        """How many orders stand on the list."""
        return sum(self.by_state.values())

    def check_open(self, *, latest: bool) -> None:
        """Refuse to write on a page that is closed. Raises HandedOver, CheckSuperseded."""
        if self.handed_over_at is not None:
            raise HandedOver("both dispatchers have signed the list already")
        if not latest:
            raise CheckSuperseded("there is a later list of this unit")

    def told_of(self, dispatcher_ids: Iterable[UUID]) -> events.DailyCheckOpened:
        """What is told of the list: how much stands on it, and who is there to check it."""
        return events.DailyCheckOpened(
            daily_check_id=self.id,
            org_unit=self.org_unit,
            day=self.day,
            shift=self.shift_code,
            ends_at=self.ends_at,
            late=self.late,
            open=self.open,
            overdue=self.overdue,
            carried_over=self.carried_over,
            dispatcher_ids=tuple(dispatcher_ids),
        )


def entry_of(
    order: "WorkOrder",
    check_id: UUID,
    *,
    day: date,
    zone: ZoneInfo,
    now: datetime,
    listed: bool = True,
) -> Entry:
    """An open order as it stands ``now``, on the list of a local day."""
    owner = owners(order)
    return Entry(
        daily_check_id=check_id,
        work_order_id=order.id,
        order_no=order.order_no,
        state=order.state,
        owner_id=owner[0] if owner else None,
        dispatcher_id=order.dispatcher_id,
        receiver_id=order.receiver_id,
        due_at=_due_at(order),
        overdue=_due_at(order) < now,
        days_open=max(0, (day - order.opened_at.astimezone(zone).date()).days),
        listed=listed,
    )


def counted(entries: Collection[Entry]) -> tuple[dict[str, int], int, int]:
    """How many orders there are of each state, how many are overdue, and how many were opened on
    an earlier day."""
    by_state = Counter(entry.state.value for entry in entries)
    overdue = sum(entry.overdue for entry in entries)
    return dict(sorted(by_state.items())), overdue, sum(entry.days_open > 0 for entry in entries)


def check_checker(roles: Collection[str], rule: Ruling[DailyCheckRule]) -> None:
    """Refuse somebody who does not check orders. Raises MayNotCheck."""
    if not set(roles) & set(rule.value.roles):
        raise MayNotCheck("your roles do not check the orders of a day", because=rule.because)


def check_not_ended(order: "WorkOrder") -> None:
    """Refuse to give a reason for what is not open. Raises OrderEnded."""
    if order.ended:
        raise OrderEnded("an order that has ended needs no reason", state=order.state.value)


def _due_at(order: "WorkOrder") -> datetime:
    """When the reply is required; what is done is due when it is to be closed."""
    closing = awaited(order) is Awaited.CLOSING
    return order.next_due_at if closing and order.next_due_at else order.reply_due_at
