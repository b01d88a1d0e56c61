"""Complaints and other cases, as somebody is told of them."""

from collections.abc import Mapping

from notify.domain.catalogue.entry import Entry

CATALOGUE: Mapping[str, Entry] = {
    "complaint.assigned.v1": Entry(
        subject="complaint/{complaint_id}",
        occurrence=("form_id", "level", "reason"),
        audiences=("person_ids",),
        facts=("level", "tier", "reason"),
        words=("complaint_id", "level"),
    ),
    "complaint.reported_to_leader.v1": Entry(
        subject="complaint/{complaint_id}",
        audiences=("leader_id",),
        words=("complaint_id",),
    ),
    "complaint.emergency_started.v1": Entry(
        subject="complaint/{complaint_id}",
        occurrence=("emergency_id",),
        audiences=("told_ids",),
        facts=("cause",),
        words=("complaint_id",),
    ),
    "complaint.emergency_ended.v1": Entry(
        subject="complaint/{complaint_id}",
        occurrence=("emergency_id",),
        audiences=("told_ids",),
        words=("complaint_id",),
    ),
    "complaint.action_planned.v1": Entry(
        subject="complaint/{complaint_id}",
        occurrence=("form_id", "owner_id", "due_at"),
        audiences=("owner_id",),
        words=("complaint_id", "due_at"),
    ),
    "complaint.first_contact_due_soon.v1": Entry(
        subject="complaint/{complaint_id}",
        occurrence=("due_at",),
        audiences=("handler_id",),
        words=("complaint_id", "due_at"),
    ),
    "complaint.first_contact_breached.v1": Entry(
        subject="complaint/{complaint_id}",
        occurrence=("due_at",),
        audiences=("handler_id", "supervisor_ids"),
        words=("complaint_id", "due_at"),
    ),
    "complaint.progress_due.v1": Entry(
        subject="complaint/{complaint_id}",
        occurrence=("due_at",),
        audiences=("handler_id",),
        words=("complaint_id", "due_at"),
    ),
    "complaint.progress_overdue.v1": Entry(
        subject="complaint/{complaint_id}",
        occurrence=("due_at",),
        audiences=("handler_id", "supervisor_ids"),
        words=("complaint_id", "due_at"),
    ),
    "complaint.message_received.v1": Entry(
        subject="complaint/{complaint_id}",
        occurrence=("message_id",),
        audiences=("handler_id",),
        words=("complaint_id",),
    ),
    "complaint.clock_due_soon.v1": Entry(
        subject="{kind}/{case_id}",
        occurrence=("clock", "due_at"),
        audiences=("owner_ids",),
        facts=("clock",),
        words=("case_id", "clock", "due_at"),
    ),
    "complaint.clock_breached.v1": Entry(
        subject="{kind}/{case_id}",
        occurrence=("clock", "due_at"),
        audiences=("owner_ids", "supervisor_ids"),
        facts=("clock",),
        words=("case_id", "clock", "due_at"),
    ),
    "complaint.case_assigned.v1": Entry(
        subject="{kind}/{case_id}",
        occurrence=("sequence",),
        audiences=("handler_id", "person_ids"),
        facts=("kind", "stage"),
        words=("case_id", "stage"),
    ),
    "complaint.case_news_arose.v1": Entry(
        subject="{kind}/{case_id}",
        occurrence=("sequence",),
        audiences=("case_contact",),
        facts=("kind", "news"),
        words=("number", "text", "steps", "reach", "due_at", "handler_name", "handler_mail"),
    ),
    "complaint.customer_call_needed.v1": Entry(
        subject="{kind}/{case_id}",
        occurrence=("occasion",),
        audiences=("handler_id",),
        words=("case_id", "message_kind", "reason"),
    ),
    "complaint.field_work_cancelled.v1": Entry(
        subject="{kind}/{complaint_id}",
        occurrence=("work_order_id",),
        audiences=("handler_id",),
        facts=("kind",),
        words=("complaint_id",),
    ),
    "complaint.gm_meeting_requested.v1": Entry(
        subject="complaint/{complaint_id}",
        audiences=("secretary_ids",),
        words=("complaint_id",),
    ),
}
