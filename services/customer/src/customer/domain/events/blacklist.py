"""What is told of blacklists: codes, days and ids; the reason in words stays in the entry.

``unit`` is the department that is barred; null bars all. ``org_unit`` is where the entry was made.
``told_ids`` are the persons whom the packs want to be told.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from customer.domain.events.customers import OfCustomer


@dataclass(frozen=True, kw_only=True)
class OfEntry(OfCustomer):
    """In the order of one customer; ``scope`` is ``department`` or ``company``."""

    entry_id: UUID
    scope: str
    unit: str | None
    told_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class BlacklistReported(OfEntry):
    """A department reported a customer for the list of the company (AD-20); nobody is barred."""

    type: ClassVar[str] = "customer.blacklist_reported.v1"

    reason_code: str


@dataclass(frozen=True, kw_only=True)
class Blacklisted(OfEntry):
    """A customer is barred (AD-16); ``valid_until`` is the day on which the validity ends, null is
    without end. ``customer_number`` is for those who read of it (AD-21)."""

    type: ClassVar[str] = "customer.blacklisted.v1"

    customer_number: str
    reason_code: str
    valid_until: date | None


@dataclass(frozen=True, kw_only=True)
class BlacklistExpired(OfEntry):
    """The validity of an entry has ended: a return is possible by review, and nothing is released
    (AD-18)."""

    type: ClassVar[str] = "customer.blacklist_expired.v1"


@dataclass(frozen=True, kw_only=True)
class BlacklistLifted(OfEntry):
    """An entry bars nobody any more (AD-18); ``grade`` is the one with which the customer comes
    back (AD-19), with its scheme."""

    type: ClassVar[str] = "customer.blacklist_lifted.v1"

    grade: str
