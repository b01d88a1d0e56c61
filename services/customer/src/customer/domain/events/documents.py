"""What is told of the documents that customers hand in."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class OfDocument:
    """In the order of one document."""

    type: ClassVar[str]
    subject: ClassVar[str] = "document/{document_id}"

    document_id: UUID
    customer_id: UUID
    kind: str
    product: str


@dataclass(frozen=True, kw_only=True)
class DocumentVerified(OfDocument):
    """Somebody answers for the truth of a document (CF-29)."""

    type: ClassVar[str] = "customer.document_verified.v1"


@dataclass(frozen=True, kw_only=True)
class DocumentExpiring(OfDocument):
    """A document holds for a short while only (CF-29)."""

    type: ClassVar[str] = "customer.document_expiring.v1"

    org_unit: str
    valid_until: date
    told_ids: tuple[UUID, ...]
    because: Because


@dataclass(frozen=True, kw_only=True)
class DocumentExpired(OfDocument):
    """A document holds no longer (CF-29)."""

    type: ClassVar[str] = "customer.document_expired.v1"

    org_unit: str
    told_ids: tuple[UUID, ...]
    because: Because
