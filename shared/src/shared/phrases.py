"""Phrases that nobody may say to a customer, and whether a text has one (SC-20..SC-23, K-24).

Texts are compared without width, case, blanks and punctuation.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

GAP = "*"  # In a phrase: up to GAP_LENGTH characters that may be anything.
GAP_LENGTH = 20
_SENTENCE_END = re.compile(r"[。!?;:…\n]")


@dataclass(frozen=True, kw_only=True)
class BannedPhrase:
    """A phrase, with ``*`` for what may stand between its parts.

    ``opening``: it is banned where a sentence begins with it, and harmless elsewhere. A text that
    also says one of ``unless`` may say it.
    """

    phrase: str
    opening: bool = False
    unless: tuple[str, ...] = ()

    def stands_in(self, text: str, *, excusable: bool = True) -> bool:
        """Whether ``text`` says what it may not; where that is not ``excusable``, ``unless`` is no
        excuse."""
        whole = _squeezed(text)
        if excusable and any(_squeezed(one) in whole for one in self.unless):
            return False
        if self.opening:
            return any(self._pattern.match(one) for one in _sentences(text))
        return bool(self._pattern.search(whole))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = (re.escape(_squeezed(part)) for part in self.phrase.split(GAP))
        return re.compile(f".{{0,{GAP_LENGTH}}}".join(parts))


def _sentences(text: str) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(unicodedata.normalize("NFKC", text)):
        yield _squeezed(sentence)


def _squeezed(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in folded if one.isalnum())
