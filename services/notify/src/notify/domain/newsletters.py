"""What is sent regularly to those who asked for it: materials, news, offers (CM-02, CM-05)."""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from notify.domain.events import NewsletterMoved
from notify.domain.messages import Purpose, Urgency
from notify.domain.newsletter_states import ISSUE_TRANSITIONS, IssueCommand, IssueState
from notify.domain.occasions import HOME_LANGUAGE
from notify.domain.transitions import after
from shared.rules import Because, Forbidden, Invalid

NEWSLETTER = "newsletter"  # The kind of subject of an issue; the reason of its messages is a topic.


class TopicUnknown(Invalid):
    """No pack of the unit knows newsletters about that."""

    code = "topic_unknown"


class SendsTooEarly(Invalid):
    """An issue would go out in the past."""

    code = "sends_too_early"


class NoSayOnIssue(Forbidden):
    """The pack names other roles for that."""

    code = "no_say"


class OwnIssue(Forbidden):
    """Nobody allows what he wrote himself."""

    code = "own_issue"


@dataclass(frozen=True, kw_only=True)
class NewsletterRule:
    """How a topic is sent (CM-02). ``interval_months`` after an issue the next one is due. One of
    ``approvers`` allows an issue; without any it needs nobody. What is a promotion goes to those
    alone who asked for its topic (CM-18). For ``valid_hours`` a channel that is away is tried."""

    purpose: Purpose
    approvers: tuple[str, ...]
    interval_months: int
    valid_hours: int
    template: str
    urgency: Urgency
    channels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Audience:
    """To whom an issue goes; what is empty leaves nobody out. ``grades`` are written with their
    scheme: ``medical:vip``."""

    kinds: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    key_accounts: bool = False

    def holds(self, facts: Mapping[str, Any]) -> bool:
        """Whether somebody with these facts is among them."""
        if self.key_accounts and not facts["key_account"]:
            return False
        if self.grades and not {*self.grades} & {*facts["grade"]}:
            return False
        return _among(facts["kind"], self.kinds) and _among(facts["size"], self.sizes)


@dataclass(frozen=True, kw_only=True)
class Text:
    """What an issue says in one language."""

    headline: str
    text: str


@dataclass(eq=False, kw_only=True)
class Newsletter:
    """An issue: what it says by BCP 47 tag, to whom in ``org_unit`` and below, and when."""

    id: UUID
    topic: str
    org_unit: str
    audience: Audience
    texts: Mapping[str, Text]
    send_at: datetime
    approvers: tuple[str, ...]
    because: Because
    editor_id: str
    created_at: datetime
    state: IssueState = IssueState.PROPOSED
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    version: int = 1

    @property
    def key(self) -> str:
        """The subject of its events, of its messages and of its timeline."""
        return f"{NEWSLETTER}/{self.id}"

    def in_language(self, language: str) -> Text:
        """What it says in ``language``, else in its main language, else in HOME_LANGUAGE."""
        main = language.partition("-")[0]
        near = (one for one in self.texts if one.partition("-")[0] == main)
        return self.texts[language if language in self.texts else next(near, HOME_LANGUAGE)]

    def opened(self) -> NewsletterMoved:
        """What is told when it is written; one that nobody has to allow is approved at once."""
        if not self.approvers:
            self.state = IssueState.APPROVED
        return self.told()

    def decide(
        self,
        command: IssueCommand,
        *,
        by: str,
        roles: Collection[str],
        reason: str | None,
        now: datetime,
    ) -> NewsletterMoved:
        """Allow it or decline it. Raises WrongState, NoSayOnIssue, OwnIssue."""
        state = after(ISSUE_TRANSITIONS, self.state, command)
        if not {*self.approvers} & {*roles}:
            raise NoSayOnIssue("The pack names other roles.", allowed=list(self.approvers))
        if by == self.editor_id:
            raise OwnIssue("Nobody decides on what he wrote himself.")
        self.state, self.decided_by, self.decided_at, self.reason = state, by, now, reason
        return self.told()

    def move(self, command: IssueCommand) -> NewsletterMoved:
        """Withdraw it, or what its time brings. Raises WrongState."""
        self.state = after(ISSUE_TRANSITIONS, self.state, command)
        return self.told()

    def told(self) -> NewsletterMoved:
        """What is told of it."""
        return NewsletterMoved(
            newsletter_id=self.id,
            org_unit=self.org_unit,
            topic=self.topic,
            send_at=self.send_at,
            state=self.state,
            editor_id=UUID(self.editor_id),
        )


def months_later(at: datetime, months: int) -> datetime:
    """The same clock ``months`` later, on the last day of a month that is too short."""
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    day = date(year, month + 1, min(at.day, monthrange(year, month + 1)[1]))
    return datetime.combine(day, at.timetz())


def _among(value: str | None, wanted: Collection[str]) -> bool:
    return not wanted or value in wanted
