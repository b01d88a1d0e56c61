"""What notify tells the world: ids only, never words or addresses."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class CareSent:
    """A greeting went out; ``year`` is that of the calendar by which it recurs (CM-01)."""

    type: ClassVar[str] = "notify.care_sent.v1"
    subject: ClassVar[str] = "message/{message_id}"

    message_id: UUID
    contact_id: UUID
    customer_id: UUID | None
    occasion: str
    year: int
    sent_at: datetime


@dataclass(frozen=True, kw_only=True)
class MessageFailed:
    """No channel could deliver a message; ``channel`` and ``reason`` are those of the last try."""

    type: ClassVar[str] = "notify.message_failed.v1"
    subject: ClassVar[str] = "message/{message_id}"

    message_id: UUID
    kind: str
    person_id: UUID
    channel: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CustomerUnreached:
    """A message about a case does not get to its customer: nowhere to write to, words that may not
    be said, or no channel that could deliver it."""

    type: ClassVar[str] = "notify.customer_unreached.v1"
    subject: ClassVar[str] = "message/{message_id}"

    message_id: UUID
    case_kind: str
    case_id: UUID
    message_kind: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ContactUnreachable:
    """An address of a contact reaches nobody any more (E-47); said once for each cause until the
    address is another one. ``kind`` is that of the contact."""

    type: ClassVar[str] = "notify.contact_unreachable.v1"
    subject: ClassVar[str] = "reach/{contact_id}"

    contact_id: UUID
    kind: str
    customer_id: UUID | None
    org_unit: str
    channel: str
    cause: str
    message_id: UUID
    since: datetime


@dataclass(frozen=True, kw_only=True)
class WebhookDisabled:
    """Nothing more is sent to another system; what it subscribed to waits."""

    type: ClassVar[str] = "notify.webhook_disabled.v1"
    subject: ClassVar[str] = "subscription/{subscription_id}"

    subscription_id: UUID
    org_unit: str
    owner_id: UUID
    reason: str
    disabled_at: datetime


@dataclass(frozen=True, kw_only=True)
class WebhookTested:
    """Somebody tries whether another system gets its events."""

    type: ClassVar[str] = "notify.webhook_tested.v1"
    subject: ClassVar[str] = "subscription/{subscription_id}"

    subscription_id: UUID
    org_unit: str


@dataclass(frozen=True, kw_only=True)
class CareTaskMoved:
    """A gift or a call was opened, decided on, done, or its time is over (CM-07); ``on`` is the
    local day of the contact. ``approver_ids`` are those nearest who can allow it."""

    type: ClassVar[str] = "notify.care_task_moved.v1"
    subject: ClassVar[str] = "care_task/{task_id}"

    task_id: UUID
    contact_id: UUID
    customer_id: UUID
    org_unit: str
    action: str
    occasion: str
    on: date
    state: str
    responsible_id: UUID | None
    approver_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NewsletterMoved:
    """An issue of a newsletter was written, decided on, sent or given up (CM-02)."""

    type: ClassVar[str] = "notify.newsletter_moved.v1"
    subject: ClassVar[str] = "newsletter/{newsletter_id}"

    newsletter_id: UUID
    org_unit: str
    topic: str
    send_at: datetime
    state: str
    editor_id: UUID
    approver_ids: tuple[UUID, ...] = ()
