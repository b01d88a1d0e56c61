"""The routes of what decides on visits, of how the plan was fulfilled, and of what was heard."""

from typing import Any

from .cast import ABOVE, person_id
from .departments import made
from .routes import Route, get, post, put
from .served import Served

ONE_CUSTOMER = "/v1/customers/{customer}"
FLAGS = {"is_key": True, "out_of_town": False, "executive_selected": False, "lost": False}
NODE = {"kind": "milestone", "happens_on": "2026-06-01", "reference": "roof"}
SALE = {"happens_on": "2026-03-01", "reference": "order 7"}
OF_UNIT, SUMMARY = "/v1/units/{unit}", "/v1/opinion-summaries"
PLANS, ONE_PLAN = "/v1/visit-plans", "/v1/visit-plans/{plan_open}"
PROPOSALS = {"proposals": {"sales": "more", "service": "a check", "promotion": "the fair"}}
INVITATIONS = "/v1/invitations"
ACTION = {"kind": "corrective", "reason": "service_failure"}
ROUTES: dict[str, Route] = {
    "invitations.invite_to_visit": post("/v1/visits/{visit}/invitations", {"unit": "{region}"}),
    "invitations.answer_invitation": post(f"{INVITATIONS}/{{invitation}}/answers", {"joins": True}),
    "invitations.list_invitations": get(INVITATIONS, lists="invitation"),
    "annual_plans.draft_visit_plan": post(
        f"{OF_UNIT}/visit-plans", {"year": 2029, "sales_plan": "S-29"}
    ),
    "annual_plans.propose_to_customer": post(f"{ONE_PLAN}/rows/{{customer}}/proposals", PROPOSALS),
    "annual_plans.submit_visit_plan": post(f"{PLANS}/{{plan_whole}}/submissions", {}),
    "annual_plans.approve_visit_plan": post(f"{PLANS}/{{plan_submitted}}/approvals", {}),
    "annual_plans.return_visit_plan": post(
        f"{PLANS}/{{plan_submitted}}/returns", {"reason": "too thin"}
    ),
    "annual_plans.list_visit_plans": get(PLANS, lists="plan_open"),
    "annual_plans.get_visit_plan": get(ONE_PLAN),
    "annual_plans.list_visit_plan_rows": get(f"{ONE_PLAN}/rows"),
    "opinions.open_opinion_summary": post(
        f"{OF_UNIT}/opinion-summaries", {"period_from": "2025-07-01"}
    ),
    "opinions.delegate_opinion_summary": post(
        f"{SUMMARY}/{{summary_open}}/delegations", {"delegate_id": "{listener}"}
    ),
    "opinions.analyse_opinions": post(
        f"{SUMMARY}/{{summary_open}}/analyses", {"analysis": "too slow"}
    ),
    "opinions.request_action": post(f"{SUMMARY}/{{summary_analysed}}/action-requests", ACTION),
    "opinions.list_opinion_summaries": get(SUMMARY, lists="summary_open"),
    "opinions.get_opinion_summary": get(f"{SUMMARY}/{{summary_open}}"),
    "opinions.list_opinions": get(f"{SUMMARY}/{{summary_open}}/opinions"),
    "visits.appoint": post("/v1/visits/{visit}/appointments", {"appointed_on": "2026-03-03"}),
    "visit_occasions.flag": put(f"{ONE_CUSTOMER}/visit-flags", FLAGS, version=0),
    "visit_occasions.get_flags": get(f"{ONE_CUSTOMER}/visit-flags"),
    "visit_occasions.tell_node": post(f"{ONE_CUSTOMER}/nodes", NODE),
    "visit_occasions.tell_sale": post(f"{ONE_CUSTOMER}/sales", SALE),
    "visit_occasions.get_contact_ratio": get(
        "/v1/units/{unit}/contact-ratio?first=2026-01-01&last=2026-12-31"
    ),
    "visit_occasions.get_fulfilment": get(
        "/v1/units/{unit}/visit-fulfilment?first=2026-01-01&last=2026-12-31"
    ),
}


def planned(served: Served, region: str, unit: str) -> dict[str, Any]:
    """Three visit plans of a unit: one as drafted, one with all proposals, one submitted."""
    head = served.acts("department_head", unit=region)
    opened, whole, submitted = (
        made(head.post(f"/v1/units/{unit}/visit-plans", {"year": year, "sales_plan": "S"}))
        for year in (2026, 2027, 2028)
    )
    for plan in (whole, submitted):
        path = f"{PLANS}/{plan['plan_id']}"
        for row in head.get(f"{path}/rows").json["items"]:
            made(head.post(f"{path}/rows/{row['customer_id']}/proposals", PROPOSALS))
    made(head.post(f"{PLANS}/{submitted['plan_id']}/submissions", {}))
    return {
        "plan_open": opened["plan_id"],
        "plan_whole": whole["plan_id"],
        "plan_submitted": submitted["plan_id"],
    }


def invited(served: Served, unit: str, visit_id: str) -> dict[str, Any]:
    """An invitation of the unit itself to a visit of it."""
    team = served.acts("customer_service_team", unit=ABOVE)
    answer = made(team.post(f"/v1/visits/{visit_id}/invitations", {"unit": unit}))
    return {"invitation": answer["invitation_id"]}


def heard(served: Served, region: str, unit: str) -> dict[str, Any]:
    """Two summaries of opinions of a unit, one of them analysed."""
    head = served.acts("department_head", unit=region)
    opened, analysed = (
        made(head.post(f"/v1/units/{unit}/opinion-summaries", {"period_from": day}))["summary_id"]
        for day in ("2025-01-01", "2025-04-01")
    )
    made(head.post(f"{SUMMARY}/{analysed}/analyses", {"analysis": "too slow"}))
    return {
        "summary_open": opened,
        "summary_analysed": analysed,
        "listener": str(person_id("sales_team", region)),
    }
