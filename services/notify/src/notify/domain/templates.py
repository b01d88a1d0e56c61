"""Message texts: what they may say, and how names and times are put in.

How placeholders are written and filled in stands in ``shared.placeholders``.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from notify.domain.template_words import PASSAGES, TEMPLATES
from shared.phrases import BannedPhrase
from shared.placeholders import LINE_BREAKS, filled, has_stray_brace, placeholders
from shared.rules import Invalid, Ruling

Phrases = Sequence[Ruling[BannedPhrase]]

TITLE_LENGTH = 120
BODY_LENGTH = 2000


class TemplateInvalid(Invalid):
    """The text holds a placeholder that its kind does not have, a stray brace, or is too long."""

    code = "template_invalid"


class PlaceholderUnknown(TemplateInvalid):
    """The text has placeholders for words that the events of this kind of message do not supply;
    the problem names them and those that there are."""

    code = "placeholder_unknown"


class PhraseBanned(Invalid):
    """The text says what nobody may say to a customer (SC-20..SC-22)."""

    code = "phrase_banned"


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A title, which is one line, and a body."""

    title: str
    body: str

    def offences(self, banned: Phrases) -> list[Ruling[BannedPhrase]]:
        """Which of the banned phrases it says."""
        texts = (self.title, self.body)
        return [one for one in banned if any(one.value.stands_in(text) for text in texts)]


@dataclass(frozen=True, kw_only=True)
class Template:
    """One version of the words for one kind of message in one language.

    Version 0 comes with the service; those that an administrator adds count from 1.
    """

    code: str
    language: str
    version: int
    wording: Wording


def check(code: str, wording: Wording) -> None:
    """Raises TemplateInvalid, naming each fault by field, and PlaceholderUnknown."""
    allowed = TEMPLATES.get(code, frozenset())
    faults = {
        "title": [*_faults(wording.title, allowed, TITLE_LENGTH), *_line_faults(wording.title)],
        "body": _faults(wording.body, allowed, BODY_LENGTH),
    }
    errors = {field: said for field, said in faults.items() if said}
    if code not in TEMPLATES:
        errors["code"] = ["There is no such kind of message."]
    unknown = sorted(placeholders(wording.title + wording.body) - allowed)
    if unknown and code in TEMPLATES:
        raise PlaceholderUnknown(
            "Some words are not to be had here.",
            errors=errors,
            placeholders=unknown,
            offered=sorted(allowed),
        )
    if errors:
        raise TemplateInvalid("The template cannot be used.", errors=errors)


def check_phrases(wording: Wording, banned: Phrases) -> None:
    """Raises PhraseBanned, naming by field each phrase and its rule (SC-23)."""
    found = wording.offences(banned)
    if found:
        texts = {"title": wording.title, "body": wording.body}
        said = {
            field: [
                f"{one.because.rule}: {one.value.phrase}"
                for one in found
                if one.value.stands_in(text)
            ]
            for field, text in texts.items()
        }
        errors = {field: phrases for field, phrases in said.items() if phrases}
        raise PhraseBanned(
            "This may not be said to a customer.", because=found[0].because, errors=errors
        )


def render(wording: Wording, words: Mapping[str, str]) -> Wording:
    """``wording`` with ``words`` put in. Raises KeyError for a word that is not there."""
    body = filled(wording.body, words, passages=PASSAGES)
    return Wording(title=filled(wording.title, words), body=body)


def _faults(text: str, allowed: frozenset[str], most: int) -> list[str]:
    said = []
    if not text.strip() or len(text) > most:
        said.append(f"Between 1 and {most} characters.")
    unknown = sorted(placeholders(text) - allowed)
    if unknown:
        said.append(f"Not to be had here: {', '.join(unknown)}.")
    if has_stray_brace(text):
        said.append("A brace that belongs to no placeholder.")
    return said


def _line_faults(title: str) -> list[str]:
    broken = any(unicodedata.category(one) in LINE_BREAKS for one in title)
    return ["A title is one line."] if broken else []
