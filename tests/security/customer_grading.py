"""The routes of grades, and of what they follow from."""

from typing import Any
from uuid import UUID

from customer.main import RULEBOOK
from customer.use_cases.stage_reviews import open_review

from .cast import ABOVE, NOW
from .departments import made
from .routes import Route, get, post
from .served import Served

ONE_CUSTOMER = "/v1/customers/{customer}"
COUNTS = "It counts what lies in the caller's own units, and names nobody."
ONE_GRADING = "/v1/gradings/{grading}"
PURCHASES = {"amount": "20", "frequency": 2, "last_on": "2026-03-01"}
CONTRIBUTION = {"unit": "{unit}", "amount": "20", "as_of": "2026-03-01"}
POINTS = {"business_volume": 1, "receivables": 1, "reputation": 1, "loyalty": 1}
INDICATORS = [{"code": code, "definition": code, "max_points": 10, "weight": 25} for code in POINTS]
BANDS = [
    {"grade": "vip", "at_least": 85},
    {"grade": "preferred", "at_least": 60},
    {"grade": "qualified", "at_least": 0},
]
CARD = {
    "scheme": "medical",
    "effective_from": "2026-03-02",
    "indicators": INDICATORS,
    "bands": BANDS,
}
BREACH = {
    "unit": "{unit}",
    "kind": "late_payment",
    "occurred_on": "2026-02-27",
    "evidence": "bill 9",
}
PROPOSAL = {
    "unit": "{unit}",
    "scheme": "medical",
    "grade": "qualified",
    "scores": POINTS,
    "evidence": "form 17",
}
BY_HAND = {"unit": "{unit}", "scheme": "retail", "grade": "a"}
ROUTES: dict[str, Route] = {
    "grades.tell_purchases_of": post(f"{ONE_CUSTOMER}/purchases", PURCHASES),
    "contributions.tell_contribution_of": post(f"{ONE_CUSTOMER}/contributions", CONTRIBUTION),
    "contributions.list_contributions": get(f"{ONE_CUSTOMER}/contributions"),
    "contributions.list_contributors": get("/v1/units/{unit}/contributions"),
    "gradings.propose": post(f"{ONE_CUSTOMER}/gradings", BY_HAND),
    "gradings.approve": post(f"{ONE_GRADING}/approvals", {}),
    "gradings.reject": post(f"{ONE_GRADING}/rejections", {"reason": "not yet"}),
    "gradings.get_grading": get(ONE_GRADING),
    "gradings.list_gradings": get("/v1/gradings", lists="grading"),
    "gradings.get_grades": get(f"{ONE_CUSTOMER}/grades"),
    "gradings.list_grade_history": get(f"{ONE_CUSTOMER}/grade-history"),
    "grading_facts.record_facts_of": post(f"{ONE_CUSTOMER}/grading-facts", {"beds": 100}),
    "grading_facts.get_facts": get(f"{ONE_CUSTOMER}/grading-facts"),
    "grading_facts.record_breach_of": post(f"{ONE_CUSTOMER}/breaches", BREACH),
    "grading_facts.define_card": post("/v1/units/{unit}/scorecards", CARD),
    "grading_facts.list_scorecards": get("/v1/units/{unit}/scorecards"),
    "stage_reviews.report_result": post(
        "/v1/stage-reviews/{review}/results", {"proposed_grade": "a"}
    ),
    "stage_reviews.put_on_file": post("/v1/stage-reviews/{stage_reported}/filings", {}),
    "stage_reviews.list_stage_reviews": get("/v1/stage-reviews", lists="review"),
    "stage_reviews.get_entitlements": get(f"{ONE_CUSTOMER}/entitlements"),
    "stage_reviews.report_stage_reviews": get("/v1/reports/stage-reviews", unscoped=COUNTS),
    "stage_reviews.report_grade_distribution": get(
        "/v1/reports/grade-distribution", unscoped=COUNTS
    ),
}


HEAD = {
    "pack": "trial",
    "version": "1",
    "title": "Schemes to try grades with",
    "issuer": "Nobody",
    "approver": "Nobody",
    "owner": "Nobody",
    "effective_from": "2026-01-01",
}
MEDICAL, FACTORY, CONTROL, ITSM = (
    RULEBOOK.of_builtin(name, "1").document for name in ("medical", "factory", "bu-control", "itsm")
)
REVISION = {"version": "1", "change": "First.", "by": "Nobody", "approved_by": "Nobody"}
VALUES = [{"code": band["grade"], "rank": n} for n, band in enumerate(BANDS, start=1)]
BY_CARD = {
    "scheme": "medical",
    "title": "By a scorecard",
    "kind": "scorecard",
    "values": VALUES,
    "proposers": ["sales_team"],
    "approvers": ["department_head"],
}
ALONE = {
    "scheme": "retail",
    "title": "By hand",
    "kind": "manual",
    "values": [{"code": "a", "rank": 1}],
    "proposers": ["shop_manager"],
}
SCHEMES = [{"rule": "CL-09", "clause": "1", "value": value} for value in (BY_CARD, ALONE)]
STAGE_OF = {"scheme": "retail", "months": 6, "report_days": 10}
STAGE = {"rule": "CL-23", "clause": "1", "value": STAGE_OF}
PACK = {
    **HEAD,
    "history": [{**REVISION, "on": "2026-01-01"}],
    "sections": {
        "grade_schemes": {"merge": "replace", "rules": SCHEMES},
        "stage_reviews": {"merge": "replace", "rules": [STAGE]},
        **{
            name: MEDICAL["sections"][name]
            for name in ("gatherings", "gathering_approvals", "coordination", "annual_plans")
        },
        "needs": FACTORY["sections"]["needs"],
        "interested_parties": ITSM["sections"]["interested_parties"],
        **{name: CONTROL["sections"][name] for name in ("opinions", "gathering_funding")},
    },
}


def follow_trial(served: Served, region: str) -> None:
    """Let a department follow the pack of these trials."""
    editor = served.acts("policy_administrator", unit=ABOVE)
    if editor.get("/v1/policies/trial/1").status_code == 404:
        made(editor.post("/v1/policies", PACK))
    packs = {"packs": ["trial", "generic"], "effective_from": "2026-01-01"}
    made(editor.put(f"/v1/units/{region}/policies", packs, version=0))


def graded(served: Served, region: str, unit: str, customer_id: str) -> dict[str, Any]:
    """A proposal that waits for its approval, by a scorecard of the unit."""
    made(served.acts("department_head", unit=region).post(f"/v1/units/{unit}/scorecards", CARD))
    body = {**PROPOSAL, "unit": unit}
    sales = served.acts("sales_team", unit=region)
    proposed = made(sales.post(f"/v1/customers/{customer_id}/gradings", body))
    return {"grading": proposed["grading_id"], **reviewed(served, region, unit, customer_id)}


def reviewed(served: Served, region: str, unit: str, customer_id: str) -> dict[str, Any]:
    """Two stage reviews of a customer, one of them reported."""
    manager = served.acts("shop_manager", unit=region)
    body = {**BY_HAND, "unit": unit}
    made(manager.post(f"/v1/customers/{customer_id}/gradings", body))
    for _ in range(2):
        with served.parts.begin(now=NOW) as tx:
            of = {"customer_id": UUID(customer_id), "unit": unit, "scheme": "retail"}
            open_review(tx, **of, since=NOW.date())
    sales = served.acts("sales_team", unit=region)
    first, second = (one["review_id"] for one in sales.get("/v1/stage-reviews").json["items"])
    made(sales.post(f"/v1/stage-reviews/{second}/results", {"proposed_grade": "a"}))
    return {"review": first, "stage_reported": second}
