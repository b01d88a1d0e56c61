"""The notification catalogue (20.3 of the rules) row by row: which notice of the packs each row
is, for whom and by which rule, and which rows wait for an event that no service tells of yet."""

from dataclasses import dataclass
from typing import Any

import pytest

from notify.api.policies import SECTIONS
from notify.domain.template_words import TEMPLATES
from shared.policy import Rulebook
from shared.testing import CONTRACTS

NEWS = "complaint.case_news_arose.v1"


@dataclass(frozen=True)
class Notice:
    """A rule of the packs: its id, event, what tells its case from others, reason, audience."""

    rule: str
    event: str
    reason: str
    audience: str
    when: tuple[tuple[str, Any], ...] = ()


def told(rule, event, reason, audience, /, **when):
    return Notice(rule, f"{event}.v1", reason, audience, tuple(when.items()))


def news(rule, reason, what, **when):
    return told(rule, NEWS.removesuffix(".v1"), reason, "case_contact", news=what, **when)


BUILT = {
    "visit, communication, executive and holiday visit reminder, overdue": [
        told("VS-43", "customer.visit_due", "visit_due", "visitor_id"),
        told("VS-43", "customer.visit_overdue", "visit_overdue", "visitor_id supervisor_id"),
        told("VS-43", "customer.visit_escalated", "visit_escalated", "superior_id"),
        told("VS-24", "customer.communication_recorded", "minutes_shared", "shared_persons"),
        told("VS-24", "customer.minutes_overdue", "minutes_overdue", "planned_by supervisor_id"),
        told("VS-25", "customer.issue_raised", "issue_raised", "responsible_id"),
        told("VS-25", "customer.issue_overdue", "issue_overdue", "responsible_id supervisor_id"),
        told("AD-29", "customer.inspection_due", "inspection_due", "organiser_id"),
    ],
    "complaint acknowledgement with process, times, direct contact": [
        news("CP-24", "case_received", "received", kind="complaint"),
        news("PT-26", "case_received", "received"),
        news("CP-24", "case_explained", "explained"),
    ],
    "new complaint, hand-over, escalation: the handler of the level": [
        told("CP-18", "complaint.assigned", "complaint_assigned", "person_ids"),
        told("CP-19", "complaint.assigned", "complaint_assigned", "person_ids", level=2),
        told("CP-20", "complaint.assigned", "complaint_assigned", "person_ids", level=3),
        told("CP-30", "complaint.assigned", "complaint_assigned", "person_ids", reason="escalated"),
        told("PT-19", "complaint.case_assigned", "case_assigned", "handler_id"),
        told("CP-53", "complaint.reported_to_leader", "reported_to_leader", "leader_id"),
    ],
    "first contact due or missed, weekly progress due: handler, tier 2": [
        told("CP-17", "complaint.first_contact_due_soon", "first_contact_due_soon", "handler_id"),
        told(
            "CP-17",
            "complaint.first_contact_breached",
            "first_contact_breached",
            "handler_id supervisor_ids",
        ),
        told("CP-26", "complaint.progress_due", "progress_due", "handler_id"),
        told(
            "CP-26", "complaint.progress_overdue", "progress_overdue", "handler_id supervisor_ids"
        ),
    ],
    "progress and result message: on each step, when done": [
        news("PT-26", "case_progress", "progress"),
        news("CP-30", "case_went_up", "went_up"),
        news("PT-26", "case_solved", "solved"),
        news("PT-26", "case_result", "result"),
        news("PT-21", "case_result", "result", kind="feedback"),
        news("PT-26", "case_closed", "closed"),
        news("CP-49", "case_reopened", "reopened"),
        told("PT-26", "complaint.customer_call_needed", "customer_call_needed", "handler_id"),
    ],
    "item for the general manager's meeting: its secretary": [
        told("CP-31", "complaint.gm_meeting_requested", "gm_meeting_requested", "secretary_ids"),
    ],
    "emergency: the key-account group": [
        told("CP-42", "complaint.emergency_started", "emergency_started", "told_ids"),
    ],
    "weekly complaint report: managers": [
        told("RP-01", "complaint.weekly_report_generated", "weekly_report", "told_ids"),
    ],
    "work order issued, reply near, overdue, unable": [
        told("WO-07", "dispatch.work_order_issued", "work_order_issued", "receiver_id"),
        told("WO-12", "dispatch.work_order_reply_due_soon", "work_order_due_soon", "receiver_id"),
        told(
            "WO-12",
            "dispatch.work_order_reply_overdue",
            "work_order_overdue",
            "receiver_id dispatcher_id",
        ),
        told(
            "WO-10",
            "dispatch.work_order_unable_reported",
            "work_order_unable",
            "decider_id dispatcher_id",
        ),
        told(
            "WO-10",
            "dispatch.work_order_cancelled",
            "work_order_cancelled",
            "receiver_id dispatcher_id",
        ),
        told("CP-25", "complaint.field_work_cancelled", "field_work_cancelled", "handler_id"),
    ],
    "daily list of open orders: the dispatcher": [
        told("WO-17", "dispatch.daily_check_opened", "daily_check_opened", "dispatcher_ids"),
    ],
    "blacklist bulletin: all sales departments": [
        told("AD-21", "customer.blacklisted", "company_blacklisted", "told_ids", scope="company"),
        told(
            "AD-15",
            "customer.blacklisted",
            "department_blacklisted",
            "told_ids",
            scope="department",
        ),
        told("AD-20", "customer.blacklist_reported", "blacklist_reported", "told_ids"),
    ],
    "blacklist expiry: department, marketing": [
        told("AD-17", "customer.blacklist_expired", "blacklist_expired", "told_ids"),
        told("AD-18", "customer.blacklist_lifted", "blacklist_lifted", "told_ids"),
    ],
    "stage review due, five days to downgrade: department, marketing": [
        told("CL-23", "customer.evaluation_due", "evaluation_due", "told_ids"),
        told("CL-23", "customer.evaluation_overdue", "evaluation_overdue", "told_ids"),
        told("CL-24", "customer.downgrade_due", "downgrade_due", "told_ids"),
        told("CL-24", "customer.downgrade_overdue", "downgrade_overdue", "told_ids"),
        told("AD-23", "customer.exit_review_due", "exit_review_due", "proposed_by"),
    ],
    "customer data changed, major change: departments, key-account group": [
        told("CF-17", "customer.changed", "customer_changed", "told_ids"),
        told("CF-39", "customer.major_change_noticed", "major_change_noticed", "recipient_ids"),
        told("CF-07", "customer.profile_update_overdue", "profile_update_overdue", "owner_id"),
        told("CF-22", "customer.owner_changed", "owner_changed", "new_owner_id"),
        told("CF-29", "customer.document_expiring", "document_expiring", "told_ids"),
        told("CF-29", "customer.document_expired", "document_expired", "told_ids"),
    ],
    "data of a joint venture changed: the office that keeps them": [
        told("CF-37", "customer.visit_data_updated", "visit_data_updated", "office_id"),
    ],
    "training, corrective action, penalty: person, manager": [
        told("PT-16", "complaint.training_requested", "training_requested", "owner_id person_ids"),
        told("CP-55", "complaint.corrective_action_opened", "corrective_action_opened", "owner_id"),
        told(
            "CP-55",
            "complaint.corrective_action_overdue",
            "corrective_action_overdue",
            "owner_id supervisor_ids",
        ),
        told("ST-30", "complaint.penalty_proposed", "penalty_proposed", "person_id"),
        told("ST-30", "complaint.penalty_posted", "penalty_posted", "person_id"),
        told("WO-22", "dispatch.penalty_posted", "penalty_posted", "person_id"),
    ],
    "requirement to departments": [
        told("CF-47", "customer.need_recorded", "need_recorded", "told_ids"),
        told("CF-47", "customer.need_unanswered", "need_unanswered", "told_ids"),
    ],
}
# Rows that a timer of notify or a command sends, by the templates that they use.
SENT_OTHERWISE = {
    "birthday and festival greeting: the contact of a customer (CM-01, CM-06)": [
        "birthday_greeting",
        "festival_greeting",
        "anniversary_greeting",
        "own_date_greeting",
    ],
    "payment reminder: the franchisee, as an agent asks (SC-11)": ["payment_reminder"],
    "information: the customer, as an agent asks (SC-12)": ["information"],
}
# Rows that wait, and the beginning of the names of the events that they wait for. A test turns red
# when such an event is told: the row is to be built then.
WAITING = {
    "supply notice, meter notice: departments, customer (PW-41, PW-42)": ["dispatch.power_"],
    "survey invitation: customer (SV-07)": ["customer.survey_"],
    "risk warning: owner, group (RK-08)": ["customer.risk_"],
    "churn warning: owner (LC-20)": ["customer.churn_"],
    "contract expiry: owner, group (VS-23)": ["customer.contract_expir"],
    "training assigned: person, manager (ST-05)": ["dispatch.training_"],
    "reception: department, secretary, guard, front desk (RC-07)": ["dispatch.reception_"],
    "project milestones (VS-23)": ["dispatch.milestone_", "dispatch.project_"],
}
NOTICES = [
    pytest.param(row, notice, marks=pytest.mark.rule(notice.rule), id=f"{notice.rule}-{n}")
    for row, notices in BUILT.items()
    for n, notice in enumerate(notices)
]


@pytest.fixture(scope="module")
def rules():
    (pack,) = [
        one
        for one in Rulebook.load("notify", SECTIONS, default=("care", "notices")).builtin
        if one.pack == "notices"
    ]
    return pack.sections["notices"].rules


@pytest.mark.parametrize(("row", "notice"), NOTICES)
def test_each_row_of_the_catalogue_has_its_notice(rules, row, notice):
    wanted = {"event": (notice.event,), **{name: (value,) for name, value in notice.when}}
    found = [rule for rule in rules if rule.when == wanted]

    assert found, row
    said = found[0].value
    assert (notice.rule, notice.reason) == (found[0].rule, said.reason)
    assert tuple(notice.audience.split()) == said.audience


def test_customers_are_told_their_news_alone(rules):
    told = {rule.when["event"] for rule in rules if "case_contact" in rule.value.audience}

    assert told == {(NEWS,)}


@pytest.mark.parametrize("row", SENT_OTHERWISE)
def test_what_no_event_triggers_has_its_words(row):
    assert set(SENT_OTHERWISE[row]) <= TEMPLATES.keys()


def test_bulletins_newsletters_and_offers_have_words_where_packs_send_them():
    """Row "bulletin, newsletter, offers, coupons: customer, at intervals" (CM-02, CM-05, CM-09)."""
    assert ("newsletters" in SECTIONS) == ("newsletter" in TEMPLATES)


@pytest.mark.parametrize("row", WAITING)
def test_a_row_that_waits_waits_for_an_event_that_nobody_tells(row):
    known = {path.stem for path in CONTRACTS.glob("*.json")}

    assert [] == [name for name in known if name.startswith(tuple(WAITING[row]))]
