"""What staff says on the telephone: the sections ``scripts`` and ``conduct`` of a pack
(SC-00..SC-15, SC-24)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shared.placeholders import filled, placeholders
from shared.rules import Invalid, NotFound, Ruling


class Direction(StrEnum):
    """Who calls: the customer (incoming), or staff."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class Situation(StrEnum):
    """What a call has come to."""

    GREETING = "greeting"
    QUESTION = "question"
    SOLVABLE_AT_ONCE = "solvable_at_once"
    GUIDE_TO_SOLVER = "guide_to_solver"
    NO_ANSWER_NOW = "no_answer_now"
    OTHER_DEPARTMENT = "other_department"
    REPORT_NEEDED = "report_needed"
    PURPOSE = "purpose"
    PAYMENT_REMINDER = "payment_reminder"
    INFORMATION = "information"
    PROGRESS = "progress"
    COMPLETED = "completed"
    END = "end"


@dataclass(frozen=True, kw_only=True)
class Script:
    """What is said in one situation of a call; ``step`` is its place in the call."""

    code: str
    direction: Direction
    step: int
    situation: Situation
    text: str

    @property
    def placeholders(self) -> list[str]:
        """The words that have to be known before it can be said."""
        return sorted(placeholders(self.text))


@dataclass(frozen=True)
class Conduct:
    """How to behave on every call (SC-00)."""

    text: str


class ScriptVariablesUnfit(Invalid):
    """Words that the script needs are missing, or there are others that it has no use for."""

    code = "script_variables_unfit"


def fitting(
    scripts: Iterable[Ruling[Script]],
    *,
    direction: Direction | None = None,
    situation: Situation | None = None,
) -> list[Ruling[Script]]:
    """Those of that direction and situation, in the order in which a call goes."""
    found = [
        one
        for one in scripts
        if direction in (None, one.value.direction) and situation in (None, one.value.situation)
    ]
    return sorted(found, key=lambda one: (one.value.direction, one.value.step))


def named(scripts: Iterable[Ruling[Script]], code: str) -> Ruling[Script]:
    """The script of that code. Raises NotFound."""
    for one in scripts:
        if one.value.code == code:
            return one
    raise NotFound("There is no such script.")


def spoken(script: Ruling[Script], words: Mapping[str, str]) -> str:
    """What is to be said, with ``words`` put in. Raises ScriptVariablesUnfit, which names each."""
    wanted = set(script.value.placeholders)
    errors = {
        **{word: ["This script needs it."] for word in sorted(wanted - words.keys())},
        **{word: ["This script has no use for it."] for word in sorted(words.keys() - wanted)},
    }
    if errors:
        raise ScriptVariablesUnfit(
            "These are not the words of the script.", because=script.because, errors=errors
        )
    return filled(script.value.text, words)
