"""What was recorded as told to a customer and nobody may say to one (SC-20..SC-23, K-24)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from complaint.domain.events.phrase_flags import PhraseFlagged
from complaint.domain.staff import Role
from shared.phrases import BannedPhrase
from shared.rules import Because, Ruling


class RecordedText(StrEnum):
    """Which record says what the customer was told."""

    RESULT = "result"
    PROGRESS = "progress"
    PROCESS = "process"
    ANSWER = "answer"
    CALL = "call"


@dataclass(frozen=True)
class FlagRule:
    """Which roles hear what their staff told a customer, where it has no superior."""

    supervisors: tuple[Role, ...]


@dataclass(eq=False, kw_only=True)
class PhraseFlag:
    """A phrase of the packs that somebody told a customer, by his own record. ``about`` is the case
    or the call; the words themselves stand there alone."""

    id: UUID
    org_unit: str
    about: str
    text: RecordedText
    person_id: UUID
    phrase: str
    because: Because
    flagged_at: datetime

    def flagged(self, supervisor_ids: tuple[UUID, ...]) -> PhraseFlagged:
        """What is told of it."""
        return PhraseFlagged(
            flag_id=self.id,
            org_unit=self.org_unit,
            about=self.about,
            text=self.text,
            person_id=self.person_id,
            phrase=self.phrase,
            supervisor_ids=supervisor_ids,
            because=self.because,
        )


def offences(
    said: str, banned: Sequence[Ruling[BannedPhrase]], *, excusable: bool
) -> list[Ruling[BannedPhrase]]:
    """Which of the phrases ``said`` has. A customer may be guided to a colleague by whoever has the
    call for it as his own task: then it is ``excusable`` (K-24)."""
    return [one for one in banned if one.value.stands_in(said, excusable=excusable)]
