"""What departments and colleagues have to do for cases, as they are told of it."""

from collections.abc import Mapping

from notify.domain.catalogue.entry import Entry

CATALOGUE: Mapping[str, Entry] = {
    "complaint.sub_task_opened.v1": Entry(
        subject="{kind}/{case_id}",
        occurrence=("sub_task_id",),
        audiences=("owner_id",),
        words=("case_id", "department", "due_at"),
    ),
    "complaint.sub_task_changed.v1": Entry(
        subject="{kind}/{case_id}",
        occurrence=("sequence",),
        audiences=("owner_id", "handler_id"),
        facts=("step",),
        words=("case_id", "department", "step"),
    ),
    "complaint.sub_task_due_soon.v1": Entry(
        subject="{kind}/{case_id}",
        occurrence=("sub_task_id", "due_at"),
        audiences=("owner_id",),
        words=("case_id", "department", "due_at"),
    ),
    "complaint.sub_task_overdue.v1": Entry(
        subject="{kind}/{case_id}",
        occurrence=("sub_task_id", "missed", "due_at"),
        audiences=("owner_id", "handler_id", "supervisor_ids"),
        facts=("missed",),
        words=("case_id", "department", "due_at"),
    ),
    "complaint.corrective_action_opened.v1": Entry(
        subject="corrective_action/{action_id}",
        audiences=("owner_id",),
        facts=("kind", "source"),
        words=("action_id", "department", "due_at"),
    ),
    "complaint.corrective_action_overdue.v1": Entry(
        subject="corrective_action/{action_id}",
        occurrence=("due_at",),
        audiences=("owner_id", "supervisor_ids"),
        facts=("kind", "source"),
        words=("action_id", "department", "due_at"),
    ),
    "complaint.shipment_hold_requested.v1": Entry(
        subject="shipment_hold/{hold_id}",
        audiences=("owner_id", "supervisor_ids"),
        words=("case_id", "product", "batch", "department", "due_at"),
    ),
    "complaint.shipment_hold_overdue.v1": Entry(
        subject="shipment_hold/{hold_id}",
        audiences=("owner_id", "supervisor_ids"),
        words=("case_id", "product", "batch", "department", "due_at"),
    ),
    "complaint.shipment_hold_released.v1": Entry(
        subject="shipment_hold/{hold_id}",
        audiences=("owner_id",),
        facts=("outcome",),
        words=("case_id", "product", "batch"),
    ),
    "complaint.call_back_promised.v1": Entry(
        subject="call_back/{call_back_id}",
        audiences=("owner_id", "asked_ids"),
        facts=("situation",),
        words=("call_back_id", "department", "due_at"),
    ),
    "complaint.call_back_handed_over.v1": Entry(
        subject="call_back/{call_back_id}",
        occurrence=("sequence",),
        audiences=("owner_id", "promised_by"),
        facts=("situation", "reason"),
        words=("call_back_id", "department", "due_at"),
    ),
    "complaint.call_back_due_soon.v1": Entry(
        subject="call_back/{call_back_id}",
        occurrence=("due_at",),
        audiences=("owner_id",),
        facts=("situation",),
        words=("call_back_id", "department", "due_at"),
    ),
    "complaint.call_back_overdue.v1": Entry(
        subject="call_back/{call_back_id}",
        occurrence=("due_at",),
        audiences=("owner_id", "promised_by", "supervisor_ids"),
        facts=("situation",),
        words=("call_back_id", "department", "due_at"),
    ),
    "complaint.pattern_detected.v1": Entry(
        subject="pattern/{pattern_id}",
        audiences=("supervisor_ids",),
        facts=("category",),
        words=("category", "product", "org_unit", "department"),
    ),
    "complaint.phrase_flagged.v1": Entry(
        subject="phrase_flag/{flag_id}",
        audiences=("person_id", "supervisor_ids"),
        words=("about", "phrase"),
    ),
    "complaint.training_requested.v1": Entry(
        subject="training/{training_id}",
        audiences=("owner_id", "person_ids"),
        facts=("topic",),
        words=("case_id", "topic", "department", "due_at"),
    ),
    "complaint.training_overdue.v1": Entry(
        subject="training/{training_id}",
        occurrence=("due_at",),
        audiences=("owner_id", "supervisor_ids"),
        facts=("topic",),
        words=("case_id", "topic", "department", "due_at"),
    ),
    "complaint.training_ended.v1": Entry(
        subject="training/{training_id}",
        audiences=("requested_by",),
        facts=("topic", "outcome"),
        words=("case_id", "topic", "department", "outcome"),
    ),
    "complaint.case_analysis_due.v1": Entry(
        subject="case_analysis/{analysis_id}",
        audiences=("owner_id",),
        words=("org_unit", "from_on", "until_on", "due_at"),
    ),
    "complaint.case_analysis_overdue.v1": Entry(
        subject="case_analysis/{analysis_id}",
        audiences=("owner_id", "supervisor_ids"),
        words=("org_unit", "from_on", "until_on", "due_at"),
    ),
}
