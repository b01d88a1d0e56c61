"""Who comes first in the queue of work (WO-24, KA-21, CL-28, CL-29)."""

from dataclasses import dataclass
from enum import StrEnum

from shared.rules import Ruling

STEPS = 100  # How many places one criterion tells apart.
NOT_PREFERRED = STEPS - 1  # Behind every priority that a grade can give.


class Criterion(StrEnum):
    """By what customers stand before others."""

    KEY_ACCOUNT = "key_account"
    GRADE = "grade"


@dataclass(frozen=True)
class Preference:
    """How a customer stands where work is asked for: whether he is a key account there, and the
    priority that his best grade gives him, the smaller the sooner (None: none)."""

    key_account: bool = False
    grade: int | None = None

    def rank(self, criterion: Criterion) -> int:
        """Where he stands by one criterion alone, from 0 on, the smaller the sooner."""
        if criterion is Criterion.KEY_ACCOUNT:
            return 0 if self.key_account else NOT_PREFERRED
        return NOT_PREFERRED if self.grade is None else min(self.grade, NOT_PREFERRED - 1)


NOBODY = Preference()


@dataclass(frozen=True)
class PriorityRule:
    """By what customers are preferred, the first before the later ones."""

    preferred_by: tuple[Criterion, ...]


def place_in_queue(preference: Preference, rule: Ruling[PriorityRule] | None) -> int:
    """Where an order of a customer stands among all that are open, the smaller the sooner; behind
    everybody who is preferred where no rule holds."""
    criteria = rule.value.preferred_by if rule else ()
    known = preference if rule else NOBODY
    place = 0
    for criterion in criteria or tuple(Criterion):
        place = place * STEPS + known.rank(criterion)
    return place
