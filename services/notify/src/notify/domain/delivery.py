"""What a channel is given, what it answers, and which channel a message may take."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from notify.domain.contacts import Contact
from notify.domain.lanes import NO_CHANNEL
from notify.domain.messages import UNROUTED, Message
from notify.domain.reach import Gone

ROBOTS = ("wecom", "dingtalk", "feishu")  # They speak in a group, for one person who is in it.
SMS = "sms"
PRINT = "print"
# Providers know most within a minute, and keep trying a telephone that is off for three days.
ASK_AFTER = tuple(timedelta(minutes=n) for n in (1, 5, 30, 120, 720, 1440, 2880, 4320))
CHANNELS = ("log", "smtp", "webhook", SMS, PRINT, *ROBOTS)


class Result(StrEnum):
    DELIVERED = "delivered"
    REFUSED = "refused"  # trying again would not help
    UNREACHABLE = "unreachable"  # surely not delivered; a later try may work
    DOUBTFUL = "doubtful"  # the answer got lost: delivered or not


@dataclass(frozen=True)
class Outcome:
    """``why`` is a code for the ledger: it never holds what a server wrote. ``certain``: it is said
    of all tries and not of the last alone, so none of them can have arrived otherwise. ``receipt``
    is the provider's own id of the message, where it gave one. ``gone``: the address reaches
    nobody, whatever is sent there."""

    result: Result
    why: str = ""
    certain: bool = False
    receipt: str | None = None
    gone: Gone | None = None


class Fate(StrEnum):
    """What a provider knows of a message that it was handed."""

    ARRIVED = "arrived"
    LOST = "lost"  # it will not arrive any more
    UNDER_WAY = "under_way"
    NEVER_TAKEN = "never_taken"
    NOT_TOLD = "not_told"  # it could not be asked


@dataclass(frozen=True)
class Report:
    """``why`` is a code for the ledger; ``gone`` as in an Outcome."""

    fate: Fate
    why: str = ""
    gone: Gone | None = None


@dataclass(frozen=True)
class Form:
    """A template that a provider has on file: its ``code`` there, and the values of its parameters
    in the provider's order."""

    code: str
    values: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """All that a channel needs to send one message; ``address`` is empty where none is needed.

    ``own``: the recipient names this channel himself; otherwise it only stands in. ``form`` is what
    a channel sends that may not send words of our own. ``doubted_at`` is real time: an earlier try
    may have arrived, and was made before. ``receipt`` is the provider's own id of what it took.
    ``opt_out`` is the link by which the recipient opts out of what is no service.
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
    form: Form | None = None
    doubted_at: datetime | None = None
    receipt: str | None = None
    opt_out: str | None = None
    lane: str = NO_CHANNEL


class Channel(Protocol):
    """A way to reach people. ``repeatable``: a message whose fate is not known may be sent again,
    since the receiver knows a repetition by its id or the channel asks him first."""

    @property
    def repeatable(self) -> bool: ...

    @property
    def needs_address(self) -> bool: ...

    def send(self, parcel: Parcel) -> Outcome:
        """Deliver outside any transaction and within seconds; raises nothing."""
        ...


class Reporter(Protocol):
    """A channel whose provider tells later whether a message arrived."""

    def report(self, parcel: Parcel, *, sent_at: datetime) -> Report:
        """What the provider knows of what it took at about ``sent_at``; raises nothing."""
        ...


@dataclass(frozen=True)
class Desk:
    """The channels of this deployment by name, those to fall back on for a person of whose own
    channels none is offered here, and those that tell later what became of a message."""

    channels: Mapping[str, Channel]
    fallback: tuple[str, ...]
    reporters: Mapping[str, Reporter] = field(default_factory=dict)
    by_hand: frozenset[str] = frozenset()  # what somebody carries

    def first_ask(self, channel: str, *, sent_at: datetime) -> datetime | None:
        """When one first asks whether what ``channel`` took arrived; None where nobody tells."""
        return next_ask(sent_at, now=sent_at) if channel in self.reporters else None

    def report(self, parcel: Parcel, *, sent_at: datetime) -> Report:
        """What became of a message. A channel that is switched off tells nothing."""
        reporter = self.reporters.get(parcel.channel)
        return reporter.report(parcel, sent_at=sent_at) if reporter else Report(Fate.NOT_TOLD)

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
        if channel in self.by_hand:
            return contact.address_on(channel) is not None
        if channel == UNROUTED or channel not in self.channels:
            return False
        if self.channels[channel].needs_address:
            return contact.address_on(channel) is not None
        return not any(self._tells(one.channel) for one in contact.addresses)

    def _tells(self, channel: str) -> bool:
        carried = channel in self.channels and self.channels[channel].needs_address
        return carried or channel in self.by_hand


def next_ask(sent_at: datetime, *, now: datetime) -> datetime | None:
    """When one asks next whether what was sent at ``sent_at`` arrived; None: not any more."""
    times = (sent_at + after for after in ASK_AFTER)
    return next((at for at in times if at > now), None)


def parcel_of(
    message: Message, contact: Contact, *, form: Form | None = None, opt_out: str | None = None
) -> Parcel:
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
        form=form,
        doubted_at=message.doubted_at,
        receipt=message.receipt,
        opt_out=opt_out,
        lane=message.lane,
    )
