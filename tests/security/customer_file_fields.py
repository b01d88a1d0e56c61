"""The routes of what a customer's file holds and of his documents."""

from .cast import ABOVE, PERSON
from .departments import made
from .routes import Route, get, patch, post
from .served import Served

FILE = "/v1/customers/{customer}/file"
DOCUMENTS = "/v1/customers/{customer}/documents"
PAPER = {"kind": "business_licence", "number": "91310000MA1FL0XX0B", "valid_until": "2027-01-01"}
ROUTES: dict[str, Route] = {
    "files.fill_file": patch(
        FILE, {"values": [{"field": "budget", "value": "30"}], "reason": "a call"}
    ),
    "files.review_file": post(f"{FILE}/reviews", {}),
    "files.void_file": post(f"{FILE}/voids", {"reason": "entered twice"}),
    "files.reveal_file": post(f"{FILE}/reveals", {"reason": "a contract"}),
    "files.get_file": get(FILE),
    "files.list_changes": get("/v1/customers/{customer}/changes"),
    "customer_documents.collect_document": post(DOCUMENTS, PAPER),
    "customer_documents.verify_document": post(f"{DOCUMENTS}/{{paper}}/verifications", {}),
    "customer_documents.list_documents": get(DOCUMENTS),
}


def filed(served: Served, customer_id: str) -> dict[str, str]:
    """A complete file, and a document that nobody has verified."""
    sales = served.acts("sales_team", unit=ABOVE)
    path = f"/v1/customers/{customer_id}"
    body = {"values": [{"field": "address", "value": PERSON}], "reason": "first contact"}
    made(sales.patch(f"{path}/file", body, version=0))
    return {"paper": made(sales.post(f"{path}/documents", PAPER))["document_id"]}
