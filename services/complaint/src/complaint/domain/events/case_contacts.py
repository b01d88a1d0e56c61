"""Whom to write to about a case, and what he is to be told. Private, and in an order of their own:
names, addresses and words are heard by notify alone."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from complaint.domain.events.cases import OfCase
from complaint.domain.handling_records import ProcessStep


class News(StrEnum):
    """What the customer of a case is told of himself (CP-24, PT-21, PT-26)."""

    RECEIVED = "received"
    EXPLAINED = "explained"
    PROGRESS = "progress"
    WENT_UP = "went_up"
    SOLVED = "solved"
    RESULT = "result"
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True)
class ContactAddress:
    """Where a channel of notify reaches somebody."""

    channel: str
    address: str


@dataclass(frozen=True, kw_only=True)
class CaseContactDescribed(OfCase):
    """Whom to write to about a case; nobody is named where there are no addresses."""

    type: ClassVar[str] = "complaint.case_contact_described.v1"
    subject: ClassVar[str] = "case_contact/{case_id}"
    private: ClassVar[bool] = True

    customer_id: UUID | None
    name: str
    language: str
    zone: str
    addresses: tuple[ContactAddress, ...]


@dataclass(frozen=True, kw_only=True)
class CaseContactErased(OfCase):
    """Nobody is written to about a case any more, and what was written is to be forgotten."""

    type: ClassVar[str] = "complaint.case_contact_erased.v1"
    subject: ClassVar[str] = "case_contact/{case_id}"
    private: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class CaseNewsArose(OfCase):
    """There is something that the customer of a case is to be told. ``text`` is what he was told by
    word of mouth, ``reach`` how he reaches the handler, ``due_at`` by when he hears of us next."""

    type: ClassVar[str] = "complaint.case_news_arose.v1"
    subject: ClassVar[str] = "case_contact/{case_id}"
    private: ClassVar[bool] = True

    number: str
    news: News
    handler_id: UUID
    text: str | None
    steps: tuple[ProcessStep, ...]
    reach: str | None
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class CustomerCallNeeded(OfCase):
    """A customer could not be told something by message, so that the handler has to call him.

    ``occasion`` tells one time from another: that there is no address is one single time.
    """

    type: ClassVar[str] = "complaint.customer_call_needed.v1"

    handler_id: UUID
    message_kind: str
    reason: str
    occasion: str
