"""What is told of the end of a shift: the list of open orders, and its hand-over (E-21, WO-17)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class DailyCheckOpened:
    """The list of a unit's open orders has appeared, before the end of the shift or, ``late``,
    after it. ``shift`` is None where the unit has no shifts. What stands on it stays here."""

    type: ClassVar[str] = "dispatch.daily_check_opened.v1"
    subject: ClassVar[str] = "daily_check/{daily_check_id}"

    daily_check_id: UUID
    org_unit: str
    day: date
    shift: str | None
    ends_at: datetime
    late: bool
    open: int
    overdue: int
    carried_over: int
    dispatcher_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class DailyCheckReminded:
    """At the end of the shift, or later, the list is not finished. ``awaited`` is ``reasons``,
    ``proposal`` or ``signature``; ``superior_id`` is who stands above those who should have."""

    type: ClassVar[str] = "dispatch.daily_check_reminded.v1"
    subject: ClassVar[str] = "daily_check/{daily_check_id}"

    daily_check_id: UUID
    org_unit: str
    day: date
    awaited: str
    unanswered: int
    reminder: int
    owner_ids: tuple[UUID, ...]
    superior_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class HandoverProposed:
    """The outgoing dispatcher has signed the list; one of ``incoming_ids`` is to sign it too."""

    type: ClassVar[str] = "dispatch.handover_proposed.v1"
    subject: ClassVar[str] = "daily_check/{daily_check_id}"

    handover_id: UUID
    daily_check_id: UUID
    org_unit: str
    from_id: UUID
    incoming_ids: tuple[UUID, ...]
    orders: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class HandoverVoided:
    """The list that was signed is not that of the unit any more. ``reason`` is ``changed`` (of
    ``work_order_ids``) or ``superseded`` (another was proposed)."""

    type: ClassVar[str] = "dispatch.handover_voided.v1"
    subject: ClassVar[str] = "daily_check/{daily_check_id}"

    handover_id: UUID
    daily_check_id: UUID
    org_unit: str
    from_id: UUID
    reason: str
    work_order_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class HandoverSigned:
    """Both have signed the same list; the incoming dispatcher answers for it from now on."""

    type: ClassVar[str] = "dispatch.handover_signed.v1"
    subject: ClassVar[str] = "daily_check/{daily_check_id}"

    handover_id: UUID
    daily_check_id: UUID
    org_unit: str
    from_id: UUID
    to_id: UUID
    orders: int
    digest: str
    signed_at: datetime
