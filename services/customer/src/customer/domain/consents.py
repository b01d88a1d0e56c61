"""What a customer allowed to be told to a third party, and what was told (CF-09, F-42)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from customer.domain.events.consents import ConsentGiven, ConsentWithdrawn, Disclosed
from shared.rules import Because, Forbidden, Invalid, WrongState


class Item(StrEnum):
    """What of a customer's file can be told to others."""

    NUMBER = "number"
    NAME = "name"
    KIND = "kind"
    INDUSTRY = "industry"
    ANNUAL_AMOUNT = "annual_amount"
    ORG_UNIT = "org_unit"
    SINCE = "since"
    CONTACT_NAME = "contact_name"
    PHONE = "phone"
    EMAIL = "email"
    BIRTHDAY = "birthday"


class Channel(StrEnum):
    """How a consent reached us; it is always in writing."""

    PAPER = "paper"
    EMAIL = "email"
    PORTAL = "portal"


class ConsentMissing(Forbidden):
    """Neither a consent that holds nor a legal basis allows the disclosure (CF-09)."""

    code = "consent_missing"


class PeriodEmpty(Invalid):
    """A consent would end before it begins."""

    code = "period_empty"


class ConsentAlreadyWithdrawn(WrongState):
    """The consent was withdrawn before."""

    code = "consent_withdrawn"


@dataclass(eq=False, kw_only=True)
class Consent:
    """A written consent of a customer: ``third_party`` may be told what ``scope`` names for
    ``purpose``, on the days from ``valid_from`` to ``valid_until`` (both included, local dates of
    the customer's unit; without an end until it is withdrawn). ``form`` is where the signed paper
    is filed, ``wording`` the version of the text that was signed."""

    id: UUID
    customer_id: UUID
    third_party: str
    purpose: str
    scope: tuple[Item, ...]
    valid_from: date
    valid_until: date | None
    form: str
    wording: str
    channel: Channel
    given_at: datetime
    recorded_at: datetime
    withdrawn_at: datetime | None = None
    version: int = 1

    def given(self, *, org_unit: str) -> ConsentGiven:
        """What is told of a new consent. Raises PeriodEmpty."""
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise PeriodEmpty("The consent would end before it begins.")
        return ConsentGiven(
            consent_id=self.id,
            customer_id=self.customer_id,
            org_unit=org_unit,
            scope=self.scope,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
        )

    def withdraw(self, *, now: datetime, org_unit: str) -> ConsentWithdrawn:
        """End the consent at once. Raises ConsentAlreadyWithdrawn."""
        if self.withdrawn_at is not None:
            raise ConsentAlreadyWithdrawn("The consent was withdrawn before.")
        self.withdrawn_at = now
        return ConsentWithdrawn(consent_id=self.id, customer_id=self.customer_id, org_unit=org_unit)

    def holds(self, *, on: date) -> bool:
        """Whether the consent allows anything on that day."""
        begun, over = self.valid_from <= on, self.valid_until is not None and self.valid_until < on
        return self.withdrawn_at is None and begun and not over

    def check(self, *, recipient: str, purpose: str, items: Iterable[Item], on: date) -> None:
        """Raise ConsentMissing unless this consent allows to tell ``recipient`` these items."""
        if not self.holds(on=on):
            raise ConsentMissing("The consent does not hold on this day.")
        if not (same(self.third_party, recipient) and same(self.purpose, purpose)):
            raise ConsentMissing("The consent is for another recipient or purpose.")
        beyond = sorted(set(items) - set(self.scope))
        if beyond:
            raise ConsentMissing("The consent does not cover these fields.", fields=beyond)


@dataclass(eq=False, kw_only=True)
class Disclosure:
    """What of a customer's file was told to whom, for what, and what allowed it: a consent, or a
    legal basis with the clause that lists it."""

    id: UUID
    customer_id: UUID
    recipient: str
    purpose: str
    items: tuple[Item, ...]
    consent_id: UUID | None
    legal_basis: str | None
    because: Because | None
    disclosed_at: datetime
    disclosed_by: str

    def told(self, *, org_unit: str) -> Disclosed:
        """What is told of it; the recipient stands in the register alone."""
        return Disclosed(
            disclosure_id=self.id,
            customer_id=self.customer_id,
            org_unit=org_unit,
            items=self.items,
            consent_id=self.consent_id,
            legal_basis=self.legal_basis,
        )


def same(one: str, other: str) -> bool:
    """Whether two texts name the same, however they are spaced and capitalised."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
