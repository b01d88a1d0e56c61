"""What handler and complainant say to each other while a complaint is open (CP-26, CP-27)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from complaint.domain.intake import Channel
from complaint.domain.satisfaction import Method
from shared.rules import Invalid


@dataclass(eq=False, kw_only=True)
class ProgressContact:
    """The complainant was told how far his complaint is: when, by whom, how, and what was said."""

    id: UUID
    by: UUID
    at: datetime
    method: Method
    content: str
    on_time: bool | None = None


@dataclass(eq=False, kw_only=True)
class Message:
    """What the complainant said. ``received_at`` is when he said it, ``noted_at`` when the service
    came to know it; ``noted_by`` is None where he wrote it himself."""

    id: UUID
    channel: Channel
    received_at: datetime
    content: str
    noted_at: datetime
    noted_by: UUID | None = None


class MessageInFuture(Invalid):
    """Nobody knows today what is said tomorrow."""

    code = "message_in_future"


class MessageBeforeComplaint(Invalid):
    """What was said before the complaint came in belongs on its form."""

    code = "message_before_complaint"


def check_time(message: Message, *, complaint_received_at: datetime) -> None:
    """Raises MessageInFuture, MessageBeforeComplaint."""
    if message.received_at > message.noted_at:
        raise MessageInFuture("The message would be from the future.")
    if message.received_at < complaint_received_at:
        raise MessageBeforeComplaint("The message is older than the complaint.")
