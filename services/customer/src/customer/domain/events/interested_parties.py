"""What is told of interested parties: ids alone."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class InterestedPartyRecorded:
    """A party was recorded in the configuration database, or changed since (CF-41)."""

    type: ClassVar[str] = "customer.interested_party_recorded.v1"
    subject: ClassVar[str] = "interested_party/{party_id}"

    party_id: UUID
    org_unit: str
    kind: str
    customer_id: UUID | None
    state: str
    configuration_item: str | None
