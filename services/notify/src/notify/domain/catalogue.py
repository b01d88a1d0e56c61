"""Which events are worth telling somebody about, and what of their data is used for it.

The packs choose from this who is told, in which words and how: see ``notice_rules``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

ONCE = "once"  # The occurrence of what happens to its subject a single time.
NONE = "-"  # A word that is not there.


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What an event offers.

    ``subject`` is what it is about; ``occurrence`` names the fields (or the ``sequence`` of the
    event) that tell one time from another; ``audiences`` those that hold ids of persons, or of the
    case whose customer is told; ``facts`` those by which a pack may tell cases apart; ``words``
    those that a template may show.
    """

    subject: str
    audiences: tuple[str, ...]
    words: tuple[str, ...]
    occurrence: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


CATALOGUE: Mapping[str, Entry] = {
    "customer.blacklisted.v1": Entry(
        subject="blacklist_entry/{entry_id}",
        audiences=("told_ids",),
        facts=("scope",),
        words=("customer_number", "customer_id"),
    ),
    "customer.visit_due.v1": Entry(
        subject="visit/{visit_id}",
        occurrence=("due_on",),
        audiences=("visitor_id",),
        words=("customer_id", "due_on"),
    ),
    "customer.visit_overdue.v1": Entry(
        subject="visit/{visit_id}",
        occurrence=("due_on",),
        audiences=("visitor_id", "supervisor_id"),
        words=("customer_id", "due_on"),
    ),
    "complaint.assigned.v1": Entry(
        subject="complaint/{complaint_id}",
        occurrence=("form_id", "level", "reason"),
        audiences=("person_ids",),
        facts=("level", "tier", "reason"),
        words=("complaint_id", "level"),
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
    "complaint.gm_meeting_requested.v1": Entry(
        subject="complaint/{complaint_id}",
        audiences=("secretary_ids",),
        words=("complaint_id",),
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
    "complaint.penalty_proposed.v1": Entry(
        subject="penalty/{penalty_id}",
        occurrence=("sequence",),
        audiences=("person_id",),
        facts=("code",),
        words=("about", "code", "occurred_on"),
    ),
    "complaint.penalty_posted.v1": Entry(
        subject="penalty/{penalty_id}",
        audiences=("person_id",),
        facts=("code",),
        words=("about", "code", "amount", "month"),
    ),
    "complaint.weekly_report_generated.v1": Entry(
        subject="weekly_report/{org_unit}/{week}",
        occurrence=("revision",),
        audiences=("told_ids",),
        words=(
            "org_unit",
            "week",
            "revision",
            "received",
            "closed",
            "open",
            "breaches",
            "escalations",
            "timeliness",
            "solution",
            "satisfaction",
        ),
    ),
    "dispatch.work_order_opened.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("sequence",),
        audiences=("dispatcher_id",),
        facts=("source",),
        words=("work_order_id", "reply_due_at"),
    ),
    "dispatch.work_order_issued.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("sequence",),
        audiences=("receiver_id", "dispatcher_id"),
        words=("order_no", "reply_due_at"),
    ),
    "dispatch.work_order_progress_reported.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("reported_at",),
        audiences=("dispatcher_id", "receiver_id"),
        facts=("on_time",),
        words=("order_no", "expected_at"),
    ),
    "dispatch.work_order_reply_due_soon.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("due_at",),
        audiences=("receiver_id", "dispatcher_id"),
        words=("order_no", "due_at"),
    ),
    "dispatch.work_order_reply_overdue.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("due_at",),
        audiences=("receiver_id", "dispatcher_id"),
        facts=("breach",),
        words=("order_no", "due_at"),
    ),
    "dispatch.work_order_reminded.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("awaited", "due_at"),
        audiences=("owner_ids",),
        facts=("awaited",),
        words=("work_order_id", "awaited", "due_at"),
    ),
    "dispatch.work_order_handed_on.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("sequence",),
        audiences=("dispatcher_id",),
        words=("order_no",),
    ),
    "dispatch.work_order_unable_reported.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("sequence",),
        audiences=("decider_id", "dispatcher_id", "receiver_id"),
        words=("order_no", "decision_due_at"),
    ),
    "dispatch.work_order_decision_referred.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("sequence",),
        audiences=("decider_id", "from_id", "receiver_id"),
        facts=("reason",),
        words=("order_no", "decision_due_at"),
    ),
    "dispatch.work_order_unable_decided.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("sequence",),
        audiences=("receiver_id", "dispatcher_id"),
        facts=("decision",),
        words=("order_no", "decision"),
    ),
    "dispatch.work_order_breach_recorded.v1": Entry(
        subject="work_order/{work_order_id}",
        occurrence=("breach_id",),
        audiences=("person_id",),
        facts=("code",),
        words=("order_no", "code", "items"),
    ),
}
FACTS = frozenset({"event"}.union(*(entry.facts for entry in CATALOGUE.values())))


def persons(data: Mapping[str, Any], audience: tuple[str, ...]) -> tuple[UUID, ...]:
    """The ids under the names of ``audience``, each once, in the order of the ids."""
    return tuple(sorted(set(_ids(data, audience))))


def occurrence(entry: Entry, data: Mapping[str, Any]) -> str:
    """What tells this time from another of the same subject."""
    return "/".join(text(data[name]) for name in entry.occurrence) or ONCE


def text(value: Any) -> str:
    """A value of an event as a message keeps it; instants and days in ISO 8601, none as a dash."""
    if value is None:
        return NONE
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)


def _ids(data: Mapping[str, Any], audience: tuple[str, ...]) -> Iterator[UUID]:
    for name in audience:
        found = data[name]
        yield from found if isinstance(found, (list, tuple)) else [found] if found else []
