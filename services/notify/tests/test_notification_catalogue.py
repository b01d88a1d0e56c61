"""The notification catalogue (20.3 of the rules): each row about complaints and problems stands in
the pack of notices, for those to whom it is due."""

import pytest

from notify.api.policies import SECTIONS
from shared.policy import Rulebook

STAFF, CUSTOMER = "staff", "customer"
NEWS = "complaint.case_news_arose.v1"
# A row of the catalogue, and of each notice that it asks for: the event, what tells its case from
# others, whom it names, and who that is.
ROWS = {
    "complaint acknowledgement with process, times, direct contact": [
        (NEWS, {"news": "received", "kind": "complaint"}, "case_contact", CUSTOMER),
        (NEWS, {"news": "received"}, "case_contact", CUSTOMER),
        (NEWS, {"news": "explained"}, "case_contact", CUSTOMER),
    ],
    "new complaint, hand-over, escalation: the handler of the level": [
        ("complaint.assigned.v1", {}, "person_ids", STAFF),
        ("complaint.assigned.v1", {"level": 2}, "person_ids", STAFF),
        ("complaint.assigned.v1", {"level": 3}, "person_ids", STAFF),
        ("complaint.assigned.v1", {"reason": "escalated"}, "person_ids", STAFF),
        ("complaint.case_assigned.v1", {}, "handler_id", STAFF),
    ],
    "first contact due or missed, weekly progress due: handler, tier 2": [
        ("complaint.first_contact_due_soon.v1", {}, "handler_id", STAFF),
        ("complaint.first_contact_breached.v1", {}, "handler_id", STAFF),
        ("complaint.first_contact_breached.v1", {}, "supervisor_ids", STAFF),
        ("complaint.progress_due.v1", {}, "handler_id", STAFF),
        ("complaint.progress_overdue.v1", {}, "handler_id", STAFF),
        ("complaint.progress_overdue.v1", {}, "supervisor_ids", STAFF),
    ],
    "progress and result message: on each step, when done": [
        (NEWS, {"news": "progress"}, "case_contact", CUSTOMER),
        (NEWS, {"news": "went_up"}, "case_contact", CUSTOMER),
        (NEWS, {"news": "solved"}, "case_contact", CUSTOMER),
        (NEWS, {"news": "result"}, "case_contact", CUSTOMER),
        (NEWS, {"news": "result", "kind": "feedback"}, "case_contact", CUSTOMER),
        (NEWS, {"news": "closed"}, "case_contact", CUSTOMER),
        (NEWS, {"news": "reopened"}, "case_contact", CUSTOMER),
        ("complaint.customer_call_needed.v1", {}, "handler_id", STAFF),
    ],
    "item for the general manager's meeting: its secretary": [
        ("complaint.gm_meeting_requested.v1", {}, "secretary_ids", STAFF),
    ],
    "emergency: key-account group": [
        ("complaint.emergency_started.v1", {}, "told_ids", STAFF),
    ],
    "weekly complaint report: managers": [
        ("complaint.weekly_report_generated.v1", {}, "told_ids", STAFF),
    ],
    "corrective action, penalty: person, manager": [
        ("complaint.corrective_action_opened.v1", {}, "owner_id", STAFF),
        ("complaint.corrective_action_overdue.v1", {}, "supervisor_ids", STAFF),
        ("complaint.penalty_proposed.v1", {}, "person_id", STAFF),
        ("complaint.penalty_posted.v1", {}, "person_id", STAFF),
    ],
}
NOTICES = [(row, *notice) for row, notices in ROWS.items() for notice in notices]


@pytest.fixture(scope="module")
def rules():
    (pack,) = [
        one
        for one in Rulebook.load("notify", SECTIONS, default=("care", "notices")).builtin
        if one.pack == "notices"
    ]
    return pack.sections["notices"].rules


@pytest.mark.rule("CP-24", "CP-19", "CP-17", "PT-26", "CP-31", "RP-01", "CP-55", "ST-30")
@pytest.mark.parametrize(("row", "event", "when", "audience", "who"), NOTICES)
def test_each_row_of_the_catalogue_has_its_notice(rules, row, event, when, audience, who):
    wanted = {"event": (event,), **{name: (value,) for name, value in when.items()}}
    found = [rule.value for rule in rules if rule.when == wanted]

    assert found, row
    assert audience in found[0].audience
    assert (who == CUSTOMER) == (audience == "case_contact")


def test_customers_are_told_their_news_alone(rules):
    told = {rule.when["event"] for rule in rules if "case_contact" in rule.value.audience}

    assert told == {(NEWS,)}
