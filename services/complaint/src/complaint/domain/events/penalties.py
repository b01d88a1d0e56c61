"""Penalties, from the proposal to the ledger. Evidence and reasons are not told."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class OfPenalty:
    """Every event here is of one penalty, in the order of the events of that penalty. ``about`` is
    the case in which the breach lies (``complaint/{id}``); amounts are CNY."""

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

    type: ClassVar[str] = "complaint.penalty_proposed.v1"

    lowest: Decimal
    highest: Decimal
    occurred_on: date


@dataclass(frozen=True, kw_only=True)
class PenaltyWithdrawn(OfPenalty):
    """The due time moved, so that nothing was missed."""

    type: ClassVar[str] = "complaint.penalty_withdrawn.v1"


@dataclass(frozen=True, kw_only=True)
class PenaltyConfirmed(OfPenalty):
    """The amount was decided (ST-32)."""

    type: ClassVar[str] = "complaint.penalty_confirmed.v1"

    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class PenaltyWaived(OfPenalty):
    """It was decided that nothing is due."""

    type: ClassVar[str] = "complaint.penalty_waived.v1"


@dataclass(frozen=True, kw_only=True)
class PenaltyPosted(OfPenalty):
    """The amount stands in the ledger of the month (E-39, RP-15)."""

    type: ClassVar[str] = "complaint.penalty_posted.v1"

    month: str
    amount: Decimal
