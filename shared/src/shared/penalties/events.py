"""What is told of penalties, from the proposal to the ledger; evidence and reasons are not.

A service gives each of them a type of its own.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar, NamedTuple
from uuid import UUID

from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class OfPenalty:
    """Every event here is of one penalty, in the order of the events of that penalty. ``about`` is
    what the breach lies in (``complaint/{id}``); amounts are CNY."""

    type: ClassVar[str]
    subject: ClassVar[str] = "penalty/{penalty_id}"

    penalty_id: UUID
    org_unit: str
    about: str
    person_id: UUID
    code: str
    because: Because


@dataclass(frozen=True, kw_only=True)
class PenaltyProposed(OfPenalty):
    """Somebody is to pay for a breach, if it is confirmed (ST-30)."""

    lowest: Decimal
    highest: Decimal
    occurred_on: date


@dataclass(frozen=True, kw_only=True)
class PenaltyWithdrawn(OfPenalty):
    """Nothing was missed after all, or another number of times: the due time moved, or it was
    learned what was kept."""


@dataclass(frozen=True, kw_only=True)
class PenaltyConfirmed(OfPenalty):
    """The amount was decided (ST-32)."""

    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class PenaltyWaived(OfPenalty):
    """It was decided that nothing is due."""


@dataclass(frozen=True, kw_only=True)
class PenaltyPosted(OfPenalty):
    """The amount stands in the ledger of the month (E-39, RP-15)."""

    month: str
    amount: Decimal


class PenaltyEvents(NamedTuple):
    """The events of one service; where nothing that was broken is undone, none is withdrawn."""

    proposed: type[PenaltyProposed]
    confirmed: type[PenaltyConfirmed]
    waived: type[PenaltyWaived]
    posted: type[PenaltyPosted]
    withdrawn: type[PenaltyWithdrawn] | None = None
