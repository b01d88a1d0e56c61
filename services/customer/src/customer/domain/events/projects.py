"""What is told of projects."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class ProjectFlagsChanged:
    """What a project asks of executives is another than before (CL-40)."""

    type: ClassVar[str] = "customer.project_flags_changed.v1"
    subject: ClassVar[str] = "project/{project_id}"

    project_id: UUID
    customer_id: UUID
    org_unit: str
    key_project: bool
    communication_necessary: bool
