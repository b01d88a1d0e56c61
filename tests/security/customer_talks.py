"""The routes of communications, issues and projects, and the things that they are about."""

from typing import Any

from .cast import ABOVE, person_id
from .departments import made
from .routes import Route, get, patch, post
from .served import Served

PROJECT = {"name": "New town hall", "key_project": True}
PLAN = {
    "mode": "telephone",
    "purpose": "the next order",
    "agenda": "prices",
    "planned_for": "2026-03-03T10:00:00+08:00",
}
HELD = {"held_at": "2026-03-02T09:30:00+08:00"}
MINUTES = {"minutes": "all said", "file_checked": True, "shared_persons": []}
JOB = {
    "place": "at home",
    "content": "exchange it",
    "requirements": "bring a new one",
    "reply_due_at": "2026-03-04T18:00:00+08:00",
}
DUE = "2026-03-05T18:00:00+08:00"
ONE_PROJECT = "/v1/projects/{project}"
TALK, ISSUE = "/v1/communications", "/v1/issues"
OF_CUSTOMER = "/v1/customers/{customer}"
GATHERING = {
    "org_unit": "{unit}",
    "kind": "forum",
    "title": "Spring forum",
    "plan": "in the hall",
    "agenda": ["market", "cooperation", "purchase_plan", "lessons", "outlook"],
    "planned_on": "2026-03-02",
    "attendees": 60,
}
DEVELOPMENT = {"needs": "beds", "plan": "a yearly contract", "units": ["{region}", "{unit}"]}
NEED = {
    "weight": "critical",
    "satisfiable_now": False,
    "dimension": "price",
    "origin": "visit",
    "text": "cheaper",
    "units": ["{region}"],
}
GATHERINGS, NEEDS = "/v1/gatherings", "/v1/needs"
DEVELOPMENTS = "/v1/development-plans"
ROUTES: dict[str, Route] = {
    "gatherings.draft_gathering": post(GATHERINGS, GATHERING),
    "gatherings.submit_gathering": post(f"{GATHERINGS}/{{plan_small}}/submissions", {}),
    "gatherings.cancel_gathering": post(f"{GATHERINGS}/{{plan_small}}/cancellations", {}),
    "gatherings.approve_gathering": post(f"{GATHERINGS}/{{plan_large}}/approvals", {}),
    "gatherings.refuse_gathering": post(
        f"{GATHERINGS}/{{plan_large}}/refusals", {"reason": "too dear"}
    ),
    "gatherings.fund_gathering": post(f"{GATHERINGS}/{{plan_small}}/fundings", {}),
    "gatherings.hold_gathering": post(
        f"{GATHERINGS}/{{plan_small}}/holdings", {"held_on": "2026-03-02"}
    ),
    "gatherings.report_gathering": post(
        f"{GATHERINGS}/{{gathering_held}}/reports", {"text": "all came"}
    ),
    "gatherings.close_gathering": post(f"{GATHERINGS}/{{gathering_reported}}/closings", {}),
    "gatherings.list_gatherings": get(GATHERINGS, lists="plan_small"),
    "gatherings.get_due_gatherings": get("/v1/units/{unit}/gatherings-due"),
    "gatherings.get_gathering": get(f"{GATHERINGS}/{{plan_small}}"),
    "development_plans.propose_development": post(f"{OF_CUSTOMER}/development-plans", DEVELOPMENT),
    "development_plans.revise_development": post(
        f"{DEVELOPMENTS}/{{development}}/revisions", {"needs": "more", "plan": "more"}
    ),
    "development_plans.agree_to_development": post(
        f"{DEVELOPMENTS}/{{development}}/agreements", {"unit": "{unit}"}
    ),
    "development_plans.list_development_plans": get(DEVELOPMENTS, lists="development"),
    "development_plans.get_development_plan": get(f"{DEVELOPMENTS}/{{development}}"),
    "needs.record_need": post(f"{OF_CUSTOMER}/needs", NEED),
    "needs.acknowledge_need": post(f"{NEEDS}/{{need}}/acknowledgements", {"unit": "{region}"}),
    "needs.list_needs": get(NEEDS, lists="need"),
    "needs.get_need": get(f"{NEEDS}/{{need}}"),
    "projects.enter_project": post(f"{OF_CUSTOMER}/projects", PROJECT),
    "projects.revise_project": patch(ONE_PROJECT, {"stage": "signed"}),
    "projects.list_projects": get("/v1/projects", lists="project"),
    "projects.get_project": get(ONE_PROJECT),
    "communications.plan_communication": post(f"{OF_CUSTOMER}/communications", PLAN),
    "communications.cancel_communication": post(f"{TALK}/{{talk_planned}}/cancellations", {}),
    "communications.hold_communication": post(f"{TALK}/{{talk_planned}}/holdings", HELD),
    "communications.record_communication": post(f"{TALK}/{{talk_held}}/records", MINUTES),
    "communications.check_communication": post(f"{TALK}/{{talk_recorded}}/checks", {}),
    "communications.list_communications": get(TALK, lists="talk_planned"),
    "communications.get_communication": get(f"{TALK}/{{talk_recorded}}"),
    "communications.get_communication_timeline": get(f"{TALK}/{{talk_recorded}}/timeline"),
    "issues.answer_issue": post(f"{ISSUE}/{{issue_open}}/answers", {"text": "done"}),
    "issues.reopen_issue": post(f"{ISSUE}/{{issue_answered}}/reopenings", {"due_at": DUE}),
    "issues.close_issue": post(f"{ISSUE}/{{issue_answered}}/closings", {}),
    "issues.request_service": post(f"{ISSUE}/{{issue_open}}/service-requests", JOB),
    "issues.list_issues": get(ISSUE, lists="issue_open"),
    "issues.get_issue": get(f"{ISSUE}/{{issue_open}}"),
    "issues.get_issue_timeline": get(f"{ISSUE}/{{issue_open}}/timeline"),
}


def talked(served: Served, region: str, unit: str, customer_id: str) -> dict[str, Any]:
    """A project of the customer, communications as far as they come, and issues."""
    sales = served.acts("sales_team", unit=ABOVE)
    of_customer = f"/v1/customers/{customer_id}"
    project = made(sales.post(f"{of_customer}/projects", PROJECT))
    responsible = str(person_id("sales_team", region))
    raised = {"text": "the door sticks", "responsible_id": responsible, "due_at": DUE}
    planned, held, recorded = (
        made(sales.post(f"{of_customer}/communications", PLAN))["communication_id"]
        for _ in range(3)
    )
    for one in (held, recorded):
        made(sales.post(f"{TALK}/{one}/holdings", HELD))
    made(sales.post(f"{TALK}/{recorded}/records", {**MINUTES, "issues": [raised, raised]}))
    found = sales.get(f"{ISSUE}?customer_id={customer_id}").json["items"]
    open_one, answered = (issue["issue_id"] for issue in found)
    made(sales.post(f"{ISSUE}/{answered}/answers", {"text": "done"}))
    return {
        "project": project["project_id"],
        "talk_planned": planned,
        "talk_held": held,
        "talk_recorded": recorded,
        "issue_open": open_one,
        "issue_answered": answered,
        **gathered(served, unit),
        "development": developed(served, region, unit, customer_id),
        "need": made(sales.post(f"{of_customer}/needs", {**NEED, "units": [region]}))["need_id"],
    }


def developed(served: Served, region: str, unit: str, customer_id: str) -> str:
    """A plan of two departments for the customer."""
    division = served.acts("marketing_division", unit=ABOVE)
    path = f"/v1/customers/{customer_id}/development-plans"
    answer = made(division.post(path, {**DEVELOPMENT, "units": [region, unit]}))
    return str(answer["plan_id"])


def gathered(served: Served, unit: str) -> dict[str, Any]:
    """Gatherings of ``unit`` as far as they come."""
    sales = served.acts("sales_team", unit=ABOVE)
    plan = {**GATHERING, "org_unit": unit}
    small = {**plan, "attendees": 5}
    large = made(sales.post(GATHERINGS, plan))["gathering_id"]
    made(sales.post(f"{GATHERINGS}/{large}/submissions", {}))
    first, held, reported = (made(sales.post(GATHERINGS, small))["gathering_id"] for _ in range(3))
    for one in (held, reported):
        made(sales.post(f"{GATHERINGS}/{one}/holdings", {"held_on": "2026-03-02"}))
    made(sales.post(f"{GATHERINGS}/{reported}/reports", {"text": "all came"}))
    return {
        "plan_small": first,
        "plan_large": large,
        "gathering_held": held,
        "gathering_reported": reported,
    }
