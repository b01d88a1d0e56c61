"""What is told of admission, entry and exit."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from customer.domain.events.customers import OfCustomer
from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class Lacking:
    """A condition that is not met, and why."""

    condition: str
    product: str
    why: str
    because: Because


@dataclass(frozen=True, kw_only=True)
class Admitted(OfCustomer):
    """A unit may deal with a customer (AD-08, AD-28): he met the conditions, or his form passed."""

    type: ClassVar[str] = "customer.admitted.v1"

    way: str
    products: tuple[str, ...]
    valid_until: date | None
    because: Because


@dataclass(frozen=True, kw_only=True)
class AdmissionRefused(OfCustomer):
    """A customer was not admitted: rejected, or incomplete so far (AD-08)."""

    type: ClassVar[str] = "customer.admission_refused.v1"

    outcome: str
    missing: tuple[Lacking, ...]


@dataclass(frozen=True, kw_only=True)
class AdmissionExpired(OfCustomer):
    """What an admission rests on holds no longer (AD-02)."""

    type: ClassVar[str] = "customer.admission_expired.v1"

    missing: tuple[Lacking, ...]


@dataclass(frozen=True, kw_only=True)
class Entered(OfCustomer):
    """A customer was entered in the customer base of a unit, with an owner (AD-09, AD-12)."""

    type: ClassVar[str] = "customer.entered.v1"

    owner_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class Exited(OfCustomer):
    """A customer left the customer base of a unit: by an exit case (AD-23), or because his
    registration ended (CF-34)."""

    type: ClassVar[str] = "customer.exited.v1"

    way: str
    because: Because | None
