"""The routes of blacklists, and the entries that they are about.

What the company bars is shown to every department, so that none of these seeds is of its list.
"""

from typing import Any
from uuid import UUID

from customer.adapters.mapping import Grade
from shared.rules import Because

from .cast import ABOVE, NOW
from .departments import made
from .routes import Route, get, post
from .served import Served

SHOWN = "Everybody takes out what the list shows him."
GROUNDS = {"reason_code": "overdue_payment", "reason": "never paid", "evidence": "invoices"}
REPORT = {**GROUNDS, "reason_code": "major_loss"}
CLAUSE = Because(pack="medical", version="1", clause="001-P10 L490", rule="CL-09")
CONDITIONS = (
    "civil_liability",
    "business_reputation",
    "sales_contract",
    "lawful_conduct",
    "product_qualification",
    "brand_image",
)
VERDICTS = {"verdicts": [{"condition": one, "met": True} for one in CONDITIONS]}
ROUTES: dict[str, Route] = {
    "blacklist.list_customer": post(
        "/v1/customers/{customer}/blacklist-entries", {**GROUNDS, "unit": "{ward}"}
    ),
    "blacklist.report_for_listing": post(
        "/v1/customers/{accused}/blacklist-reports", {**REPORT, "unit": "{ward}"}
    ),
    "blacklist.list_entries": get("/v1/blacklist", lists="barred"),
    "blacklist.get_entry": get("/v1/blacklist/{barred}"),
    "blacklist.get_entry_timeline": get("/v1/blacklist/{barred}/timeline"),
    "blacklist.export_list": post("/v1/blacklist/exports", {"scope": "department"}, unscoped=SHOWN),
    "blacklist_decisions.verify_report": post(
        "/v1/blacklist/{reported}/verifications", {"findings": "it is true"}
    ),
    "blacklist_decisions.list_for_company": post("/v1/blacklist/{verified}/listings", {}),
    "blacklist_decisions.dismiss_report": post(
        "/v1/blacklist/{reported}/dismissals", {"reason": "a mistake"}
    ),
    "blacklist_decisions.shorten_validity": post(
        "/v1/blacklist/{barred}/shortenings", {"valid_until": "2026-03-20", "reason": "mild"}
    ),
    "blacklist_decisions.open_return": post("/v1/blacklist/{expired}/returns", {"change": "new"}),
    "blacklist_decisions.review_return": post("/v1/blacklist/{back}/return-reviews", VERDICTS),
    "blacklist_decisions.approve_return": post(
        "/v1/blacklist/{back}/return-approvals", {"role": "general_manager"}
    ),
    "blacklist_decisions.refuse_return": post(
        "/v1/blacklist/{back}/return-refusals", {"reason": "no"}
    ),
    "blacklist_filings.file_blacklist": post(
        "/v1/blacklist-filings", {"scope": "department", "unit": "{ward}"}
    ),
    "blacklist_filings.receive_blacklist": post(
        "/v1/blacklist-filings/{blacklist_filing}/receipts", {}
    ),
    "blacklist_filings.list_filings": get("/v1/blacklist-filings", lists="blacklist_filing"),
}


def entries_of(served: Served, region: str, ward: str) -> dict[str, Any]:
    """Entries of a ward that follows the regulation, one for each step that an entry can take; and
    a customer who may be reported."""
    head = served.acts("department_head", unit=region)
    division = served.acts("marketing_division", unit=ABOVE)
    found = {name: _entry(served, region, ward, name) for name in ("barred", "expired", "back")}
    for name in ("expired", "back"):
        body = {"valid_until": "2026-03-02", "reason": "mild"}
        made(head.post(f"/v1/blacklist/{found[name]}/shortenings", body))
    made(head.post(f"/v1/blacklist/{found['back']}/returns", {"change": "new owners"}))
    made(head.post(f"/v1/blacklist/{found['back']}/return-reviews", VERDICTS))
    for name in ("reported", "verified"):
        found[name] = _entry(served, region, ward, name, report=True)
    body = {"findings": "it is true"}
    made(division.post(f"/v1/blacklist/{found['verified']}/verifications", body))
    body = {"scope": "department", "unit": ward}
    filing = made(head.post("/v1/blacklist-filings", body))
    accused = _vip(served, f"B-{ward}-accused", ward)
    return {**found, "blacklist_filing": filing["filing_id"], "accused": accused}


def _entry(served: Served, region: str, ward: str, name: str, *, report: bool = False) -> str:
    head = served.acts("department_head", unit=region)
    path = f"/v1/customers/{_vip(served, f'B-{ward}-{name}', ward)}"
    kind, grounds = ("reports", REPORT) if report else ("entries", GROUNDS)
    answer = head.post(f"{path}/blacklist-{kind}", {**grounds, "unit": ward})
    return str(made(answer)["entry_id"])


def _vip(served: Served, number: str, ward: str) -> str:
    body = {"number": number, "name": "A shop", "kind": "shop", "org_unit": ward}
    body["duplicate_reason"] = "Another shop of that name."
    sales = served.acts("sales_team", unit=ABOVE)
    customer_id = str(made(sales.post("/v1/customers", body))["customer_id"])
    with served.parts.begin(now=NOW) as tx:
        tx.grades.add(
            Grade(
                customer_id=UUID(customer_id),
                unit=ward,
                scheme="medical",
                grade="vip",
                because=CLAUSE,
                graded_at=NOW,
            )
        )
    return customer_id
