"""What a member of the staff signs before he handles what customers entrust to us (CF-12)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from customer.domain.cadence import add_months
from shared.rules import Forbidden, Invalid


class SecrecyNotAcknowledged(Forbidden):
    """The caller has not signed the duty of secrecy that holds for his unit (CF-12)."""

    code = "secrecy_not_acknowledged"


class WordingOutdated(Invalid):
    """Another wording is to be signed."""

    code = "wording_outdated"


@dataclass(frozen=True)
class SecrecyDuty:
    """Which wording is signed, and after how many months anew."""

    wording: str
    renew_months: int


@dataclass(eq=False, kw_only=True)
class SecrecyAcknowledgement:
    """A person of ``unit`` said on a day that he keeps customer information safe."""

    id: UUID
    person_id: str
    unit: str
    wording: str
    signed_on: date
    signed_at: datetime

    def holds(self, duty: SecrecyDuty, *, on: date) -> bool:
        """Whether it still counts; it ends on the day by which it is renewed."""
        return self.wording == duty.wording and on < add_months(self.signed_on, duty.renew_months)
