"""Shipping stops at once when goods are bad, until the plan for them is approved (PT-13, E-23)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from complaint.domain.clock_rules import ClockRule
from complaint.domain.department_work import DepartmentTask
from complaint.domain.events.shipment_holds import (
    ShipmentHoldOverdue,
    ShipmentHoldReleased,
    ShipmentHoldRequested,
)
from complaint.domain.problems import Plan
from complaint.domain.staff import Role
from complaint.domain.transitions import after
from shared.rules import Forbidden, Invalid, RuleBroken


class HoldState(StrEnum):
    """How far a hold is. Nothing is shipped from the request on."""

    REQUESTED = "requested"
    IN_FORCE = "in_force"
    RELEASED = "released"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class HoldCommand(StrEnum):
    """What can be done with a hold: shipping has stopped, the plan is approved, the hold is not
    justified, or it was asked for by mistake."""

    CONFIRM = "confirm"
    RELEASE = "release"
    REFUSE = "refuse"
    CANCEL = "cancel"


HOLD_STATES: dict[HoldState, dict[HoldCommand, HoldState]] = {
    HoldState.REQUESTED: {
        HoldCommand.CONFIRM: HoldState.IN_FORCE,
        HoldCommand.RELEASE: HoldState.RELEASED,
        HoldCommand.REFUSE: HoldState.REFUSED,
        HoldCommand.CANCEL: HoldState.CANCELLED,
    },
    HoldState.IN_FORCE: {
        HoldCommand.RELEASE: HoldState.RELEASED,
        HoldCommand.REFUSE: HoldState.REFUSED,
    },
    HoldState.RELEASED: {},
    HoldState.REFUSED: {},
    HoldState.CANCELLED: {},
}
STANDING = frozenset({HoldState.REQUESTED, HoldState.IN_FORCE})


@dataclass(frozen=True)
class HoldRule:
    """Which roles stop the shipping and in what time, which approve the plan or refuse the hold,
    and which are told. ``at_registration``: a problem whose product is known gets a hold by itself;
    ``blocks_closing``: it is not closed while one stands."""

    owners: tuple[Role, ...]
    approvers: tuple[Role, ...]
    supervisors: tuple[Role, ...]
    time: ClockRule
    at_registration: bool
    blocks_closing: bool


@dataclass(eq=False, kw_only=True)
class ShipmentHold(DepartmentTask):
    """One hold: of the whole product where ``batch`` is None. ``case_id`` is the problem that it
    follows from; ``said`` is what was said last of it; ``due_at`` by when shipping has to be
    stopped."""

    noun: ClassVar[str] = "shipment_hold"
    awaited: ClassVar[frozenset[StrEnum]] = frozenset({HoldState.REQUESTED})

    case_id: UUID
    product: str
    batch: str | None
    reason: str
    requested_by: UUID
    requested_at: datetime
    state: HoldState = HoldState.REQUESTED
    said: str | None = None
    confirmed_by: UUID | None = None
    confirmed_at: datetime | None = None
    ended_by: UUID | None = None
    ended_at: datetime | None = None

    def requested(self, supervisor_ids: tuple[UUID, ...]) -> ShipmentHoldRequested:
        """What is told of a new one."""
        return ShipmentHoldRequested(
            **self._of(), requested_by=self.requested_by, supervisor_ids=supervisor_ids
        )

    def confirm(self, by: UUID, *, now: datetime) -> None:
        """Shipping has stopped; whoever stopped it owns the hold. Raises WrongState."""
        self.state = after(HOLD_STATES, self.state, HoldCommand.CONFIRM)
        self.owner_id = self.confirmed_by = by
        self.confirmed_at = now
        self.version += 1

    def release(
        self, by: UUID, *, plan: Plan | None, opinion: str, now: datetime
    ) -> ShipmentHoldReleased:
        """Somebody other than its owner approves the plan of the problem: goods are shipped again.

        Raises WrongState, PlanMissing, ApproverIsOwner.
        """
        state = after(HOLD_STATES, self.state, HoldCommand.RELEASE)
        if plan is None:
            raise PlanMissing("There is no plan yet that could be approved.", because=self.because)
        if by == plan.owner_id:
            raise ApproverIsOwner("Whoever owns the plan does not approve it.")
        return self._end(state, by, said=opinion, now=now)

    def refuse(self, by: UUID, *, reason: str, now: datetime) -> ShipmentHoldReleased:
        """Whoever could approve the plan finds that nothing has to be held. Raises WrongState."""
        state = after(HOLD_STATES, self.state, HoldCommand.REFUSE)
        return self._end(state, by, said=reason, now=now)

    def cancel(self, by: UUID, *, reason: str, now: datetime) -> ShipmentHoldReleased:
        """It was asked for by mistake, and shipping goes on still. Raises WrongState."""
        state = after(HOLD_STATES, self.state, HoldCommand.CANCEL)
        return self._end(state, by, said=reason, now=now)

    def late(self, supervisor_ids: tuple[UUID, ...]) -> ShipmentHoldOverdue:
        """What is told when nobody said in time that shipping has stopped."""
        return ShipmentHoldOverdue(**self._of(), supervisor_ids=supervisor_ids)

    def _end(self, state: HoldState, by: UUID, *, said: str, now: datetime) -> ShipmentHoldReleased:
        self.state, self.said = state, said
        self.ended_by, self.ended_at = by, now
        self.version += 1
        return ShipmentHoldReleased(**self._of(), outcome=state, released_by=by)

    def _of(self) -> dict[str, Any]:
        names = ("case_id", "product", "batch")
        return {
            **self.told_of(),
            "hold_id": self.id,
            **{name: getattr(self, name) for name in names},
        }


class ProductUnknown(Invalid):
    """Neither the request nor the problem says which product is not to be shipped."""

    code = "product_unknown"


class HeldAlready(RuleBroken):
    """The problem has a hold of that product and batch that stands."""

    code = "held_already"


class HoldStands(RuleBroken):
    """A hold of the problem stands, so it is not closed."""

    code = "hold_stands"


class PlanMissing(RuleBroken):
    """Goods are held until a plan is approved, and there is none."""

    code = "plan_missing"


class ApproverIsOwner(Forbidden):
    """Whoever owns a plan does not approve it."""

    code = "approver_is_owner"
