"""A message: what is to be said to one person for one reason, over one channel."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self
from uuid import UUID

from notify.domain.events import CareSent, CustomerUnreached, MessageFailed
from notify.domain.lanes import NO_CHANNEL
from notify.domain.message_states import TRANSITIONS, Command, State, Why
from notify.domain.occasions import GREETED
from notify.domain.templates import Template, Wording
from shared.rules import Because, WrongState

EXPIRED = timedelta(seconds=1)  # after it may still be said
UNROUTED = ""  # The channel of a message for which none was chosen yet.
STEP = timedelta(seconds=1)  # A message lets those of others go first by so much for each of its
# person's that waits, so that a person to whom much is said does not hold up all others.


class Urgency(StrEnum):
    """In the order of the alphabet, which is the order in which messages are sent."""

    HIGH = "high"
    NORMAL = "normal"


class Purpose(StrEnum):
    """What a message is for: that work goes on, that somebody feels cared for, or that we sell."""

    SERVICE = "service"
    CARE = "care"
    PROMOTION = "promotion"


CASES = ("complaint", "problem", "request", "feedback")  # The kinds of case of complaint.
COURTESIES = (Purpose.CARE, Purpose.PROMOTION)  # Barred customers go without them (CM-18).


@dataclass(frozen=True, kw_only=True)
class Intent:
    """What has to be said to whom and why, before it is known how.

    ``reason``, ``subject``, ``occurrence`` and ``person_id`` are what makes it the same message: it
    is said once. ``route`` are the channels that may carry it. After ``expires_at`` it is no longer
    worth saying. ``event_id`` is the event that made it; a timer is none. ``words`` are ids, days
    and times as text, and of news about a case what its customer was told.
    """

    reason: str
    subject: str
    occurrence: str
    person_id: UUID
    org_unit: str
    template: str
    urgency: Urgency
    route: tuple[str, ...]
    words: Mapping[str, str]
    because: Because
    expires_at: datetime
    customer_id: UUID | None = None
    purpose: Purpose = Purpose.SERVICE
    event_id: UUID | None = None


@dataclass(eq=False, kw_only=True)
class Message:
    """A line of the ledger. A failed channel is followed by a new line for the next one.

    ``attempts`` counts the times it was handed to the channel and tells a late answer from the one
    that is waited for. ``doubted_at``: a try before it may have arrived, so that no other channel
    may follow. ``state_because`` is the clause that led to the state, where one did.
    ``held_until`` is when it is looked at again, ``said_on`` the day of the person for which it
    counts where there is a cap. ``digest_id`` is the first line of the digest in which it stands;
    of a digest its own. ``receipt`` is the provider's own id, and ``ask_at`` when one asks
    him whether it arrived. ``lane``: what it shares with those that are slow when it is slow.
    ``turn`` is the id of its first line; what is about the same subject goes to a person in this
    order. ``queued_at`` is its place in the queue of its lane. ``retry_at``, ``lease_until``,
    ``doubted_at`` and ``ask_at`` are real time, all others that of the service's clock. ``words``,
    ``title`` and ``body`` may tell of a person, and are None once he is forgotten.
    """

    id: UUID
    reason: str
    subject: str
    occurrence: str
    person_id: UUID
    org_unit: str
    template: str
    urgency: Urgency
    route: tuple[str, ...]
    words: Mapping[str, str] | None
    because: Because
    planned_at: datetime
    changed_at: datetime
    expires_at: datetime
    customer_id: UUID | None = None
    purpose: Purpose = Purpose.SERVICE
    event_id: UUID | None = None
    channel: str = UNROUTED
    state: State = State.HELD
    state_reason: str | None = Why.CONTACT_UNKNOWN.value
    state_because: Because | None = None
    held_until: datetime | None = None
    said_on: date | None = None
    digest_id: UUID | None = None
    language: str | None = None
    template_version: int | None = None
    title: str | None = None
    body: str | None = None
    attempts: int = 0
    doubted_at: datetime | None = None
    retry_at: datetime | None = None
    lease_until: datetime | None = None
    receipt: str | None = None
    ask_at: datetime | None = None
    lane: str = NO_CHANNEL
    turn: UUID | None = None
    queued_at: datetime | None = None
    sent_at: datetime | None = None
    version: int = 1

    @classmethod
    def of(cls, intent: Intent, *, id: UUID, now: datetime, waiting: int = 0) -> Self:
        """A message that waits for its recipient to be known, behind ``waiting`` others for him."""
        said = {spec.name: getattr(intent, spec.name) for spec in fields(intent)}
        queued_at = now + waiting * STEP
        return cls(id=id, turn=id, queued_at=queued_at, planned_at=now, changed_at=now, **said)

    @property
    def key(self) -> str:
        """The subject of its events and of its timeline."""
        return f"message/{self.id}"

    @property
    def case(self) -> tuple[str, UUID] | None:
        """Kind and id of the case that it is about, if it is about one."""
        kind, _, found = self.subject.partition("/")
        return (kind, UUID(found)) if kind in CASES else None

    @property
    def in_doubt(self) -> bool:
        """Whether an earlier try may have arrived."""
        return self.doubted_at is not None

    def expired(self, now: datetime) -> bool:
        """Whether saying it now would come too late."""
        return now > self.expires_at

    def release(
        self, template: Template, said: Wording, route: tuple[str, ...], now: datetime
    ) -> None:
        """The recipient is known: keep the words, and the channels that reach him in his order."""
        self._move(Command.RELEASE, now)
        self.language, self.template_version = template.language, template.version
        self.title, self.body = said.title, said.body
        self.channel, self.route = (route[0], route[1:]) if route else (UNROUTED, ())

    def hold(self, why: Why, now: datetime, *, until: datetime, because: Because) -> None:
        """It waits until then, when it is looked at again."""
        self._move(Command.HOLD, now, why, because)
        self.held_until = until

    def collect(self, digest_id: UUID, now: datetime, *, because: Because) -> None:
        """It stands in a digest, and goes the way of that."""
        self._move(Command.HOLD, now, Why.IN_DIGEST, because)
        self.digest_id = digest_id

    def follow(self, digest: "Message", command: Command, now: datetime) -> None:
        """The digest in which it stands came to a state; it comes to the same by ``command``."""
        self._move(command, now, digest.state_reason, digest.state_because)
        self.channel, self.sent_at = digest.channel, digest.sent_at

    def takes(self, command: Command) -> bool:
        """Whether the state of the message takes a command."""
        return command in TRANSITIONS[self.state]

    def lay_out(self, channel: str, now: datetime) -> None:
        """It waits for somebody to carry it, until it has expired."""
        if channel != self.channel:
            self.channel, self.route = channel, self._behind(channel)
        until = self.expires_at + EXPIRED
        self.hold(Why.TO_BE_POSTED, now, until=until, because=self.because)

    @property
    def is_laid_out(self) -> bool:
        """Whether it waits for somebody to carry it."""
        return self.state is State.HELD and self.state_reason == Why.TO_BE_POSTED

    def resume(self, now: datetime) -> None:
        """What had its words before it was held goes on as it was."""
        self._move(Command.RELEASE, now)

    def suppress(self, why: Why, now: datetime, *, because: Because | None = None) -> None:
        """It must not be said."""
        self._move(Command.SUPPRESS, now, why, because)

    def withdraw(self, why: Why, now: datetime, *, because: Because | None = None) -> None:
        """It must not be said any more; whether it was is no longer sure after a doubtful try."""
        if self.in_doubt or self.state is State.SENDING:
            self.doubt(why, now, because=because)
        else:
            self.suppress(why, now, because=because)

    def cancel(self, why: Why, now: datetime, *, because: Because | None = None) -> None:
        """It need not be said any more; whether it was is no longer sure after a doubtful try."""
        if self.state_reason == Why.IN_DIGEST:
            raise WrongState(
                "a message that stands in a digest goes the way of the digest",
                state=self.state.value,
                allowed=[],
            )
        if self.in_doubt and self.state is State.PLANNED:
            self.doubt(why, now, because=because)
        else:
            self._move(Command.CANCEL, now, why, because)

    def claim(self, channel: str, *, lease_until: datetime, now: datetime) -> None:
        """Hand it to ``channel``; whoever claims it has until ``lease_until`` to say what became of
        it. Whoever had it before and never said leaves it in doubt."""
        if self.state is State.SENDING:
            self.doubted_at = self.lease_until
        self._move(Command.CLAIM, now)
        if channel != self.channel:
            self.channel, self.route = channel, self._behind(channel)
        self.attempts += 1
        self.retry_at, self.lease_until = None, lease_until

    def deliver(
        self, now: datetime, *, reached: bool, receipt: str | None = None
    ) -> tuple[CareSent, ...]:
        """The channel took it. A greeting ``reached`` somebody when the channel is one of his own;
        one that only stood in is no care that was given."""
        self._move(Command.DELIVER, now)
        self.sent_at, self.receipt, self.doubted_at = now, receipt, None
        if self.subject.partition("/")[0] not in GREETED or not reached:
            return ()
        return (
            CareSent(
                message_id=self.id,
                contact_id=self.person_id,
                customer_id=self.customer_id,
                occasion=self.reason,
                year=int(self.occurrence),
                sent_at=now,
            ),
        )

    def postpone(
        self, why: str, *, retry_at: datetime, now: datetime, doubted_at: datetime | None = None
    ) -> None:
        """It is tried again at ``retry_at``: the channel could not be reached, or its answer was
        lost before ``doubted_at``."""
        self._move(Command.POSTPONE, now, why)
        self.retry_at, self.doubted_at = retry_at, doubted_at or self.doubted_at

    def fail(self, why: str, now: datetime) -> None:
        """This channel does not get it there."""
        self._move(Command.FAIL, now, why)

    def doubt(self, why: str, now: datetime, *, because: Because | None = None) -> None:
        """It may have arrived or not, and it is not tried again."""
        self._move(Command.DOUBT, now, why, because)

    def confirm(self, now: datetime) -> None:
        """The provider says that it arrived."""
        self._move(Command.CONFIRM, now)
        self.ask_at = None

    def bounce(self, why: str, now: datetime) -> None:
        """The provider took it, and says that it did not arrive."""
        self._move(Command.BOUNCE, now, why)
        self.ask_at = None

    def on(self, channel: str, *, id: UUID, now: datetime) -> "Message":
        """The same message once more, planned for another channel."""
        return replace(
            self,
            id=id,
            channel=channel,
            route=self._behind(channel),
            state=State.PLANNED,
            state_reason=None,
            state_because=None,
            planned_at=now,
            changed_at=now,
            attempts=0,
            doubted_at=None,
            retry_at=None,
            lease_until=None,
            receipt=None,
            ask_at=None,
            sent_at=None,
            version=1,
        )

    def failed_for_good(self) -> MessageFailed:
        """What others are told when no channel is left."""
        return MessageFailed(
            message_id=self.id,
            kind=self.reason,
            person_id=self.person_id,
            channel=self.channel,
            reason=self.state_reason or "",
        )

    def unreached(self) -> tuple[CustomerUnreached, ...]:
        """What complaint is told when a message about a case did not get to its customer."""
        if self.case is None:
            return ()
        kind, case_id = self.case
        return (
            CustomerUnreached(
                message_id=self.id,
                case_kind=kind,
                case_id=case_id,
                message_kind=self.reason,
                reason=self.state_reason or "",
            ),
        )

    def _behind(self, channel: str) -> tuple[str, ...]:
        """What is left of the route once ``channel`` was chosen."""
        return self.route[self.route.index(channel) + 1 :] if channel in self.route else ()

    def _move(
        self,
        command: Command,
        now: datetime,
        why: str | None = None,
        because: Because | None = None,
    ) -> None:
        allowed = TRANSITIONS[self.state]
        if command not in allowed:
            raise WrongState(
                f"a message that is {self.state} takes no {command}",
                state=self.state.value,
                allowed=sorted(one.value for one in allowed),
            )
        self.state, self.state_reason, self.state_because = allowed[command], why, because
        self.changed_at, self.held_until = now, None
