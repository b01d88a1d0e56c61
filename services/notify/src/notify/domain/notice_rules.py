"""What packs say about who is told what, and how."""

from dataclasses import dataclass

from notify.domain.messages import Purpose, Urgency


@dataclass(frozen=True, kw_only=True)
class NoticeRule:
    """Whom of an event's audiences to tell, in which words, over which channels.

    ``valid_hours`` after the event it is no longer worth saying; until then a channel that is away
    is tried again. ``purpose`` says whether a barred customer goes without it (CM-18). ``cancels``
    are the reasons that it overtakes: what still waits to be said about the subject for one of
    them is not said any more.
    """

    reason: str
    audience: tuple[str, ...]
    template: str
    urgency: Urgency
    channels: tuple[str, ...]
    valid_hours: int
    purpose: Purpose = Purpose.SERVICE
    cancels: tuple[str, ...] = ()


@dataclass(frozen=True)
class SmsValue:
    """What stands for a parameter of the provider's template."""

    parameter: str
    word: str


@dataclass(frozen=True, kw_only=True)
class SmsTemplateRule:
    """The template that the provider of short messages has on file for one of ours, and what stands
    for its parameters, in the provider's order."""

    code: str
    values: tuple[SmsValue, ...]
