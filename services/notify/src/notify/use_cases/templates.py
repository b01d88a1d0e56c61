"""Change the words of messages."""

from dataclasses import dataclass

from notify.adapters import templates
from notify.adapters.transaction import NotifyTransaction
from notify.domain.sms_lengths import SmsLength, measured, signed
from notify.domain.template_words import SAMPLES
from notify.domain.templates import Template, Wording, check, check_phrases, render


def add_template(tx: NotifyTransaction, *, code: str, language: str, wording: Wording) -> Template:
    """Add a version that holds from now on. Raises TemplateInvalid, PhraseBanned."""
    check(code, wording)
    check_phrases(wording, tx.banned_of_company())
    added = templates.add(tx, code=code, language=language, wording=wording)
    tx.record("template.added", f"template/{code}/{language}", version=added.version)
    return added


@dataclass(frozen=True)
class SmsPreview:
    """How long a body is as a short message with the name of the firm before it. ``most`` is how
    many segments the packs of the topmost units allow, the fewest of them; None is any number."""

    length: SmsLength
    most: int | None

    @property
    def fits(self) -> bool:
        """Whether it may go out as a short message."""
        return self.most is None or self.length.segments <= self.most


@dataclass(frozen=True)
class Preview:
    """Words with sample values put in."""

    wording: Wording
    sms: SmsPreview


def preview_wording(tx: NotifyTransaction, *, code: str, wording: Wording) -> Preview:
    """``wording`` with sample values, as it would be sent. Raises TemplateInvalid, PhraseBanned."""
    check(code, wording)
    check_phrases(wording, tx.banned_of_company())
    shown = render(wording, SAMPLES)
    limits = tx.sms_limits_of_company()
    text = signed(shown.body, max(limits, key=lambda one: one.signature)) if limits else shown.body
    most = min((one.segments for one in limits), default=None)
    return Preview(shown, SmsPreview(measured(text), most))
