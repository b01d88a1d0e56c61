"""What is told of major changes of customers; which fields, never what they hold."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class OfNotice:
    """In the order of the customer who changed."""

    type: ClassVar[str]
    subject: ClassVar[str] = "customer/{customer_id}"

    customer_id: UUID
    org_unit: str
    notice_id: UUID
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MajorChangeNoticed(OfNotice):
    """Somebody learnt of a major change; the file follows until ``due_at`` (CF-07, CF-39)."""

    type: ClassVar[str] = "customer.major_change_noticed.v1"

    due_at: datetime
    recipient_ids: tuple[UUID, ...]
    because: Because


@dataclass(frozen=True, kw_only=True)
class ProfileUpdateOverdue(OfNotice):
    """A file did not follow a major change in time (CF-07)."""

    type: ClassVar[str] = "customer.profile_update_overdue.v1"

    owner_id: UUID | None
    because: Because
