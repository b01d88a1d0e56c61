"""Texts with gaps that are filled in: message templates, call scripts.

A placeholder is ``{word}`` and nothing else: no attributes, no formats, no expressions, and no
brace anywhere else. A value is put in as it is, once; what looks like a placeholder in it stays.

Pure: the standard library only.
"""

import re
import unicodedata
from collections.abc import Mapping

VALUE_LENGTH = 200
PASSAGE_LENGTH = 4000
LINE_BREAKS = ("Cc", "Cf", "Zl", "Zp")  # Unicode categories of control and line characters.
_PLACEHOLDER = re.compile(r"\{([a-z][a-z_]{0,39})\}")


def placeholders(text: str) -> frozenset[str]:
    """The words for which ``text`` has placeholders."""
    return frozenset(_PLACEHOLDER.findall(text))


def has_stray_brace(text: str) -> bool:
    """Whether a brace stands in ``text`` that belongs to no placeholder."""
    rest = _PLACEHOLDER.sub("", text)
    return "{" in rest or "}" in rest


def filled(text: str, words: Mapping[str, str], *, passages: frozenset[str] = frozenset()) -> str:
    """``text`` with ``words`` put in; those that ``passages`` names keep their lines and may be
    long. Raises KeyError for a word that is not there."""

    def put(found: re.Match[str]) -> str:
        word = found[1]
        return _passage(words[word]) if word in passages else _clean(words[word])

    return _PLACEHOLDER.sub(put, text)


def _passage(value: str) -> str:
    """Lines of at most PASSAGE_LENGTH characters together, without other control characters."""
    safe = "".join(
        " " if one != "\n" and unicodedata.category(one) in LINE_BREAKS else one for one in value
    )
    return safe[:PASSAGE_LENGTH]


def _clean(value: str) -> str:
    """One line of at most VALUE_LENGTH characters, so that a name cannot break out of its line."""
    safe = "".join(" " if unicodedata.category(one) in LINE_BREAKS else one for one in value)
    return safe[:VALUE_LENGTH]
