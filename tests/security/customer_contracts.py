"""The routes of negotiations and contracts."""

from .cast import ABOVE
from .departments import made
from .routes import Route, get, post
from .served import Served

ONE_CUSTOMER = "/v1/customers/{customer}"
CONTRACT = f"{ONE_CUSTOMER}/contracts/{{contract}}"
NEGOTIATION = {"unit": "{unit}", "subject": "A new wing", "expected_on": "2026-05-01"}
DRAFT = {"unit": "{unit}", "contract_no": "K-new", "products": ["implants"]}
REVIEW = {"passed": True, "opinion": "It can be kept."}
SIGNATURE = {"signed_on": "2026-03-02", "valid_until": "2027-03-01"}
ROUTES: dict[str, Route] = {
    "contracts.open_negotiation": post(f"{ONE_CUSTOMER}/negotiations", NEGOTIATION),
    "contracts.list_negotiations": get(f"{ONE_CUSTOMER}/negotiations"),
    "contracts.draft_contract": post(f"{ONE_CUSTOMER}/contracts", DRAFT),
    "contracts.review_contract": post(f"{CONTRACT}/reviews", REVIEW),
    "contracts.sign_contract": post(f"{CONTRACT}/signatures", SIGNATURE),
    "contracts.list_contracts": get(f"{ONE_CUSTOMER}/contracts"),
}


def drafted(served: Served, customer_id: str, unit: str) -> dict[str, str]:
    """A contract that waits for its review."""
    sales = served.acts("sales_team", unit=ABOVE)
    body = {"unit": unit, "contract_no": f"K-{unit}"}
    contract = made(sales.post(f"/v1/customers/{customer_id}/contracts", body))
    return {"contract": contract["contract_id"]}
