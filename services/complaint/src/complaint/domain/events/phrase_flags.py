"""What is told of phrases that nobody may say to a customer."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class PhraseFlagged:
    """By his own record somebody told a customer what nobody may say (SC-23). ``phrase`` is the
    pattern of the pack, not what was said."""

    type: ClassVar[str] = "complaint.phrase_flagged.v1"
    subject: ClassVar[str] = "phrase_flag/{flag_id}"

    flag_id: UUID
    org_unit: str
    about: str
    text: str
    person_id: UUID
    phrase: str
    supervisor_ids: tuple[UUID, ...]
    because: Because
