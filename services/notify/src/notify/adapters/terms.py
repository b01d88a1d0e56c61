"""Words for codes that messages to customers show, one file a language in ``policy/terms``."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from notify.adapters.templates import HOME_LANGUAGE
from shared.placeholders import filled
from shared.policy.builtin import read_yaml

STEP = "step"  # How one step of the way ahead is told.


@cache
def terms() -> Mapping[str, Mapping[str, str]]:
    """The words for codes by language."""
    return {
        file.name.removesuffix(".yaml"): read_yaml(file.read_bytes(), source=file.name)
        for file in (files("notify") / "policy" / "terms").iterdir()
    }


def listed(steps: str, language: str) -> str:
    """``investigation=24,solution=48`` as lines in ``language``, else in the home language; a step
    without a word of its own keeps its code."""
    known = terms().get(language, terms()[HOME_LANGUAGE])
    parts = (step.partition("=") for step in steps.split(","))
    return "\n".join(
        filled(known[STEP], {"step": known.get(code, code), "hours": hours})
        for code, _, hours in parts
    )
