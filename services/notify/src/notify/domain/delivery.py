"""What a channel is given, what it answers, and which channel a message may take."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from notify.domain.contacts import Contact
from notify.domain.messages import UNROUTED, Message

ROBOTS = ("wecom", "dingtalk", "feishu")  # They speak in a group, for one person who is in it.
CHANNELS = ("log", "smtp", "webhook", *ROBOTS)


class Result(StrEnum):
    DELIVERED = "delivered"
    REFUSED = "refused"  # trying again would not help
    UNREACHABLE = "unreachable"  # surely not delivered; a later try may work
    DOUBTFUL = "doubtful"  # the answer got lost: delivered or not


@dataclass(frozen=True)
class Outcome:
    """``why`` is a code for the ledger: it never holds what a server wrote."""

    result: Result
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """All that a channel needs to send one message; ``address`` is empty where none is needed.

    ``own``: the recipient names this channel himself; otherwise it only stands in.
    """

    message_id: UUID
    attempt: int
    channel: str
    address: str
    own: bool
    person_id: UUID
    reason: str
    urgency: str
    template: str
    title: str
    body: str


class Channel(Protocol):
    """A way to reach people. ``repeatable``: the receiver knows the same message by its id, so one
    whose fate is not known may be sent again."""

    @property
    def repeatable(self) -> bool: ...

    @property
    def needs_address(self) -> bool: ...

    def send(self, parcel: Parcel) -> Outcome:
        """Deliver outside any transaction and within seconds; raises nothing."""
        ...


@dataclass(frozen=True)
class Desk:
    """The channels of this deployment by name, and those to fall back on for a person of whose own
    channels none is offered here."""

    channels: Mapping[str, Channel]
    fallback: tuple[str, ...]

    def choose(self, message: Message, contact: Contact, tried: Collection[str]) -> str | None:
        """The first channel that reaches the contact and was not tried: the message's own, the rest
        of its route, then the fall-back."""
        wanted = (message.channel, *message.route, *self.fallback)
        return next(
            (one for one in wanted if one not in tried and self._reaches(one, contact)), None
        )

    def repeatable(self, channel: str) -> bool:
        """Whether a message on ``channel`` whose fate is not known may be sent again."""
        return channel in self.channels and self.channels[channel].repeatable

    def _reaches(self, channel: str, contact: Contact) -> bool:
        """A channel that needs no address tells nobody: it serves those alone whom none can tell,
        for else a failure would look like a success."""
        if channel == UNROUTED or channel not in self.channels:
            return False
        if self.channels[channel].needs_address:
            return contact.address_on(channel) is not None
        return not any(self._tells(one.channel) for one in contact.addresses)

    def _tells(self, channel: str) -> bool:
        return channel in self.channels and self.channels[channel].needs_address


def parcel_of(message: Message, contact: Contact) -> Parcel:
    """``message`` as its channel is to send it."""
    address = contact.address_on(message.channel)
    return Parcel(
        message_id=message.id,
        attempt=message.attempts,
        channel=message.channel,
        address=address or "",
        own=address is not None,
        person_id=message.person_id,
        reason=message.reason,
        urgency=message.urgency.value,
        template=message.template,
        title=message.title or "",
        body=message.body or "",
    )
