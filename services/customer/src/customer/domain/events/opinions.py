"""What is told of the opinions of customers."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.rules import Because


@dataclass(frozen=True, kw_only=True)
class CorrectiveActionRequested:
    """What customers said asks for a corrective or preventive action (VS-36, XC-13). What they
    said is not told; ``due_on`` is null where the packs set no deadline."""

    type: ClassVar[str] = "customer.corrective_action_requested.v1"
    subject: ClassVar[str] = "opinion_summary/{summary_id}"

    action_id: UUID
    summary_id: UUID
    org_unit: str
    kind: str
    reason: str
    period_from: date
    period_to: date
    due_on: date | None
    requested_by: UUID
    because: Because
