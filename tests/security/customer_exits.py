"""The routes of exit cases, and of the standards that lead to them."""

from .cast import ABOVE
from .departments import made
from .routes import Route, get, post
from .served import Served

PROPOSAL = {
    "unit": "{ward}",
    "kind": "adjust",
    "reason_code": "high_risk",
    "reason": "He pays late.",
    "evidence": "Invoices 17 to 23",
    "strategy": "Prepayment alone.",
    "review_on": "2026-06-01",
}
EXITS, ONE = "/v1/exits", "/v1/exits/{exit_case}"
ROUTES: dict[str, Route] = {
    "exits.propose_exit": post("/v1/customers/{accused}/exits", PROPOSAL),
    "exits.decide_exit": post(f"{ONE}/decisions", {"approve": True, "opinion": "So be it."}),
    "exits.withdraw_exit": post(f"{ONE}/withdrawals", {}, personal=True),
    "exits.list_exits": get(EXITS, lists="exit_case"),
    "exits.get_exit": get(ONE),
    "standards.list_standards": get("/v1/units/{ward}/standards"),
}


def parting(served: Served, region: str, ward: str) -> dict[str, str]:
    """A case, proposed in the region, about a customer of a ward that follows the regulation."""
    body = {"number": f"E-{ward}", "name": "A shop", "kind": "shop", "org_unit": ward}
    body["duplicate_reason"] = "Another shop of that name."
    shop = made(served.acts("sales_team", unit=ABOVE).post("/v1/customers", body))["customer_id"]
    proposal = {**PROPOSAL, "unit": ward}
    sales = served.acts("sales_team", unit=region)
    case = made(sales.post(f"/v1/customers/{shop}/exits", proposal))
    return {"exit_case": str(case["case_id"])}
