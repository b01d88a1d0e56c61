"""What a breach costs: the section ``penalties`` of a pack (ST-30..ST-32)."""

from dataclasses import dataclass
from enum import StrEnum

from shared import penalties


class Liable(StrEnum):
    """Whose penalty it is when nobody names the person: the one who handles, or all of those who
    were to act."""

    HANDLER = "handler"
    OWNERS = "owners"


@dataclass(frozen=True)
class Trigger:
    """Which missed step proposes the penalty by itself: that of ``clock``, and of its soft rules
    only with ``soft`` (K-05)."""

    clock: str
    soft: bool

    def answers(self, clock: str, *, hard: bool) -> bool:
        """Whether a deadline of ``clock`` that passed is meant."""
        return clock == self.clock and (hard or self.soft)


@dataclass(frozen=True, kw_only=True)
class PenaltyRule(penalties.PenaltyRule):
    """A penalty, and whose it is. Without a ``trigger`` it is proposed by hand alone."""

    liable: Liable
    trigger: Trigger | None = None
