"""Every table of this service, one module an area; taken from here all of them are known."""

from complaint.adapters.tables.complaints import assignees, complaints, field_works, forms
from complaint.adapters.tables.schema import metadata
from complaint.adapters.tables.staff import staff, staff_posts

__all__ = [
    "assignees",
    "complaints",
    "field_works",
    "forms",
    "metadata",
    "staff",
    "staff_posts",
]
