"""What is told of changes that customers report of themselves."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class OfCase:
    """In the order of the customer."""

    type: ClassVar[str]
    subject: ClassVar[str] = "customer/{customer_id}"

    customer_id: UUID
    org_unit: str
    case_id: UUID
    kind: str


@dataclass(frozen=True, kw_only=True)
class StatusChangeReported(OfCase):
    """A customer reported that his registration changes or ends (CF-34)."""

    type: ClassVar[str] = "customer.status_change_reported.v1"


@dataclass(frozen=True, kw_only=True)
class StatusChangeDecided(OfCase):
    """What a customer reported was accepted or not (CF-34)."""

    type: ClassVar[str] = "customer.status_change_decided.v1"

    accepted: bool
