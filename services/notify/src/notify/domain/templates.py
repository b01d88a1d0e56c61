"""Message texts: what they may say, and how names and times are put in.

How placeholders are written and filled in stands in ``shared.placeholders``.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.phrases import BannedPhrase
from shared.placeholders import LINE_BREAKS, filled, has_stray_brace, placeholders
from shared.rules import Invalid, Ruling

Phrases = Sequence[Ruling[BannedPhrase]]

TITLE_LENGTH = 120
BODY_LENGTH = 2000
PASSAGES = frozenset({"text", "steps", "list"})  # Words that may be long and have several lines.

# What each kind of message may put in. ``name`` is the recipient's. A word that ends in ``_at`` is
# an instant and is shown in the recipient's time zone; ``handler_name`` and ``handler_mail`` are
# the id of a member of the staff and shown as his name and his e-mail address; ``steps`` is shown
# as a list.
TEMPLATES: Mapping[str, frozenset[str]] = {
    "birthday_greeting": frozenset({"name"}),
    "digest": frozenset({"name", "count", "list"}),
    "festival_greeting": frozenset({"name", "occasion"}),
    "own_date_greeting": frozenset({"name", "occasion"}),
    "anniversary_greeting": frozenset({"name", "years"}),
    "newsletter": frozenset({"name", "headline", "text"}),
    "newsletter_proposed": frozenset({"name", "newsletter_id", "topic", "send_at"}),
    "newsletter_ended": frozenset({"name", "newsletter_id", "topic", "state"}),
    "newsletter_due": frozenset({"name", "topic", "org_unit"}),
    "care_task_proposed": frozenset({"name", "task_id", "action", "customer_id", "on"}),
    "care_task_approved": frozenset({"name", "task_id", "action", "customer_id", "on"}),
    "care_task_ended": frozenset({"name", "task_id", "action", "customer_id", "state"}),
    "company_blacklisted": frozenset({"name", "customer_number", "customer_id"}),
    "blacklist_reported": frozenset({"name", "customer_id", "org_unit"}),
    "department_blacklisted": frozenset({"name", "customer_number", "customer_id", "org_unit"}),
    "blacklist_expired": frozenset({"name", "customer_id", "org_unit"}),
    "blacklist_lifted": frozenset({"name", "customer_id", "org_unit"}),
    "evaluation_due": frozenset({"name", "customer_id", "unit", "due_on"}),
    "evaluation_overdue": frozenset({"name", "customer_id", "unit", "due_on"}),
    "downgrade_due": frozenset({"name", "customer_id", "unit", "due_on"}),
    "downgrade_overdue": frozenset({"name", "customer_id", "unit", "due_on"}),
    "exit_review_due": frozenset({"name", "customer_id"}),
    "visit_escalated": frozenset({"name", "customer_id", "due_on"}),
    "inspection_due": frozenset({"name", "customer_id", "planned_on"}),
    "customer_changed": frozenset({"name", "customer_id", "fields"}),
    "major_change_noticed": frozenset({"name", "customer_id", "fields", "due_at"}),
    "profile_update_overdue": frozenset({"name", "customer_id", "fields"}),
    "visit_data_updated": frozenset({"name", "customer_id", "visit_id"}),
    "owner_changed": frozenset({"name", "customer_id"}),
    "document_expiring": frozenset({"name", "customer_id", "kind", "valid_until"}),
    "document_expired": frozenset({"name", "customer_id", "kind"}),
    "need_recorded": frozenset({"name", "customer_id", "need_id"}),
    "need_unanswered": frozenset({"name", "customer_id", "need_id", "unit", "due_at"}),
    "issue_raised": frozenset({"name", "customer_id", "issue_id", "due_at"}),
    "issue_overdue": frozenset({"name", "customer_id", "issue_id", "due_at"}),
    "minutes_shared": frozenset({"name", "customer_id", "communication_id"}),
    "minutes_overdue": frozenset({"name", "customer_id", "communication_id"}),
    "reported_to_leader": frozenset({"name", "complaint_id"}),
    "work_order_cancelled": frozenset({"name", "order_no"}),
    "visit_due": frozenset({"name", "customer_id", "due_on"}),
    "visit_overdue": frozenset({"name", "customer_id", "due_on"}),
    "complaint_assigned": frozenset({"name", "complaint_id", "level"}),
    "complaint_escalated": frozenset({"name", "complaint_id", "level"}),
    "emergency_started": frozenset({"name", "complaint_id"}),
    "emergency_ended": frozenset({"name", "complaint_id"}),
    "action_planned": frozenset({"name", "complaint_id", "due_at"}),
    "first_contact_due_soon": frozenset({"name", "complaint_id", "due_at"}),
    "first_contact_breached": frozenset({"name", "complaint_id", "due_at"}),
    "progress_due": frozenset({"name", "complaint_id", "due_at"}),
    "progress_overdue": frozenset({"name", "complaint_id", "due_at"}),
    "message_received": frozenset({"name", "complaint_id"}),
    "field_work_cancelled": frozenset({"name", "complaint_id"}),
    "clock_due_soon": frozenset({"name", "case_id", "clock", "due_at"}),
    "clock_breached": frozenset({"name", "case_id", "clock", "due_at"}),
    "case_assigned": frozenset({"name", "case_id", "stage"}),
    "customer_call_needed": frozenset({"name", "case_id", "message_kind", "reason"}),
    "complaint_received": frozenset({"name", "number", "due_at", "handler_name", "handler_mail"}),
    "case_received": frozenset({"name", "number", "handler_name", "handler_mail"}),
    "case_explained": frozenset({"name", "number", "text", "steps", "reach"}),
    "case_progress": frozenset({"name", "number", "text"}),
    "case_went_up": frozenset({"name", "number"}),
    "case_solved": frozenset({"name", "number"}),
    "case_result": frozenset({"name", "number", "text"}),
    "case_closed": frozenset({"name", "number"}),
    "case_reopened": frozenset({"name", "number"}),
    "sub_task_opened": frozenset({"name", "case_id", "department", "due_at"}),
    "sub_task_finished": frozenset({"name", "case_id", "department"}),
    "sub_task_returned": frozenset({"name", "case_id", "department"}),
    "sub_task_due_soon": frozenset({"name", "case_id", "department", "due_at"}),
    "sub_task_overdue": frozenset({"name", "case_id", "department", "due_at"}),
    "corrective_action_opened": frozenset({"name", "action_id", "department", "due_at"}),
    "corrective_action_overdue": frozenset({"name", "action_id", "department", "due_at"}),
    "shipment_hold_requested": frozenset({"name", "case_id", "product", "batch", "due_at"}),
    "shipment_hold_overdue": frozenset({"name", "department", "product", "batch", "due_at"}),
    "shipment_hold_released": frozenset({"name", "case_id", "product", "batch"}),
    "call_back_promised": frozenset({"name", "call_back_id", "department", "due_at"}),
    "call_back_asked": frozenset({"name", "call_back_id", "department", "due_at"}),
    "call_back_handed_over": frozenset({"name", "call_back_id", "department", "due_at"}),
    "call_back_due_soon": frozenset({"name", "call_back_id", "department", "due_at"}),
    "call_back_overdue": frozenset({"name", "call_back_id", "department", "due_at"}),
    "pattern_detected": frozenset({"name", "category", "product", "org_unit", "department"}),
    "phrase_flagged": frozenset({"name", "about", "phrase"}),
    "gm_meeting_requested": frozenset({"name", "complaint_id"}),
    "training_requested": frozenset({"name", "case_id", "topic", "department", "due_at"}),
    "training_overdue": frozenset({"name", "topic", "department", "due_at"}),
    "training_ended": frozenset({"name", "case_id", "topic", "department", "outcome"}),
    "case_analysis_due": frozenset({"name", "org_unit", "from_on", "until_on", "due_at"}),
    "case_analysis_overdue": frozenset({"name", "org_unit", "from_on", "until_on", "due_at"}),
    "payment_reminder": frozenset({"name", "order", "amount", "account"}),
    "information": frozenset({"name", "matter", "text"}),
    "penalty_proposed": frozenset({"name", "about", "code", "occurred_on"}),
    "penalty_posted": frozenset({"name", "about", "code", "amount", "month"}),
    "weekly_report": frozenset(
        {
            "name",
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
        }
    ),
    "work_order_opened": frozenset({"name", "work_order_id", "reply_due_at"}),
    "work_order_issued": frozenset({"name", "order_no", "reply_due_at"}),
    "work_order_progress": frozenset({"name", "order_no", "expected_at"}),
    "person_departed": frozenset({"name", "person_id", "departed_at"}),
    "work_order_due_soon": frozenset({"name", "order_no", "due_at"}),
    "work_order_overdue": frozenset({"name", "order_no", "due_at"}),
    "work_order_reminded": frozenset({"name", "work_order_id", "awaited", "due_at"}),
    "work_order_handed_on": frozenset({"name", "order_no"}),
    "book_stock_low": frozenset({"name", "org_unit", "in_stock"}),
    "book_reminded": frozenset({"name", "book_no", "org_unit"}),
    "book_pages_lost": frozenset({"name", "book_no", "pages", "amount"}),
    "work_order_unable": frozenset({"name", "order_no", "decision_due_at"}),
    "work_order_decided": frozenset({"name", "order_no", "decision"}),
    "work_order_breach": frozenset({"name", "order_no", "code", "items"}),
    "work_order_breach_withdrawn": frozenset({"name", "order_no", "code"}),
    "daily_check_opened": frozenset(
        {"name", "org_unit", "day", "ends_at", "open", "overdue", "carried_over"}
    ),
    "daily_check_reminded": frozenset({"name", "org_unit", "day", "awaited", "unanswered"}),
    "handover_proposed": frozenset({"name", "org_unit", "orders"}),
    "handover_voided": frozenset({"name", "org_unit"}),
    "webhook_disabled": frozenset({"name", "subscription_id", "description", "reason"}),
}
SAMPLES: Mapping[str, str] = {
    "name": "王小明",
    "occasion": "中秋节",
    "headline": "新品上市",
    "newsletter_id": "0198f0c7-7a10-7c31-9d52-3f6a1b2c4d5e",
    "send_at": "2026-03-10 10:00",
    "years": "3",
    "task_id": "0198f0c6-7a10-7c31-9d52-3f6a1b2c4d5e",
    "action": "gift",
    "on": "2026-03-09",
    "state": "lapsed",
    "book_no": "12",
    "in_stock": "2",
    "count": "2",
    "list": "1. 空白工作单库存不足\n2. 工作单本 12 无人持有",
    "pages": "1",
    "customer_id": "0198f0b0-1a2b-7c3d-8e4f-5a6b7c8d9e0f",
    "customer_number": "C-000123",
    "need_id": "0198f0c4-1111-7c31-9d52-3f6a1b2c4d5e",
    "issue_id": "0198f0c4-2222-7c31-9d52-3f6a1b2c4d5e",
    "communication_id": "0198f0c4-3333-7c31-9d52-3f6a1b2c4d5e",
    "visit_id": "0198f0c4-4444-7c31-9d52-3f6a1b2c4d5e",
    "unit": "region-north",
    "planned_on": "2026-03-16",
    "valid_until": "2026-06-30",
    "fields": "legal_representative",
    "kind": "business_licence",
    "complaint_id": "0198f0c1-5b7e-7d04-8a11-9c8b7a6f5e4d",
    "case_id": "0198f0c1-5b7e-7d04-8a11-9c8b7a6f5e4d",
    "clock": "review",
    "number": "shop-01-12",
    "text": "维修中心已收到产品",
    "steps": "- 调查核实:约 24 小时",
    "reach": "020-12345678",
    "handler_name": "李芳",
    "handler_mail": "lifang@example.com",
    "stage": "assessment",
    "message_kind": "case_progress",
    "reason": "no_address",
    "action_id": "0198f0c3-7a10-7c31-9d52-3f6a1b2c4d5e",
    "call_back_id": "0198f0c4-7a10-7c31-9d52-3f6a1b2c4d5e",
    "department": "logistics",
    "from_on": "2026-01-01",
    "until_on": "2026-04-01",
    "topic": "service_skills",
    "outcome": "held",
    "category": "product_quality",
    "product": "sofa",
    "batch": "B-7",
    "about": "complaint/0198f0c1-5b7e-7d04-8a11-9c8b7a6f5e4d",
    "phrase": "这是*的事*找他",
    "code": "satisfaction_not_asked",
    "amount": "62.50",
    "month": "2026-03",
    "order": "A-1001",
    "account": "6222 0000 1234 5678",
    "matter": "五月新品",
    "occurred_on": "2026-03-02",
    "person_id": "0198f0c2-0002-7000-8000-000000000002",
    "departed_at": "2026-03-02 18:00",
    "work_order_id": "0198f0c2-7a10-7c31-9d52-3f6a1b2c4d5e",
    "order_no": "dispatch-centre-000001",
    "org_unit": "hq",
    "week": "2026-W09",
    "revision": "1",
    "received": "12",
    "closed": "9",
    "open": "7",
    "breaches": "1",
    "escalations": "2",
    "timeliness": "91.7%",
    "solution": "81.8%",
    "satisfaction": "68.8",
    "level": "2",
    "due_on": "2026-03-31",
    "due_at": "2026-03-02 18:00",
    "reply_due_at": "2026-03-03 12:00",
    "decision_due_at": "2026-03-03 15:00",
    "expected_at": "2026-03-04 09:00",
    "awaited": "closing",
    "decision": "insist",
    "items": "3",
    "day": "2026-03-02",
    "ends_at": "2026-03-02 18:00",
    "overdue": "2",
    "carried_over": "1",
    "unanswered": "3",
    "orders": "7",
    "subscription_id": "0198f0c5-7a10-7c31-9d52-3f6a1b2c4d5e",
    "description": "ERP",
}


class TemplateInvalid(Invalid):
    """The text holds a placeholder that its kind does not have, a stray brace, or is too long."""

    code = "template_invalid"


class PlaceholderUnknown(TemplateInvalid):
    """The text has placeholders for words that the events of this kind of message do not supply;
    the problem names them and those that there are."""

    code = "placeholder_unknown"


class PhraseBanned(Invalid):
    """The text says what nobody may say to a customer (SC-20..SC-22)."""

    code = "phrase_banned"


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A title, which is one line, and a body."""

    title: str
    body: str

    def offences(self, banned: Phrases) -> list[Ruling[BannedPhrase]]:
        """Which of the banned phrases it says."""
        texts = (self.title, self.body)
        return [one for one in banned if any(one.value.stands_in(text) for text in texts)]


@dataclass(frozen=True, kw_only=True)
class Template:
    """One version of the words for one kind of message in one language.

    Version 0 comes with the service; those that an administrator adds count from 1.
    """

    code: str
    language: str
    version: int
    wording: Wording


def check(code: str, wording: Wording) -> None:
    """Raises TemplateInvalid, naming each fault by field, and PlaceholderUnknown."""
    allowed = TEMPLATES.get(code, frozenset())
    faults = {
        "title": [*_faults(wording.title, allowed, TITLE_LENGTH), *_line_faults(wording.title)],
        "body": _faults(wording.body, allowed, BODY_LENGTH),
    }
    errors = {field: said for field, said in faults.items() if said}
    if code not in TEMPLATES:
        errors["code"] = ["There is no such kind of message."]
    unknown = sorted(placeholders(wording.title + wording.body) - allowed)
    if unknown and code in TEMPLATES:
        raise PlaceholderUnknown(
            "Some words are not to be had here.",
            errors=errors,
            placeholders=unknown,
            offered=sorted(allowed),
        )
    if errors:
        raise TemplateInvalid("The template cannot be used.", errors=errors)


def check_phrases(wording: Wording, banned: Phrases) -> None:
    """Raises PhraseBanned, naming by field each phrase and its rule (SC-23)."""
    found = wording.offences(banned)
    if found:
        texts = {"title": wording.title, "body": wording.body}
        said = {
            field: [
                f"{one.because.rule}: {one.value.phrase}"
                for one in found
                if one.value.stands_in(text)
            ]
            for field, text in texts.items()
        }
        errors = {field: phrases for field, phrases in said.items() if phrases}
        raise PhraseBanned(
            "This may not be said to a customer.", because=found[0].because, errors=errors
        )


def render(wording: Wording, words: Mapping[str, str]) -> Wording:
    """``wording`` with ``words`` put in. Raises KeyError for a word that is not there."""
    body = filled(wording.body, words, passages=PASSAGES)
    return Wording(title=filled(wording.title, words), body=body)


def _faults(text: str, allowed: frozenset[str], most: int) -> list[str]:
    said = []
    if not text.strip() or len(text) > most:
        said.append(f"Between 1 and {most} characters.")
    unknown = sorted(placeholders(text) - allowed)
    if unknown:
        said.append(f"Not to be had here: {', '.join(unknown)}.")
    if has_stray_brace(text):
        said.append("A brace that belongs to no placeholder.")
    return said


def _line_faults(title: str) -> list[str]:
    broken = any(unicodedata.category(one) in LINE_BREAKS for one in title)
    return ["A title is one line."] if broken else []
