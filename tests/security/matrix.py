"""Every route of every service, and what a valid request to it looks like.

``{received}`` stands for the seeded row of that name; it is put into path and body for the caller's
own department, for the other one, and for a thing that does not exist.
"""

from . import (
    complaint_attachments,
    complaint_call_backs,
    complaint_key_accounts,
    complaint_penalties,
    complaint_problems,
    complaint_quality,
    customer_admission,
    customer_benefits,
    customer_blacklist,
    customer_contracts,
    customer_exchange,
    customer_exits,
    customer_file_fields,
    customer_files,
    customer_grading,
    customer_interested_parties,
    customer_overview,
    customer_partners,
    customer_talks,
    customer_visits,
    dispatch_assignment,
    dispatch_books,
    dispatch_command_queues,
    dispatch_daily_checks,
    dispatch_departures,
    dispatch_penalties,
    dispatch_people_imports,
    dispatch_prints,
    dispatch_shifts,
    dispatch_sign_offs,
    notify_bounces,
    notify_care,
    notify_hearings,
    notify_letters,
    notify_subscriptions,
    seeded_work,
)
from .routes import Route, get, patch, post, put

PACKS = "A pack is in force or not wherever units follow it; its document names nobody."
WORDS = "The words of messages hold for the whole company."
BULLETIN = "The company tells everybody who works there whom its own list bars."
OWN_SCRIPTS = "Staff says what the packs of its own unit say, which no request names."
OWN_POST = "The order begins in the unit of the caller's own post, which no request names."

ACTIVATION = {"packs": ["{pack}"], "effective_from": "2026-03-02"}
POLICIES = {
    "policies.list_packs": get("/v1/policies", unscoped=PACKS),
    "policies.get_pack": get("/v1/policies/{pack}/{pack_version}", unscoped=PACKS),
    "policies.add_pack_version": post("/v1/policies", "{document}", unscoped=PACKS),
    "policies.get_activations": get("/v1/units/{unit}/policies"),
    "policies.get_rulings": get("/v1/units/{unit}/policies/{section}?on=2026-03-02"),
    "policies.activate_packs": put("/v1/units/{unit}/policies", ACTIVATION, version=0),
}
FILING = {
    "org_unit": "{unit}",
    "complainant": "consumer",
    "channel": "telephone",
    "about": "product_quality",
    "details": {"place": "at home"},
}
FIELD_WORK = {
    "place": "at home",
    "content": "exchange it",
    "requirements": "bring a new one",
    "reply_due_at": "2026-03-04T18:00:00+08:00",
}
RECORD = {"step": "cause", "content": "a thread broke"}
WAY_AHEAD = {
    "outline": "we look at it",
    "steps": [{"step": "cause", "hours": 24}],
    "contact": "extension 4711",
}
ACTION = {"kind": "corrective", "department": "{region}", "reason": "a thread broke"}
SUB_TASK = {"department": "{region}", "content": "look it up"}
ONE_COMPLAINT = "/v1/complaints/{received}"
ONE_CASE = "/v1/cases/{received}"
COMPLAINT = {
    "case_contacts.get_case_contact": get(f"{ONE_CASE}/contact"),
    "case_contacts.change_case_contact": post(f"{ONE_CASE}/contacts", seeded_work.CASE_CONTACT),
    "case_contacts.erase_case_contact": post(
        f"{ONE_CASE}/contact-erasures", {"reason": "he asked"}
    ),
    "complaints.file_complaint": post("/v1/complaints", FILING),
    "complaints.list_complaints": get("/v1/complaints", lists="received"),
    "complaints.get_complaint": get(ONE_COMPLAINT),
    "complaints.amend_form": patch(ONE_COMPLAINT, {"place": "elsewhere"}),
    "complaints.get_complaint_timeline": get(f"{ONE_COMPLAINT}/timeline"),
    "complaints.explain_clock": get(f"{ONE_COMPLAINT}/clocks/first_contact/explain"),
    "complaints.reveal_complainant": post(f"{ONE_COMPLAINT}/reveals", {"reason": "call"}),
    "handling.make_first_contact": post(f"{ONE_COMPLAINT}/first-contacts", seeded_work.LEARNT),
    "handling.request_field_work": post(
        "/v1/complaints/{contacted}/field-work-requests", FIELD_WORK
    ),
    "handling.tell_result": post("/v1/complaints/{contacted}/results", seeded_work.TOLD),
    "handling.answer_satisfaction": post(
        "/v1/complaints/{told}/satisfaction-answers", seeded_work.ANSWER
    ),
    "progress.take_over": post(f"{ONE_COMPLAINT}/take-overs", {}),
    "progress.tell_progress": post(
        "/v1/complaints/{contacted}/progress-contacts", seeded_work.PROGRESS
    ),
    "progress.receive_message": post(f"{ONE_COMPLAINT}/messages", seeded_work.MESSAGE),
    "progress.hold_complaint": post("/v1/complaints/{contacted}/pauses", seeded_work.PAUSE),
    "progress.resume_complaint": post("/v1/complaints/{held}/resumptions", {}),
    "records.get_handling": get(f"{ONE_COMPLAINT}/handling-records"),
    "records.record_step": post("/v1/complaints/{contacted}/handling-records", RECORD),
    "records.explain_process": post("/v1/complaints/{contacted}/process-explanations", WAY_AHEAD),
    "corrective_actions.open_corrective_action": post(
        "/v1/complaints/{contacted}/corrective-actions", ACTION
    ),
    "corrective_actions.list_corrective_actions": get("/v1/corrective-actions", lists="action"),
    "corrective_actions.get_corrective_action": get("/v1/corrective-actions/{action}"),
    "corrective_actions.plan_corrective_action": post(
        "/v1/corrective-actions/{action}/plans", {"measures": "a better thread"}
    ),
    "corrective_actions.finish_corrective_action": post(
        "/v1/corrective-actions/{action_planned}/results", {"result": "taken"}
    ),
    "corrective_actions.verify_corrective_action": post(
        "/v1/corrective-actions/{action_done}/verifications", {"opinion": "it holds"}
    ),
    "corrective_actions.reopen_corrective_action": post(
        "/v1/corrective-actions/{action_done}/reopenings", {"reason": "it broke"}
    ),
    "sub_tasks.open_sub_task": post("/v1/complaints/{contacted}/sub-tasks", SUB_TASK),
    "sub_tasks.list_sub_tasks": get("/v1/sub-tasks", lists="sub_task"),
    "sub_tasks.get_sub_task": get("/v1/sub-tasks/{sub_task}"),
    "sub_tasks.accept_sub_task": post("/v1/sub-tasks/{sub_task}/acceptances", {}),
    "sub_tasks.report_on_sub_task": post(
        "/v1/sub-tasks/{sub_task_accepted}/reports", {"content": "half done"}
    ),
    "sub_tasks.finish_sub_task": post(
        "/v1/sub-tasks/{sub_task_accepted}/results", {"result": "done"}
    ),
    "sub_tasks.return_sub_task": post(
        "/v1/sub-tasks/{sub_task_done}/returns", {"reason": "not enough"}
    ),
    "sub_tasks.cancel_sub_task": post(
        "/v1/sub-tasks/{sub_task}/cancellations", {"reason": "settled"}
    ),
    "handling.raise_level": post(f"{ONE_COMPLAINT}/raises", {"level": 2, "reason": "grave"}),
    "oversight.lower_level": post(
        "/v1/complaints/{raised}/lowerings", {"level": 1, "reason": "a concrete matter"}
    ),
    "oversight.reopen_closed": post(
        "/v1/complaints/{archived}/reopenings", {"reason": "a witness"}
    ),
    "review.review_complaint": post("/v1/complaints/{awaiting}/reviews", {"opinion": "fine"}),
    "review.record_decision": post("/v1/complaints/{meeting}/decisions", {"text": "refund"}),
    "review.archive_complaint": post("/v1/complaints/{reviewed}/archives", {}),
    "scripts.list_scripts": get("/v1/scripts?direction=incoming", unscoped=OWN_SCRIPTS),
    "conformance.get_conformance": get(f"{ONE_COMPLAINT}/conformance"),
    "weekly_reports.make_weekly_report": post(
        "/v1/units/{unit}/weekly-reports", seeded_work.REPORT
    ),
    "weekly_reports.get_weekly_report": get("/v1/units/{unit}/weekly-reports/2026-W09"),
}
PERSON = {
    "name": "Zhao Liu",
    "language": "zh-CN",
    "zone": "Asia/Shanghai",
    "posts": [{"unit": "{unit}", "role": "engineer"}],
    "addresses": [{"channel": "log", "address": "zhao"}],
}
ORDER = {**FIELD_WORK, "receiver_id": "{worker}"}
DISPATCH = {
    "units.define_org_unit": post(
        "/v1/units", {"unit": "new-1", "parent": "{region}", "kind": "shop", "name": "New"}
    ),
    "units.change_org_unit": patch("/v1/units/{unit}", {"name": "Renamed"}),
    "units.list_org_units": get("/v1/units", lists="unit"),
    "units.get_org_unit": get("/v1/units/{unit}"),
    "units.get_unit_tree": get("/v1/unit-tree", lists="unit"),
    "calendars.set_unit_calendar": put(
        "/v1/units/{unit}/calendar", seeded_work.CALENDAR, version=1
    ),
    "calendars.get_unit_calendar": get("/v1/units/{region}/calendar"),
    "people.add_staff": post("/v1/people", PERSON),
    "people.change_staff": patch("/v1/people/{worker}", {"name": "Renamed"}),
    "people.reveal_staff": post("/v1/people/{worker}/reveals", {"reason": "the pager"}),
    "people.list_staff": get("/v1/people?role=repair_worker", lists="worker"),
    "people.get_staff": get("/v1/people/{worker}"),
    "work_orders.draft_order": post("/v1/work-orders", ORDER, unscoped=OWN_POST),
    "work_orders.revise_order": patch("/v1/work-orders/{draft}", {"place": "gate 2"}),
    "work_orders.issue_order": post("/v1/work-orders/{draft}/issues", {}),
    "work_orders.reassign_order": post(
        "/v1/work-orders/{orphaned}/reassignments", {"receiver_id": "{worker}", "reason": "he left"}
    ),
    "work_orders.list_orders": get("/v1/work-orders", lists="issued"),
    "work_orders.get_order": get("/v1/work-orders/{issued}"),
    "work_orders.get_order_timeline": get("/v1/work-orders/{issued}/timeline"),
    "execution.accept_order": post(
        "/v1/work-orders/{issued}/acceptances", seeded_work.SIGNED, personal=True
    ),
    "execution.complete_order": post(
        "/v1/work-orders/{accepted}/completions", seeded_work.DONE, personal=True
    ),
    "execution.start_order": post("/v1/work-orders/{accepted}/starts", {}, personal=True),
    "execution.report_progress_of_order": post(
        "/v1/work-orders/{accepted}/progress-reports", seeded_work.HALF_DONE, personal=True
    ),
    "unable.report_unable": post(
        "/v1/work-orders/{issued}/unable-reports", seeded_work.UNABLE, personal=True
    ),
    "unable.decide_on_order": post(
        "/v1/work-orders/{unable}/decisions",
        {"decision": "insist", "reason": "there is a lift"},
        personal=True,
    ),
    "breaches.record_order_breach": post(
        "/v1/work-orders/{issued}/breaches", {"code": "refusal", "evidence": "he said so"}
    ),
    "breaches.list_order_breaches": get("/v1/work-orders/{issued}/breaches"),
    "closing.call_client_back": post("/v1/work-orders/{completed}/call-backs", seeded_work.CALLED),
    "closing.sign_order": post("/v1/work-orders/{called_back}/signatures", seeded_work.SIGNED),
    "closing.archive_order": post("/v1/work-orders/{signed}/archives", {}),
}
WORDING = {"code": "birthday_greeting", "title": "For {name}", "body": "All the best, {name}."}
OWN_WISHES = "Everybody says what he himself does not want; no request names him."
REMINDER = {
    "contact_id": "{contact}",
    "script": "payment_reminder",
    "variables": {"order": "A-1001", "amount": "620.00", "account": "6222 0000 1234 5678"},
}
OPT_OUTS = {"opt_outs": [{"about": "promotion", "channel": None}]}
WISHES = "/v1/contacts/{contact}/preferences"
NOTIFY = {
    "preferences.get_own": get("/v1/own-preferences", unscoped=OWN_WISHES),
    "preferences.change_own": put("/v1/own-preferences", OPT_OUTS, version=0, unscoped=OWN_WISHES),
    "preferences.get_of_contact": get(WISHES),
    "preferences.change_of_contact": put(WISHES, OPT_OUTS, version=0),
    "messages.list_messages": get("/v1/messages", lists="message"),
    "scripts.send_message": post("/v1/messages", REMINDER),
    "messages.get_message": get("/v1/messages/{message}"),
    "messages.get_message_timeline": get("/v1/messages/{message}/timeline"),
    "messages.reveal_words": post("/v1/messages/{message}/reveals", {"reason": "a question"}),
    "messages.withdraw": post("/v1/messages/{message}/withdrawals", {"reason": "it is settled"}),
    "bulletins.list_bulletins": get("/v1/bulletins", unscoped=BULLETIN),
    "templates.list_templates": get("/v1/templates", unscoped=WORDS),
    "templates.list_template_versions": get(
        "/v1/templates/birthday_greeting/zh-CN", unscoped=WORDS
    ),
    "templates.add_version": post("/v1/templates", {**WORDING, "language": "en"}, unscoped=WORDS),
    "templates.preview_template": post("/v1/templates/previews", WORDING, unscoped=WORDS),
}
ROUTES: dict[str, dict[str, Route]] = {
    "complaint": POLICIES
    | COMPLAINT
    | complaint_call_backs.ROUTES
    | complaint_key_accounts.ROUTES
    | complaint_penalties.ROUTES
    | complaint_problems.ROUTES
    | complaint_quality.ROUTES
    | complaint_attachments.ROUTES,
    "dispatch": POLICIES
    | DISPATCH
    | dispatch_assignment.ROUTES
    | dispatch_books.ROUTES
    | dispatch_command_queues.ROUTES
    | dispatch_daily_checks.ROUTES
    | dispatch_departures.ROUTES
    | dispatch_penalties.ROUTES
    | dispatch_people_imports.ROUTES
    | dispatch_prints.ROUTES
    | dispatch_shifts.ROUTES
    | dispatch_sign_offs.ROUTES,
    "customer": POLICIES
    | customer_blacklist.ROUTES
    | customer_admission.ROUTES
    | customer_talks.ROUTES
    | customer_exits.ROUTES
    | customer_interested_parties.ROUTES
    | customer_contracts.ROUTES
    | customer_partners.ROUTES
    | customer_benefits.ROUTES
    | customer_visits.ROUTES
    | customer_files.ROUTES
    | customer_grading.ROUTES
    | customer_overview.ROUTES
    | customer_exchange.ROUTES
    | customer_file_fields.ROUTES,
    "notify": POLICIES
    | NOTIFY
    | notify_bounces.ROUTES
    | notify_care.ROUTES
    | notify_hearings.ROUTES
    | notify_letters.ROUTES
    | notify_subscriptions.ROUTES,
}
# What customers do themselves, without a token; test_strangers.py asks these.
STRANGERS: dict[str, frozenset[str]] = {
    "complaint": frozenset(
        {
            "public_intake.file_public_complaint",
            "public_intake.report_public_problem",
            "public_intake.file_public_request",
            "public_intake.give_public_feedback",
            "tracking.get_tracked",
            "tracking.add_message",
            "tracking.add_file",
        }
    ),
    "dispatch": dispatch_sign_offs.STRANGERS,
    # What a link in a mail opens; notify's own tests ask it.
    "notify": frozenset({"opt_outs.show_opt_out", "opt_outs.opt_out"}),
}
# What else answers without a token: health and documents, which tell nothing of any person or unit.
PUBLIC = frozenset(
    {
        "documents.show_operations",
        "documents.show_openapi",
        "health.show_health",
        "health.show_metrics",
        "health.show_readiness",
        "health.show_version",
    }
)
EVERY = [(service, endpoint) for service, known in ROUTES.items() for endpoint in known]
COMMANDS = [(service, name) for service, name in EVERY if ROUTES[service][name].changes]
# PDF, for those alone whom the packs let print it: its own tests say who they are.
PAPERS = frozenset({("dispatch", "prints.get_order_print"), ("notify", "letters.get_letter_pdf")})
QUERIES = [one for one in EVERY if not ROUTES[one[0]][one[1]].changes and one not in PAPERS]
LISTS = [(service, name) for service, name in EVERY if ROUTES[service][name].lists]
SCOPED = [(service, name) for service, name in EVERY if not ROUTES[service][name].unscoped]
