"""What is left of a person who asked to be erased, and why (PIPL 47)."""

from dataclasses import dataclass

from shared.rules import Invalid

ERASED = "erased"  # Stands where a name or a number may not be empty.


class NotAPerson(Invalid):
    """The customer is no person; erase his contacts one by one."""

    code = "not_a_person"


@dataclass(frozen=True)
class Kept:
    """Records that stay, and the reason; they name the person by his id alone."""

    records: str
    reason: str


@dataclass(frozen=True)
class Erasure:
    """What became of a request: how many contacts were erased, whether the file was, what stays."""

    contacts: int
    file: bool
    kept: tuple[Kept, ...]


KEPT = (
    Kept("consents and disclosures", "They prove that others were told lawfully."),
    Kept("audit and timeline", "They account for who handled the data; they hold ids alone."),
    Kept("visits, work orders and complaints", "Days and persons in charge stay, words do not."),
    Kept("grades and blacklist entries", "Decisions that bind us until they end, with reasons."),
)
