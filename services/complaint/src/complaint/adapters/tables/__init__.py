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
from complaint.adapters.tables.flows import (
    feedback,
    handling_steps,
    participants,
    problems,
    return_visits,
    service_requests,
)
from complaint.adapters.tables.priorities import priorities
from complaint.adapters.tables.schema import metadata
from complaint.adapters.tables.staff import staff, staff_posts
from complaint.adapters.tables.weekly_reports import weekly_reports

__all__ = [
    "assignees",
    "cases",
    "clocks",
    "complaints",
    "feedback",
    "field_works",
    "forms",
    "handling_steps",
    "messages",
    "metadata",
    "participants",
    "pauses",
    "priorities",
    "problems",
    "progress_contacts",
    "return_visits",
    "service_requests",
    "staff",
    "staff_posts",
    "weekly_reports",
]
