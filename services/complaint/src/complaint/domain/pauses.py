"""A complaint stands still for a reason, and never without an end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from shared.rules import Invalid, RuleBroken, Ruling


class PauseReason(StrEnum):
    """Why nothing can be done now; packs say which are allowed and which clocks heed them."""

    WAITING_FOR_CUSTOMER = "waiting_for_customer"
    WAITING_FOR_SUPPLIER = "waiting_for_supplier"
    EXPERT_REPORT = "expert_report"
    FORCE_MAJEURE = "force_majeure"


class PauseEnd(StrEnum):
    """What ended a pause."""

    TIME_UP = "time_up"
    RESUMED = "resumed"
    CUSTOMER_SPOKE = "customer_spoke"
    WORK_WENT_ON = "work_went_on"


@dataclass(frozen=True)
class PauseRule:
    """For this reason a complaint may stand still so many days (of 24 hours) at once."""

    reason: PauseReason
    longest_days: int


@dataclass(eq=False, kw_only=True)
class Pause:
    """One pause, begun at the ``stage`` of a case. ``until`` is when it ends at the latest,
    ``ended_at`` when it did."""

    id: UUID
    reason: PauseReason
    note: str
    by: UUID
    stage: str
    began_at: datetime
    until: datetime
    ended_at: datetime | None = None
    ended_by: PauseEnd | None = None

    def end(self, at: datetime, by: PauseEnd) -> None:
        """The pause is over, at ``at`` but neither before it began nor after its time was up."""
        self.ended_at, self.ended_by = max(self.began_at, min(at, self.until)), by


class PauseNotAllowed(Invalid):
    """No pack that the unit follows lets a complaint stand still for this reason."""

    code = "pause_not_allowed"


class PauseTooLong(Invalid):
    """The pack allows a shorter pause for this reason."""

    code = "pause_too_long"


class PauseEndInPast(Invalid):
    """A pause ends after it began."""

    code = "pause_end_in_past"


class AlreadyPaused(RuleBroken):
    """The complaint stands still already."""

    code = "already_paused"


class NotPaused(RuleBroken):
    """The complaint does not stand still."""

    code = "not_paused"


def check_length(until: datetime, *, now: datetime, rule: Ruling[PauseRule]) -> None:
    """Raises PauseEndInPast, PauseTooLong."""
    if until <= now:
        raise PauseEndInPast("The pause would end before it begins.")
    longest = now + timedelta(days=rule.value.longest_days)
    if until > longest:
        raise PauseTooLong(
            f"At most {rule.value.longest_days} days at once.",
            because=rule.because,
            latest=longest.isoformat(),
        )
