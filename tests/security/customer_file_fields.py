"""The routes of what a customer's file holds and of his documents."""

from uuid import UUID

from customer.domain.contacts import Contact

from .cast import ABOVE, NORTH, NOW, PERSON, person_id
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


ONE = "/v1/customers/{customer}"
LINK = {"staff_id": "{colleague}", "link": "backup"}
OWN = "The caller is a contact: he reaches his own customer alone, whom no request names."
CLOSES = {"kind": "cancellation", "words": "We close."}
ROUTES |= {
    "file_index.list_file_index": get("/v1/units/{unit}/file-index"),
    "file_index.get_file_catalogue": get("/v1/units/{unit}/file-catalogue"),
    "snapshots.archive_file": post(f"{FILE}/snapshots", {"reason": "before the merger"}),
    "snapshots.list_snapshots": get(f"{FILE}/snapshots"),
    "snapshots.get_snapshot": get(f"{FILE}/snapshots/{{snapshot}}"),
    "changes.notice_change": post(
        f"{ONE}/change-notices", {"fields": ["name"], "known_at": "2026-03-02T09:00:00+08:00"}
    ),
    "changes.list_change_notices": get(f"{ONE}/change-notices"),
    "changes.take_status_change": post(f"{ONE}/status-changes", CLOSES),
    "changes.decide_status_change": post(
        f"{ONE}/status-changes/{{status_case}}/decisions", {"accepted": True}
    ),
    "changes.list_status_changes": get(f"{ONE}/status-changes"),
    "owners.transfer_file": post(
        f"{FILE}/transfers", {"to_unit": "{region}", "note": "Likes tea."}
    ),
    "owners.list_handovers": get(f"{ONE}/handovers"),
    "owners.link_staff": post(f"{ONE}/links", LINK),
    "owners.unlink_staff": post(f"{ONE}/links/removals", {"staff_id": "{colleague}"}),
    "owners.list_links": get(f"{ONE}/links"),
    "owners.list_single_links": get("/v1/customers/single-links?unit={unit}"),
    "portal.get_own_customer": get("/v1/portal/customer", unscoped=OWN),
    "portal.report_own_status_change": post("/v1/portal/status-changes", CLOSES, unscoped=OWN),
}


def filed(served: Served, region: str, customer_id: str) -> dict[str, str]:
    """A complete file with a frozen copy, a document that nobody has verified, a case that nobody
    has decided, and a contact for each token of the portal that belongs to the region."""
    sales = served.acts("sales_team", unit=ABOVE)
    path = f"/v1/customers/{customer_id}"
    body = {"values": [{"field": "address", "value": PERSON}], "reason": "first contact"}
    made(sales.patch(f"{path}/file", body, version=0))
    places = (region, ABOVE) if region == NORTH else (region,)
    with served.parts.begin(now=NOW) as tx:
        for place in places:
            contact = Contact(
                id=person_id("customer_portal", place),
                customer_id=UUID(customer_id),
                name=PERSON,
                language="zh-CN",
                zone="Asia/Shanghai",
            )
            tx.contacts.add(contact)
    reason = {"reason": "a special case"}
    return {
        "paper": made(sales.post(f"{path}/documents", PAPER))["document_id"],
        "snapshot": made(sales.post(f"{path}/file/snapshots", reason))["snapshot_id"],
        "status_case": made(sales.post(f"{path}/status-changes", CLOSES))["case_id"],
        "colleague": str(person_id("customer_service_team", region)),
    }
