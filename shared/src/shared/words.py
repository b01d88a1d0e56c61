"""The words of a paper in each language; what has none is shown as the code that it is.

They stand beside whoever makes the paper, in files ``words.<language>.yaml``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

LANGUAGES = ("zh-CN", "en")


@dataclass(frozen=True)
class Words:
    """The words of one language."""

    language: str
    known: Mapping[str, str]

    def __call__(self, code: str) -> str:
        """The word for a code, or the code itself."""
        return self.known.get(code, code)


@cache
def words_of(package: str, language: str) -> Words:
    """The words of a package in one of its languages."""
    text = (files(package) / f"words.{language}.yaml").read_text(encoding="utf-8")
    return Words(language, yaml.safe_load(text))
