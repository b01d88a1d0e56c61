"""What is told of the files of customers; never what they hold."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class OfFile:
    """In the order of the customer whose file it is."""

    type: ClassVar[str]
    subject: ClassVar[str] = "customer/{customer_id}"

    customer_id: UUID
    org_unit: str


@dataclass(frozen=True, kw_only=True)
class FileStale(OfFile):
    """Nobody reviewed a file in time (CF-06)."""

    type: ClassVar[str] = "customer.file_stale.v1"

    because: Because
