"""Every table of this service, one module an area; taken from here all of them are known."""

from complaint.adapters.tables.account_managers import account_managers
from complaint.adapters.tables.attachments import attachments
from complaint.adapters.tables.call_backs import call_backs
from complaint.adapters.tables.case_analyses import case_analyses
from complaint.adapters.tables.case_contacts import case_contacts
from complaint.adapters.tables.cases import (
    assignees,
    cases,
    clocks,
    messages,
    pauses,
    progress_contacts,
)
from complaint.adapters.tables.complaints import complaints, forms
from complaint.adapters.tables.corrective_actions import corrective_actions
from complaint.adapters.tables.emergencies import emergencies
from complaint.adapters.tables.field_works import field_works
from complaint.adapters.tables.flows import (
    feedback,
    handling_steps,
    participants,
    problems,
    return_visits,
    service_requests,
)
from complaint.adapters.tables.links import case_links
from complaint.adapters.tables.patterns import pattern_marks, patterns
from complaint.adapters.tables.penalties import penalties
from complaint.adapters.tables.phrase_flags import phrase_flags
from complaint.adapters.tables.priorities import priorities
from complaint.adapters.tables.records import handling_records, process_explanations
from complaint.adapters.tables.schema import metadata
from complaint.adapters.tables.shipment_holds import shipment_holds
from complaint.adapters.tables.staff import staff, staff_posts
from complaint.adapters.tables.sub_tasks import sub_task_reports, sub_tasks
from complaint.adapters.tables.trackings import call_buckets, trackings
from complaint.adapters.tables.trainings import trainings
from complaint.adapters.tables.weekly_reports import weekly_reports

__all__ = [
    "account_managers",
    "assignees",
    "attachments",
    "call_backs",
    "call_buckets",
    "case_analyses",
    "case_contacts",
    "case_links",
    "cases",
    "clocks",
    "complaints",
    "corrective_actions",
    "emergencies",
    "feedback",
    "field_works",
    "forms",
    "handling_records",
    "handling_steps",
    "messages",
    "metadata",
    "participants",
    "pattern_marks",
    "patterns",
    "pauses",
    "penalties",
    "phrase_flags",
    "priorities",
    "problems",
    "process_explanations",
    "progress_contacts",
    "return_visits",
    "service_requests",
    "shipment_holds",
    "staff",
    "staff_posts",
    "sub_task_reports",
    "sub_tasks",
    "trackings",
    "trainings",
    "weekly_reports",
]
