"""Every table of this service, one module an area; taken from here all of them are known."""

from complaint.adapters.tables.cases import (
    assignees,
    cases,
    clocks,
    messages,
    pauses,
    progress_contacts,
)
from complaint.adapters.tables.complaints import complaints, field_works, forms
from complaint.adapters.tables.priorities import priorities
from complaint.adapters.tables.schema import metadata
from complaint.adapters.tables.staff import staff, staff_posts

__all__ = [
    "assignees",
    "cases",
    "clocks",
    "complaints",
    "field_works",
    "forms",
    "messages",
    "metadata",
    "pauses",
    "priorities",
    "progress_contacts",
    "staff",
    "staff_posts",
]
