"""What every event of this service says."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class OfComplaint:
    """Every event here is of one complaint, and but for one in the order of that complaint."""

    type: ClassVar[str]
    subject: ClassVar[str] = "complaint/{complaint_id}"

    complaint_id: UUID
    org_unit: str


Events = list[OfComplaint]
