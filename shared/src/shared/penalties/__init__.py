"""What a breach of the rules costs: proposed, decided upon, posted into the ledger of its month
(ST-30, ST-32, RP-15).

These modules are pure. ``shared.penalty_ledger`` keeps penalties and leads them on,
``shared.web.penalties`` serves them. A service says which breaches it sees, and names its events.
"""

from shared.penalties.events import (
    OfPenalty,
    PenaltyConfirmed,
    PenaltyEvents,
    PenaltyPosted,
    PenaltyProposed,
    PenaltyWaived,
    PenaltyWithdrawn,
)
from shared.penalties.penalty import Breach, Decider, Penalty
from shared.penalties.rules import PenaltyRoles, PenaltyRule, Per
from shared.penalties.states import PenaltyCommand, PenaltyState

__all__ = [
    "Breach",
    "Decider",
    "OfPenalty",
    "Penalty",
    "PenaltyCommand",
    "PenaltyConfirmed",
    "PenaltyEvents",
    "PenaltyPosted",
    "PenaltyProposed",
    "PenaltyRoles",
    "PenaltyRule",
    "PenaltyState",
    "PenaltyWaived",
    "PenaltyWithdrawn",
    "Per",
]
