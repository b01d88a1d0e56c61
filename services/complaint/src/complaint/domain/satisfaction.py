"""What the complainant says of the result and what it means (CP-22, CP-28..CP-31, K-07, K-08)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.rules import Because, Invalid, Ruling


class Method(StrEnum):
    """How the complainant was asked."""

    TELEPHONE = "telephone"
    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"
    NETWORK_PLATFORM = "network_platform"
    IN_PERSON = "in_person"


@dataclass(frozen=True)
class Choice:
    """One answer of a scale: what it means, and its value from 0 (worst) to 100 (best)."""

    meaning: str
    normalised: int


@dataclass(frozen=True)
class Scale:
    """The answers that can be given. Codes of different scales are never compared (K-08)."""

    id: str
    choices: Mapping[int, Choice]

    def choice(self, code: int) -> Choice:
        """What ``code`` means. Raises AnswerUnknown."""
        if code not in self.choices:
            raise AnswerUnknown(f"{self.id} has no answer {code}.", allowed=sorted(self.choices))
        return self.choices[code]


@dataclass(frozen=True)
class Verdict:
    """Whether an answer completes the complaint (CP-29) or sends it up (CP-30)."""

    accepted: bool


@dataclass(frozen=True)
class Answer:
    """What the complainant answered, who asked him when and how, and the evidence of it (CP-28).

    ``code`` is raw and only has a meaning together with ``scale``; compare ``normalised``.
    """

    scale: str
    code: int
    normalised: int
    accepted: bool
    because: Because
    asked_by: UUID
    asked_at: datetime
    method: Method
    evidence: str


class AnswerUnknown(Invalid):
    """The scale has no such answer."""

    code = "answer_unknown"


def judge(
    code: int,
    *,
    scale: Scale,
    verdict: Ruling[Verdict],
    asked_by: UUID,
    asked_at: datetime,
    method: Method,
    evidence: str,
) -> Answer:
    """Weigh the answer ``code`` by the scale and the closure rule of the pack.

    Raises AnswerUnknown.
    """
    return Answer(
        scale=scale.id,
        code=code,
        normalised=scale.choice(code).normalised,
        accepted=verdict.value.accepted,
        because=verdict.because,
        asked_by=asked_by,
        asked_at=asked_at,
        method=method,
        evidence=evidence,
    )
