"""What broken rules on work orders and their books cost (WO-09, WO-11, WO-13, WO-16, WO-19, WO-22,
ST-30)."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from dispatch.domain.breaches import Breach, BreachRule
from dispatch.domain.events import penalties as events
from shared import penalties
from shared.penalties import PenaltyEvents, PenaltyRule
from shared.rules import Ruling


@dataclass(frozen=True)
class Manager:
    """Who decides on penalties or posts them, and the unit below which he sees them."""

    id: UUID
    roles: frozenset[str]
    unit: str


@dataclass(eq=False, kw_only=True)
class Penalty(penalties.Penalty):
    """A penalty of this service."""

    events: ClassVar[PenaltyEvents] = PenaltyEvents(
        proposed=events.PenaltyProposed,
        confirmed=events.PenaltyConfirmed,
        waived=events.PenaltyWaived,
        posted=events.PenaltyPosted,
        withdrawn=events.PenaltyWithdrawn,
    )


def priced(rule: Ruling[BreachRule]) -> Ruling[PenaltyRule]:
    """What the clause of a breach takes off the pay."""
    value = rule.value
    costs = PenaltyRule(code=value.code, lowest=value.amount, highest=value.amount, per=value.per)
    return Ruling(costs, rule.because)


def penalised(breach: Breach, *, on: date) -> penalties.Breach:
    """What is penalised once: a breach of an order or a book, on a local day of its unit, which
    says in the ledger of which month it stands (WO-22)."""
    return penalties.Breach(breach.because.rule, breach.code, breach.about, breach.person_id, on)
