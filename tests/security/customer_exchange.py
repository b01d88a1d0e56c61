"""The routes by which customer data leaves the service, and of what allows that."""

from customer.use_cases.imports import open_import
from shared.web.auth import Principal

from .cast import NOW, person_id
from .departments import made
from .routes import Route, get, post
from .served import Served

ONE_CUSTOMER = "/v1/customers/{customer}"
OWN = "Everybody signs for himself."
CONSENT = {
    "third_party": "Shengchang Logistics",
    "purpose": "delivery",
    "scope": ["name", "phone"],
    "valid_from": "2026-03-01",
    "form": "binder 7",
    "wording": "consent-1",
    "channel": "paper",
    "given_at": "2026-03-01T09:00:00+08:00",
}
DISCLOSURE = {
    "recipient": "Shengchang Logistics",
    "purpose": "delivery",
    "items": ["name"],
    "legal_basis": "court_order",
}
SECRECY = {"wording": "secrecy-000"}
ROUTES: dict[str, Route] = {
    "consents.give_consent": post(f"{ONE_CUSTOMER}/consents", CONSENT),
    "consents.withdraw_consent": post(f"{ONE_CUSTOMER}/consents/{{consent}}/withdrawals", {}),
    "consents.list_consents": get(f"{ONE_CUSTOMER}/consents"),
    "consents.disclose": post(f"{ONE_CUSTOMER}/disclosures", DISCLOSURE),
    "consents.list_disclosures": get(f"{ONE_CUSTOMER}/disclosures"),
    "secrecy.acknowledge_secrecy": post("/v1/secrecy-acknowledgements", SECRECY, unscoped=OWN),
    "secrecy.list_acknowledgements": get("/v1/secrecy-acknowledgements", lists="acknowledgement"),
    "imports.list_imports": get("/v1/customers/imports", lists="import"),
    "imports.get_import": get("/v1/customers/imports/{import}"),
    "erasures.erase_person": post(f"{ONE_CUSTOMER}/erasures", {"reason": "he asked for it"}),
    "searches.search_customers": post("/v1/customers/searches", {"number": "{number}"}),
    "exports.export_customers": post(
        "/v1/customers/exports", {"unit": "{unit}", "reason": "a list"}
    ),
}


def allowed_out(served: Served, region: str, customer_id: str) -> dict[str, str]:
    """A consent of the customer, and a head of his department who keeps secrets."""
    sales = served.acts("sales_team", unit=region)
    head = served.acts("department_head", unit=region)
    consent = made(sales.post(f"/v1/customers/{customer_id}/consents", CONSENT))
    signed = made(head.post("/v1/secrecy-acknowledgements", SECRECY))
    with served.parts.begin(now=NOW) as tx:
        office = Principal(str(person_id("sales_back_office", region)), frozenset(), region)
        file = open_import(tx, key=region, digest="", rows=1000, caller=office)
    return {
        "import": str(file.id),
        "consent": consent["consent_id"],
        "acknowledgement": signed["acknowledgement_id"],
    }
