"""The words of the printed form in each language; what has none is printed as the code that it
is."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from dispatch.domain.prints import Language


@cache
def words_of(language: Language) -> Mapping[str, str]:
    """The words of one language, by name of a field or code."""
    text = (files(__package__) / f"words.{language}.yaml").read_text(encoding="utf-8")
    known: dict[str, str] = yaml.safe_load(text)
    return known
