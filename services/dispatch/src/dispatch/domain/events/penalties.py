"""Penalties for broken rules on work orders and books, from the proposal to the ledger."""

from dataclasses import dataclass
from typing import ClassVar

from shared import penalties


@dataclass(frozen=True, kw_only=True)
class PenaltyProposed(penalties.PenaltyProposed):
    """Somebody is to pay for a breach, if it is confirmed (ST-30)."""

    type: ClassVar[str] = "dispatch.penalty_proposed.v1"


@dataclass(frozen=True, kw_only=True)
class PenaltyConfirmed(penalties.PenaltyConfirmed):
    """The amount was decided (ST-32)."""

    type: ClassVar[str] = "dispatch.penalty_confirmed.v1"


@dataclass(frozen=True, kw_only=True)
class PenaltyWaived(penalties.PenaltyWaived):
    """It was decided that nothing is due."""

    type: ClassVar[str] = "dispatch.penalty_waived.v1"


@dataclass(frozen=True, kw_only=True)
class PenaltyPosted(penalties.PenaltyPosted):
    """The amount stands in the ledger of the month (E-39, RP-15)."""

    type: ClassVar[str] = "dispatch.penalty_posted.v1"


@dataclass(frozen=True, kw_only=True)
class PenaltyWithdrawn(penalties.PenaltyWithdrawn):
    """What it was for turned out to be no breach, or another number of lost pages (WO-19)."""

    type: ClassVar[str] = "dispatch.penalty_withdrawn.v1"
