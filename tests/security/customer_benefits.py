"""The routes of the rankings of partners, and of the benefits that follow from them."""

from .cast import ABOVE
from .departments import made
from .routes import Route, get, post
from .served import Served

RANKINGS = "/v1/units/{ward}/partner-rankings"
ONE = "/v1/benefits/{benefit}"
EVIDENCE = [
    {"criterion": one, "text": "a report", "seen_on": "2026-02-01"}
    for one in ("contract_performance", "safety_and_quality", "cooperation")
]
BENEFIT = {"unit": "{ward}", "discount": 3, "evidence": EVIDENCE}
REASON = {"reason": "He was late."}
ROUTES: dict[str, Route] = {
    "partner_rankings.rank_partners_of": post(RANKINGS, {}),
    "partner_rankings.list_partner_ranking": get(f"{RANKINGS}?year=2026"),
    "benefits.propose_benefit": post("/v1/customers/{ranked}/benefits", BENEFIT),
    "benefits.approve_benefit": post(f"{ONE}/approvals", {}),
    "benefits.reject_benefit": post(f"{ONE}/rejections", REASON),
    "benefits.withdraw_benefit": post(f"{ONE}/withdrawals", REASON),
    "benefits.list_benefits": get("/v1/benefits", lists="benefit"),
    "benefits.get_benefit": get(ONE),
}


def favoured(served: Served, ward: str, customer_id: str) -> dict[str, str]:
    """The ranking of a unit, and a benefit of one partner that waits for its decision."""
    office = served.acts("joint_venture_office", unit=ABOVE)
    made(office.post(f"/v1/units/{ward}/partner-rankings", {}))
    body = {**BENEFIT, "unit": ward}
    proposed = made(office.post(f"/v1/customers/{customer_id}/benefits", body))
    return {"benefit": proposed["benefit_id"]}
