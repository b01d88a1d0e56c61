"""Who is told what of an event, once, and by which clause."""

import json
from datetime import timedelta
from string import Formatter

import pytest
from sqlalchemy import select

from notify.consumers import SUBSCRIPTIONS
from notify.domain.catalogue import CATALOGUE
from notify.domain.message_states import State, Why
from notify.domain.messages import Urgency
from shared.org_units import chain
from shared.rules import UnitUnknown
from shared.tables import journal
from shared.testing import CONTRACTS, examples
from shared.topology import subscribers

from .conftest import COMPLAINT, CUSTOMER, DIRECTOR, HANDLER, HELD, MANAGER

VISIT = {
    "visit_id": "0198f0b0-1a2b-7c3d-8e4f-5a6b7c8d9e0f",
    "customer_id": str(CUSTOMER),
    "org_unit": "shop-01",
    "visitor_id": str(HANDLER),
    "due_on": "2026-03-05",
}
ORDER = {
    "work_order_id": "0198f0c2-7a10-7c31-9d52-3f6a1b2c4d5e",
    "org_unit": "dispatch-centre",
    "dispatcher_id": str(MANAGER),
    "complaint_id": str(COMPLAINT),
    "customer_id": None,
    "reply_due_at": "2026-03-03T10:00:00+00:00",
}
SPANS = {
    "customer.inspection_due.v1": timedelta(hours=72),
    "customer.blacklist_reported.v1": timedelta(hours=72),
    "customer.blacklist_expired.v1": timedelta(hours=240),
    "customer.blacklist_lifted.v1": timedelta(hours=72),
    "customer.evaluation_due.v1": timedelta(hours=240),
    "customer.evaluation_overdue.v1": timedelta(hours=72),
    "customer.downgrade_overdue.v1": timedelta(hours=72),
    "customer.exit_review_due.v1": timedelta(hours=240),
    "customer.changed.v1": timedelta(hours=72),
    "customer.major_change_noticed.v1": timedelta(hours=72),
    "customer.profile_update_overdue.v1": timedelta(hours=72),
    "customer.visit_data_updated.v1": timedelta(hours=72),
    "customer.owner_changed.v1": timedelta(hours=72),
    "customer.document_expiring.v1": timedelta(hours=240),
    "customer.document_expired.v1": timedelta(hours=72),
    "customer.need_recorded.v1": timedelta(hours=72),
    "customer.need_unanswered.v1": timedelta(hours=72),
    "customer.issue_raised.v1": timedelta(hours=72),
    "customer.issue_overdue.v1": timedelta(hours=72),
    "customer.communication_recorded.v1": timedelta(hours=72),
    "customer.minutes_overdue.v1": timedelta(hours=72),
    "dispatch.work_order_cancelled.v1": timedelta(hours=72),
    "customer.visit_due.v1": timedelta(hours=240),
    "complaint.first_contact_due_soon.v1": timedelta(hours=72),
    "complaint.progress_due.v1": timedelta(hours=72),
    "complaint.message_received.v1": timedelta(hours=72),
    "complaint.action_planned.v1": timedelta(hours=72),
    "complaint.emergency_ended.v1": timedelta(hours=72),
    "complaint.case_assigned.v1": timedelta(hours=72),
    "complaint.case_news_arose.v1": timedelta(hours=72),
    "complaint.customer_call_needed.v1": timedelta(hours=72),
    "complaint.corrective_action_opened.v1": timedelta(hours=72),
    "complaint.pattern_detected.v1": timedelta(hours=72),
    "complaint.case_analysis_due.v1": timedelta(hours=72),
    "complaint.shipment_hold_released.v1": timedelta(hours=72),
    "complaint.training_requested.v1": timedelta(hours=72),
    "complaint.training_ended.v1": timedelta(hours=72),
    "complaint.sub_task_opened.v1": timedelta(hours=72),
    "complaint.sub_task_changed.v1": timedelta(hours=72),
    "complaint.weekly_report_generated.v1": timedelta(hours=72),
    "complaint.field_work_cancelled.v1": timedelta(hours=72),
    "dispatch.work_order_breach_recorded.v1": timedelta(hours=240),
    "dispatch.work_order_breach_withdrawn.v1": timedelta(hours=240),
    "customer.blacklisted.v1": timedelta(hours=72),
    "complaint.phrase_flagged.v1": timedelta(hours=72),
    "complaint.penalty_proposed.v1": timedelta(hours=240),
    "complaint.penalty_posted.v1": timedelta(hours=240),
    "dispatch.penalty_posted.v1": timedelta(hours=240),
    "dispatch.book_stock_low.v1": timedelta(hours=240),
    "dispatch.book_pages_lost.v1": timedelta(hours=240),
}
SUPERSEDED = examples("dispatch.handover_voided.v1")[1]
DUE = {"handler_id": str(HANDLER), "due_at": "2026-03-03T10:00:00+00:00"}


def planned(office):
    """Reason, person, template, rule and urgency of each line, by person."""
    return [
        (one.reason, one.person_id, one.template, one.because.rule, one.urgency)
        for one in sorted(office.ledger(), key=lambda one: one.person_id)
    ]


@pytest.mark.rule("VS-43")
def test_the_visitor_alone_is_reminded_of_a_visit(office):
    office.receive("customer.visit_due.v1", VISIT)

    assert planned(office) == [("visit_due", HANDLER, "visit_due", "VS-43", Urgency.NORMAL)]


@pytest.mark.rule("VS-43")
def test_visitor_and_supervisor_are_told_of_an_overdue_visit(office):
    office.receive("customer.visit_overdue.v1", {**VISIT, "supervisor_id": str(MANAGER)})

    expected = ("visit_overdue", "VS-43", Urgency.HIGH)
    assert [(HANDLER, *expected), (MANAGER, *expected)] == [
        (person, reason, rule, urgency) for reason, person, _, rule, urgency in planned(office)
    ]


def test_a_visit_without_supervisor_is_told_to_the_visitor(office):
    office.receive("customer.visit_overdue.v1", {**VISIT, "supervisor_id": None})

    assert [HANDLER] == [one.person_id for one in office.ledger()]


@pytest.mark.rule("CP-18")
def test_the_handler_of_a_level_1_complaint_is_told(office):
    office.assigned(HANDLER, level=1)

    expected = ("complaint_assigned", HANDLER, "complaint_assigned", "CP-18", Urgency.NORMAL)
    assert [expected] == planned(office)


@pytest.mark.rule("CP-19")
def test_the_handler_of_a_level_2_complaint_is_told(office):
    office.assigned(MANAGER, level=2)

    expected = ("complaint_assigned", MANAGER, "complaint_assigned", "CP-19", Urgency.HIGH)
    assert [expected] == planned(office)


@pytest.mark.rule("CP-20")
def test_all_persons_of_a_level_3_complaint_are_told(office):
    office.assigned(HANDLER, MANAGER, DIRECTOR, level=3)

    expected = ("complaint_assigned", "CP-20", Urgency.HIGH)
    assert [(person, *expected) for person in (HANDLER, MANAGER, DIRECTOR)] == [
        (person, reason, rule, urgency) for reason, person, _, rule, urgency in planned(office)
    ]


@pytest.mark.rule("CP-30")
def test_an_escalated_complaint_is_told_in_words_of_its_own_and_once(office):
    office.assigned(MANAGER, level=2, reason="escalated")

    expected = ("complaint_assigned", MANAGER, "complaint_escalated", "CP-30", Urgency.HIGH)
    assert [expected] == planned(office)


def test_a_level_1_complaint_is_told_without_urgency(office):
    office.assigned(HANDLER)

    expected = ("complaint_assigned", HANDLER, "complaint_assigned", "CP-18", Urgency.NORMAL)
    assert [expected] == planned(office)


@pytest.mark.rule("CP-17")
def test_the_handler_is_warned_before_the_first_contact_is_due(office):
    office.receive("complaint.first_contact_due_soon.v1", {**HELD, **DUE})

    name = "first_contact_due_soon"
    assert [(name, HANDLER, name, "CP-17", Urgency.HIGH)] == planned(office)


@pytest.mark.rule("CP-17")
def test_handler_and_supervisors_are_told_that_the_first_contact_was_missed(office):
    breached = {**HELD, **DUE, "supervisor_ids": [str(MANAGER), str(HANDLER)]}
    office.receive("complaint.first_contact_breached.v1", breached)

    name = "first_contact_breached"
    assert [(name, p, name, "CP-17", Urgency.HIGH) for p in (HANDLER, MANAGER)] == planned(office)


@pytest.mark.rule("CP-26")
def test_the_handler_is_reminded_to_tell_how_it_goes_and_supervisors_hear_when_he_did_not(office):
    office.receive("complaint.progress_due.v1", {**HELD, **DUE})
    missed = {**HELD, **DUE, "supervisor_ids": [str(MANAGER)]}
    office.receive("complaint.progress_overdue.v1", missed)

    assert sorted(planned(office)) == [
        ("progress_due", HANDLER, "progress_due", "CP-26", Urgency.NORMAL),
        ("progress_overdue", HANDLER, "progress_overdue", "CP-26", Urgency.HIGH),
        ("progress_overdue", MANAGER, "progress_overdue", "CP-26", Urgency.HIGH),
    ]


@pytest.mark.rule("CP-38")
def test_whoever_has_to_act_on_a_case_is_told_of_each_step_once(office):
    case = {"kind": "complaint", "case_id": str(COMPLAINT), "org_unit": HELD["org_unit"]}
    step = {**case, "due_at": DUE["due_at"]}
    for clock in ("review", "archive", "review"):
        soon = {**step, "clock": clock, "owner_ids": [str(MANAGER)]}
        office.receive("complaint.clock_due_soon.v1", soon)
    missed = {**step, "clock": "review", "owner_ids": [], "supervisor_ids": [str(DIRECTOR)]}
    office.receive("complaint.clock_breached.v1", missed)

    assert sorted(planned(office)) == [
        ("clock_breached", DIRECTOR, "clock_breached", "CP-38", Urgency.HIGH),
        ("clock_due_soon", MANAGER, "clock_due_soon", "CP-38", Urgency.NORMAL),
        ("clock_due_soon", MANAGER, "clock_due_soon", "CP-38", Urgency.NORMAL),
    ]


@pytest.mark.rule("WO-22")
def test_a_worker_is_told_what_is_taken_off_his_pay(office):
    posted = {
        "penalty_id": str(COMPLAINT),
        "org_unit": HELD["org_unit"],
        "about": f"work_order/{COMPLAINT}",
        "person_id": str(HANDLER),
        "code": "refusal",
        "amount": "100.00",
        "month": "2026-03",
    }

    office.receive("dispatch.penalty_posted.v1", posted)

    told = [("penalty_posted", HANDLER, "penalty_posted", "WO-22", Urgency.NORMAL)]
    assert planned(office) == told


@pytest.mark.rule("ST-30")
def test_a_person_is_told_of_his_penalty_when_it_is_proposed_and_when_it_is_posted(office):
    penalty = {
        "penalty_id": str(COMPLAINT),
        "org_unit": HELD["org_unit"],
        "about": f"complaint/{COMPLAINT}",
        "person_id": str(HANDLER),
        "code": "satisfaction_not_asked",
    }
    office.receive("complaint.penalty_proposed.v1", {**penalty, "occurred_on": "2026-03-02"})
    posted = {**penalty, "amount": "62.50", "month": "2026-03"}
    office.receive("complaint.penalty_posted.v1", posted)

    assert sorted(planned(office)) == [
        ("penalty_posted", HANDLER, "penalty_posted", "ST-30", Urgency.NORMAL),
        ("penalty_proposed", HANDLER, "penalty_proposed", "ST-30", Urgency.NORMAL),
    ]


@pytest.mark.rule("CP-38")
def test_the_handler_is_told_that_the_complainant_said_something(office):
    message = {**HELD, "handler_id": str(HANDLER), "message_id": str(COMPLAINT)}
    office.receive("complaint.message_received.v1", message)

    name = "message_received"
    assert planned(office) == [(name, HANDLER, name, "CP-38", Urgency.HIGH)]


SUB_TASK = {
    "kind": "complaint",
    "case_id": str(COMPLAINT),
    "org_unit": HELD["org_unit"],
    "sub_task_id": str(CUSTOMER),
    "department": "logistics",
    "handler_id": str(HANDLER),
    "owner_id": str(MANAGER),
    "due_at": DUE["due_at"],
}


@pytest.mark.rule("CP-25")
def test_owner_handler_and_supervisor_hear_how_a_sub_task_goes(office):
    office.receive("complaint.sub_task_opened.v1", SUB_TASK)
    for step in ("accept", "finish", "return"):
        office.receive("complaint.sub_task_changed.v1", {**SUB_TASK, "step": step})
    office.receive("complaint.sub_task_due_soon.v1", SUB_TASK)
    missed = {"missed": "result", "supervisor_ids": [str(DIRECTOR)]}
    office.receive("complaint.sub_task_overdue.v1", {**SUB_TASK, **missed})

    assert sorted((name, person) for name, person, *_ in planned(office)) == sorted(
        [
            ("sub_task_opened", MANAGER),
            ("sub_task_finished", HANDLER),
            ("sub_task_returned", MANAGER),
            ("sub_task_due_soon", MANAGER),
            *(("sub_task_overdue", person) for person in (HANDLER, MANAGER, DIRECTOR)),
        ]
    )


@pytest.mark.rule("CP-55")
def test_owner_and_supervisors_hear_of_an_action_against_a_fault(office):
    action = {
        "action_id": str(COMPLAINT),
        "org_unit": HELD["org_unit"],
        "department": "logistics",
        "kind": "corrective",
        "source": "complaint",
        "owner_id": str(MANAGER),
        "due_at": DUE["due_at"],
    }
    office.receive("complaint.corrective_action_opened.v1", action)
    late = {**action, "supervisor_ids": [str(DIRECTOR)]}
    office.receive("complaint.corrective_action_overdue.v1", late)

    assert sorted((name, person) for name, person, *_ in planned(office)) == [
        ("corrective_action_opened", MANAGER),
        *sorted(("corrective_action_overdue", person) for person in (MANAGER, DIRECTOR)),
    ]


@pytest.mark.rule("PT-13")
def test_those_who_ship_hear_of_goods_that_are_held_and_when_they_may_ship_again(office):
    (hold, _) = examples("complaint.shipment_hold_requested.v1")
    owner, told = str(MANAGER), [str(DIRECTOR)]
    hold |= {"org_unit": HELD["org_unit"], "owner_id": owner, "supervisor_ids": told}
    for step in ("requested", "overdue"):
        office.receive(f"complaint.shipment_hold_{step}.v1", hold)
    office.receive("complaint.shipment_hold_released.v1", {**hold, "outcome": "released"})

    assert sorted((name, person) for name, person, *_ in planned(office)) == sorted(
        [
            *(("shipment_hold_requested", person) for person in (MANAGER, DIRECTOR)),
            *(("shipment_hold_overdue", person) for person in (MANAGER, DIRECTOR)),
            ("shipment_hold_released", MANAGER),
        ]
    )


CALL_BACK = {
    "call_back_id": str(COMPLAINT),
    "org_unit": HELD["org_unit"],
    "department": "logistics",
    "promised_by": str(MANAGER),
    "owner_id": str(HANDLER),
    "due_at": DUE["due_at"],
}


@pytest.mark.rule("SC-04", "SC-06", "SC-07")
@pytest.mark.parametrize(
    ("situation", "rule", "name"),
    [
        ("guide_to_solver", "SC-04", "call_back_promised"),
        ("other_department", "SC-06", "call_back_asked"),
        ("report_needed", "SC-07", "call_back_asked"),
    ],
)
def test_whoever_is_needed_for_a_promised_call_hears_of_it_at_once(office, situation, rule, name):
    told = {**CALL_BACK, "situation": situation, "asked_ids": [str(DIRECTOR)]}
    office.receive("complaint.call_back_promised.v1", told)

    assert planned(office) == [(name, DIRECTOR, name, rule, Urgency.HIGH)]


@pytest.mark.rule("SC-05")
def test_whoever_is_to_call_is_reminded_and_supervisors_hear_when_he_did_not(office):
    call_back = {**CALL_BACK, "situation": "no_answer_now"}
    office.receive("complaint.call_back_promised.v1", {**call_back, "asked_ids": []})
    office.receive("complaint.call_back_handed_over.v1", {**call_back, "reason": "owner_left"})
    office.receive("complaint.call_back_due_soon.v1", call_back)
    late = {**call_back, "supervisor_ids": [str(DIRECTOR)]}
    office.receive("complaint.call_back_overdue.v1", late)

    expected = [
        ("call_back_handed_over", HANDLER),
        ("call_back_due_soon", HANDLER),
        *(("call_back_overdue", person) for person in (HANDLER, MANAGER, DIRECTOR)),
    ]
    assert sorted(planned(office)) == sorted(
        (name, person, name, "SC-05", Urgency.HIGH) for name, person in expected
    )


@pytest.mark.rule("CP-58")
def test_supervisors_hear_of_what_recurs(office):
    (pattern, _) = examples("complaint.pattern_detected.v1")
    told = {"org_unit": HELD["org_unit"], "supervisor_ids": [str(DIRECTOR)]}
    office.receive("complaint.pattern_detected.v1", {**pattern, **told})

    name = "pattern_detected"
    assert planned(office) == [(name, DIRECTOR, name, "CP-58", Urgency.HIGH)]


@pytest.mark.rule("PT-16")
def test_those_concerned_hear_of_training_and_whoever_asked_of_the_answer(office):
    (training, _) = examples("complaint.training_requested.v1")
    training |= {
        "org_unit": HELD["org_unit"],
        "owner_id": str(MANAGER),
        "person_ids": [str(HANDLER)],
        "requested_by": str(DIRECTOR),
    }
    office.receive("complaint.training_requested.v1", training)
    late = {**training, "supervisor_ids": [str(DIRECTOR)]}
    office.receive("complaint.training_overdue.v1", late)
    office.receive("complaint.training_ended.v1", {**training, "outcome": "held"})

    assert sorted((name, person) for name, person, *_ in planned(office)) == sorted(
        [
            *(("training_requested", person) for person in (HANDLER, MANAGER)),
            *(("training_overdue", person) for person in (MANAGER, DIRECTOR)),
            ("training_ended", DIRECTOR),
        ]
    )


@pytest.mark.rule("CP-05")
def test_whoever_analyses_cases_hears_of_it_and_supervisors_when_it_is_late(office):
    (analysis, _) = examples("complaint.case_analysis_due.v1")
    analysis |= {"org_unit": HELD["org_unit"], "owner_id": str(MANAGER)}
    office.receive("complaint.case_analysis_due.v1", analysis)
    late = {**analysis, "supervisor_ids": [str(DIRECTOR)]}
    office.receive("complaint.case_analysis_overdue.v1", late)

    assert sorted((name, person) for name, person, *_ in planned(office)) == [
        ("case_analysis_due", MANAGER),
        *sorted(("case_analysis_overdue", person) for person in (MANAGER, DIRECTOR)),
    ]


@pytest.mark.rule("CP-31")
def test_the_secretary_is_told_of_a_complaint_for_the_general_managers_meeting(office):
    office.receive("complaint.gm_meeting_requested.v1", {**HELD, "secretary_ids": [str(DIRECTOR)]})

    name = "gm_meeting_requested"
    assert [(name, DIRECTOR, name, "CP-31", Urgency.HIGH)] == planned(office)


@pytest.mark.rule("CP-42")
def test_the_whole_group_is_told_of_each_emergency_of_a_key_account_and_of_its_end(office):
    group = sorted((DIRECTOR, MANAGER))
    run = {**HELD, "emergency_id": str(CUSTOMER), "told_ids": [str(one) for one in group]}
    run["cause"] = "filed"
    for type_ in ("started", "started", "ended"):
        office.receive(f"complaint.emergency_{type_}.v1", run)

    lines = [(name, person, rule, urgency) for name, person, _, rule, urgency in planned(office)]
    assert sorted(lines) == [
        *(("emergency_ended", person, "CP-42", Urgency.NORMAL) for person in group),
        *(("emergency_started", person, "CP-42", Urgency.HIGH) for person in group),
    ]


@pytest.mark.rule("CP-43")
def test_whoever_sees_to_a_plan_is_told_of_it_and_of_another_deadline(office):
    plan = {**HELD, "form_id": str(CUSTOMER), "owner_id": str(MANAGER)}
    for day in (3, 3, 5):
        due_at = f"2026-03-0{day}T10:00:00+00:00"
        office.receive("complaint.action_planned.v1", {**plan, "due_at": due_at})

    name = "action_planned"
    assert [(name, MANAGER, name, "CP-43", Urgency.NORMAL)] * 2 == planned(office)


REPORTED = "complaint.weekly_report_generated.v1"
REPORT = {**examples(REPORTED)[0], "org_unit": HELD["org_unit"], "told_ids": [str(MANAGER)]}


@pytest.mark.rule("RP-01")
def test_managers_are_told_of_each_revision_of_the_weekly_report(office):
    for revision in (1, 2, 2):
        office.receive(REPORTED, {**REPORT, "revision": revision})

    name = "weekly_report"
    assert [(name, MANAGER, name, "RP-01", Urgency.NORMAL)] * 2 == planned(office)


@pytest.mark.rule("RP-01")
def test_the_message_on_the_weekly_report_has_its_numbers_and_says_where_the_whole_one_is(office):
    rates = {"timeliness": None, "solution": 0.8182, "satisfaction": 68.75}
    office.person(MANAGER)
    office.receive(REPORTED, {**REPORT, "rates": rates})

    sent = office.only()
    for said in (
        "受理 12 件,结案 9 件,未结 7 件;超时 1 次,升级 2 件",
        "首次联系及时率 –,问题解决率 81.8%,满意度 68.8",
        f"/v1/units/{REPORT['org_unit']}/weekly-reports/2026-W07?format=html",
    ):
        assert said in sent.body, sent.body


@pytest.mark.rule("WO-07", "WO-23")
def test_the_dispatcher_is_told_of_a_draft_and_the_receiver_of_an_order(office):
    office.receive("dispatch.work_order_opened.v1", {**ORDER, "source": "complaint"})
    issued = {**ORDER, "order_no": "dispatch-centre-000001", "receiver_id": str(HANDLER)}
    office.receive("dispatch.work_order_issued.v1", issued)

    assert [
        ("work_order_issued", HANDLER, "work_order_issued", "WO-07", Urgency.HIGH),
        ("work_order_opened", MANAGER, "work_order_opened", "WO-23", Urgency.NORMAL),
    ] == planned(office)


GIVEN_OUT = {
    "work_order_id": ORDER["work_order_id"],
    "org_unit": "dispatch-centre",
    "order_no": "dispatch-centre-000001",
    "receiver_id": str(HANDLER),
    "dispatcher_id": str(MANAGER),
}
LATER = "2026-03-03T10:00:00+00:00"


@pytest.mark.rule("WO-01", "WO-10", "WO-12")
@pytest.mark.parametrize(
    ("event", "more", "reason", "rule", "urgency", "told"),
    [
        (
            "progress_reported",
            {"reported_at": LATER, "expected_at": LATER, "on_time": True},
            "work_order_progress",
            "WO-12",
            Urgency.NORMAL,
            [MANAGER],
        ),
        ("reply_due_soon", {"due_at": LATER}, "work_order_due_soon", "WO-12", "high", [HANDLER]),
        (
            "reply_overdue",
            {"due_at": LATER, "breach": True},
            "work_order_overdue",
            "WO-12",
            Urgency.HIGH,
            [HANDLER, MANAGER],
        ),
        (
            "reminded",
            {"awaited": "closing", "owner_ids": [str(MANAGER)], "due_at": LATER},
            "work_order_reminded",
            "WO-01",
            Urgency.NORMAL,
            [MANAGER],
        ),
        ("handed_on", {"from_id": None}, "work_order_handed_on", "WO-01", "high", [MANAGER]),
        (
            "unable_reported",
            {"decider_id": str(DIRECTOR), "decision_due_at": LATER},
            "work_order_unable",
            "WO-10",
            Urgency.HIGH,
            [MANAGER, DIRECTOR],
        ),
        (
            "decision_referred",
            {"from_id": None, "decider_id": str(DIRECTOR), "reason": "overdue"},
            "work_order_unable",
            "WO-10",
            Urgency.HIGH,
            [DIRECTOR],
        ),
        (
            "unable_decided",
            {"decision": "insist", "decided_by": str(DIRECTOR)},
            "work_order_decided",
            "WO-10",
            Urgency.HIGH,
            [HANDLER, MANAGER],
        ),
    ],
)
def test_who_has_to_do_with_a_work_order_is_told_of_its_course(
    office, event, more, reason, rule, urgency, told
):
    for _ in range(2):
        data = {**GIVEN_OUT, "decision_due_at": None, **more}
        office.receive(f"dispatch.work_order_{event}.v1", data, sequence=7)

    wanted = [(reason, one, reason, rule, Urgency(urgency)) for one in sorted(told)]
    assert wanted == planned(office)


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        pytest.param("item_blank", "WO-09", marks=pytest.mark.rule("WO-09")),
        pytest.param("item_unclear", "WO-09", marks=pytest.mark.rule("WO-09")),
        pytest.param("refusal", "WO-11", marks=pytest.mark.rule("WO-11")),
        pytest.param("unreasonable_dispatch", "WO-11", marks=pytest.mark.rule("WO-11")),
        pytest.param("late_unreported", "WO-13", marks=pytest.mark.rule("WO-13")),
        pytest.param("completion_neglected", "WO-16", marks=pytest.mark.rule("WO-16")),
        pytest.param("closing_neglected", "WO-16", marks=pytest.mark.rule("WO-16")),
    ],
)
def test_whose_breach_it_is_he_is_told(office, code, rule):
    recorded = examples("dispatch.work_order_breach_recorded.v1")[0]
    own = {**recorded, "code": code, "person_id": str(HANDLER)}
    office.receive("dispatch.work_order_breach_recorded.v1", own)

    name = "work_order_breach"
    assert [(name, HANDLER, name, rule, Urgency.NORMAL)] == planned(office)


@pytest.mark.rule("WO-17")
@pytest.mark.parametrize(
    ("event", "own", "reason", "told"),
    [
        (
            "daily_check_opened",
            {"dispatcher_ids": [str(HANDLER), str(MANAGER)]},
            "daily_check_opened",
            [HANDLER, MANAGER],
        ),
        (
            "daily_check_reminded",
            {"owner_ids": [str(HANDLER)], "superior_id": str(DIRECTOR)},
            "daily_check_reminded",
            [HANDLER, DIRECTOR],
        ),
        (
            "daily_check_reminded",
            {"owner_ids": [str(HANDLER)], "superior_id": None},
            "daily_check_reminded",
            [HANDLER],
        ),
        ("handover_proposed", {"incoming_ids": [str(MANAGER)]}, "handover_proposed", [MANAGER]),
        ("handover_voided", {"from_id": str(HANDLER)}, "handover_voided", [HANDLER]),
    ],
)
def test_those_at_the_end_of_a_shift_are_told_of_the_list_and_of_its_handover(
    office, event, own, reason, told
):
    type_ = f"dispatch.{event}.v1"
    for _ in range(2):
        office.receive(type_, {**examples(type_)[0], **own})

    wanted = [(reason, one, reason, "WO-17", Urgency.HIGH) for one in sorted(told)]
    assert wanted == planned(office)


@pytest.mark.rule("WO-17")
def test_what_went_over_with_the_list_is_told_nobody_order_by_order(office):
    moved = {**GIVEN_OUT, "from_id": str(HANDLER), "reason": "handover"}
    office.receive("dispatch.work_order_handed_on.v1", moved)
    office.receive("dispatch.handover_voided.v1", SUPERSEDED)

    assert planned(office) == []


@pytest.mark.parametrize(
    ("event", "whom", "rule"),
    [
        pytest.param("book_stock_low", "owner_ids", "WO-03", marks=pytest.mark.rule("WO-03")),
        pytest.param("book_reminded", "owner_ids", "WO-18", marks=pytest.mark.rule("WO-18")),
        pytest.param("book_pages_lost", "person_id", "WO-19", marks=pytest.mark.rule("WO-19")),
    ],
)
def test_who_has_to_do_with_a_book_is_told_of_it(office, event, whom, rule):
    told = examples(f"dispatch.{event}.v1")[0]
    one = [str(HANDLER)] if whom == "owner_ids" else str(HANDLER)
    office.receive(f"dispatch.{event}.v1", {**told, whom: one})

    assert [(event, HANDLER, event, rule, Urgency.NORMAL)] == planned(office)


@pytest.mark.rule("WO-12")
def test_a_breach_that_was_none_is_taken_back_before_all_who_heard_of_it(office):
    withdrawn = examples("dispatch.work_order_breach_withdrawn.v1")[0]
    told = {**withdrawn, "person_id": str(HANDLER), "dispatcher_id": str(MANAGER)}
    office.receive("dispatch.work_order_breach_withdrawn.v1", told)

    name = "work_order_breach_withdrawn"
    wanted = [(name, one, name, "WO-12", Urgency.NORMAL) for one in sorted((HANDLER, MANAGER))]
    assert wanted == planned(office)


@pytest.mark.rule("XC-17")
@pytest.mark.parametrize(("successor", "told"), [(str(HANDLER), [HANDLER]), (None, [])])
def test_a_successor_is_told_of_what_he_takes_over(office, successor, told):
    type_ = "dispatch.person_departed.v1"
    office.receive(type_, {**examples(type_)[0], "successor_id": successor})

    name = "person_departed"
    assert [(name, one, name, "XC-17", Urgency.HIGH) for one in told] == planned(office)


@pytest.mark.rule("CP-25")
def test_the_handler_is_told_that_field_work_was_cancelled(office):
    order = {"work_order_id": ORDER["work_order_id"], "request_id": None}
    cancelled = {"kind": "complaint", **order, **HELD}
    office.receive("complaint.field_work_cancelled.v1", {**cancelled, "handler_id": str(HANDLER)})

    name = "field_work_cancelled"
    assert [(name, HANDLER, name, "CP-25", Urgency.HIGH)] == planned(office)


def test_the_words_name_the_recipient_and_show_times_in_his_zone(office):
    office.person(HANDLER)
    office.person(MANAGER, name="Ann", language="en-GB", zone="Europe/London")
    breached = {**HELD, **DUE, "supervisor_ids": [str(MANAGER)]}
    office.receive("complaint.first_contact_breached.v1", breached)

    first, second = office.ledger()
    assert f"投诉 {COMPLAINT} 的首次联系应于 2026-03-03 18:00 前完成" in first.body
    assert first.body.startswith("王小明")
    assert ("en", "First contact is overdue") == (second.language, second.title)
    assert "due at 2026-03-03 10:00" in second.body


def test_the_same_event_told_twice_is_said_once(office):
    office.assigned(HANDLER)
    office.assigned(HANDLER)

    assert 1 == len(office.ledger())


def test_a_message_is_held_until_its_recipient_is_known(office):
    office.assigned(HANDLER)
    held = office.only()
    office.send()
    office.person(HANDLER)
    office.send()

    sent = office.only()
    assert (State.HELD, Why.CONTACT_UNKNOWN) == (held.state, held.state_reason)
    assert (State.SENT, None) == (sent.state, sent.state_reason)
    assert ["message.held", "message.planned", "message.sending", "message.sent"] == (
        office.journal(sent)
    )


def test_what_was_held_too_long_is_not_said_any_more(office):
    office.receive("customer.visit_due.v1", VISIT)
    office.fire(at=office.only().expires_at)
    office.clock.at = office.clock.at.replace(microsecond=1)
    office.person(HANDLER)

    assert (State.SUPPRESSED, Why.TOO_LATE) == (office.only().state, office.only().state_reason)


@pytest.mark.parametrize("type_", sorted(CATALOGUE.keys() & SUBSCRIPTIONS))
def test_every_notice_is_worth_saying_for_a_day_at_least_and_not_for_ever(office, type_):
    for example in examples(type_):
        office.receive(type_, {**example, "org_unit": "shop-01"})

    spans = {one.expires_at - one.planned_at for one in office.ledger()}
    assert {SPANS.get(type_, timedelta(days=1))} == spans


@pytest.mark.parametrize("type_", [path.stem for path in sorted(CONTRACTS.glob("*.json"))])
def test_of_private_events_those_of_contacts_alone_are_heard(type_):
    private = json.loads((CONTRACTS / f"{type_}.json").read_text())["x-private"]
    heard = private and "notify" in subscribers(type_, private=True)

    assert (private and type_ in SUBSCRIPTIONS) == heard
    assert not (private and "field_work" in type_ and heard)


def test_nobody_who_has_left_is_written_to(office):
    office.person(HANDLER, active=False)
    office.assigned(HANDLER)

    message = office.only()
    assert (State.SUPPRESSED, Why.CONTACT_INACTIVE) == (message.state, message.state_reason)


def test_an_event_of_an_unknown_unit_waits_for_the_unit(office):
    with pytest.raises(UnitUnknown):
        office.receive("customer.visit_due.v1", {**VISIT, "org_unit": "shop-99"})

    assert [] == office.ledger()


def test_a_unit_that_dispatch_tells_of_is_known(office):
    told = {"unit": "shop-09", "parent": "region-north", "kind": "shop", "name": "9"}
    office.receive("dispatch.org_unit_changed.v1", {**told, "calendar": None})

    with office.open() as tx:
        assert ["shop-09", "region-north", "sales-centre", "hq"] == chain(tx.session, "shop-09")


def test_neither_journal_nor_events_hold_names_or_words(office):
    office.person(HANDLER, addresses=[])
    office.fallback = ()
    office.assigned(HANDLER)
    office.send()

    with office.sessions() as session:
        kept = str(session.execute(select(journal)).all())
    assert ["notify.message_failed.v1"] == [type_ for type_, _ in office.told()]
    assert "王小明" not in kept + str(office.told())


@pytest.mark.parametrize("type_", sorted(SUBSCRIPTIONS))
def test_every_example_of_the_publisher_can_be_read(type_):
    assert (CONTRACTS / f"{type_}.json").exists()
    for example in examples(type_):
        assert SUBSCRIPTIONS[type_].reads.load(example)


@pytest.mark.parametrize("type_", sorted(CATALOGUE.keys() & SUBSCRIPTIONS))
def test_what_an_event_offers_stands_in_its_contract(type_):
    """What a template or a pack may name is read from fields that the publisher promises."""
    entry, reading = CATALOGUE[type_], SUBSCRIPTIONS[type_].reads
    schema = json.loads((CONTRACTS / f"{type_}.json").read_text())
    promised, asked = schema["properties"].keys(), reading.fields.items()
    assert {field.data_key or name for name, field in asked} <= promised

    for example in examples(type_):
        offered = reading.load(example).keys() | {"sequence"}
        subject = {name for _, name, _, _ in Formatter().parse(entry.subject) if name}
        named = {*entry.words, *entry.audiences, *entry.facts, *entry.occurrence, *subject}
        assert named <= offered


@pytest.mark.parametrize("type_", sorted(CATALOGUE.keys() & SUBSCRIPTIONS))
def test_the_packs_have_something_to_say_about_every_event_of_the_catalogue(office, type_):
    for example in examples(type_):
        office.receive(type_, {**example, "org_unit": "shop-01"})

    assert [] != office.ledger()
