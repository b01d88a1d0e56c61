"""The routes of the admission forms of partners, and of joint inspections."""

from typing import Any

from .cast import ABOVE
from .customer_admission import WARDS
from .departments import made
from .routes import Route, get, post
from .served import Served

FORM = "/v1/customers/{{{0}}}/partner-form"
CELL = {"part": "main", "row": 0, "item": "bank", "value": "A bank"}
FOUND = {"findings": [{"item": "personnel", "result": "true"}]}
INSPECTION = {"purpose": "His new yard", "planned_on": "2026-03-16", "units": ["{ward}"]}
PLANNED = "/v1/inspections/{inspection_planned}"
INTRODUCED = {
    "number": "P-new",
    "name": "Harbour Builders",
    "org_unit": "{ward}",
    "duplicate_reason": "Another one of that name.",
}
ROUTES: dict[str, Route] = {
    "partners.register_partner": post("/v1/partners", INTRODUCED),
    "partners.open_form": post(FORM.format("no_form"), {"unit": "{ward}"}),
    "partners.fill_form": post(f"{FORM.format('drafting')}/contents", {"cells": [CELL]}),
    "partners.submit_form": post(f"{FORM.format('drafting')}/submissions", {}),
    "partners.screen_form": post(f"{FORM.format('submitted')}/screenings", {}),
    "partners.record_findings": post(f"{FORM.format('screened')}/findings", FOUND),
    "partners.end_check": post(f"{FORM.format('screened')}/checks", {}),
    "partners.decide_form": post(
        f"{FORM.format('checked')}/decisions", {"explanation": "Too small."}
    ),
    "partners.archive_form_of_partner": post(
        f"{FORM.format('declined')}/archivings", {"archive_number": "{declined}"}
    ),
    "partners.get_form": get(FORM.format("drafting")),
    "partners.get_form_contents": get(f"{FORM.format('screened')}/contents"),
    "inspections.plan_inspection": post("/v1/customers/{screened}/inspections", INSPECTION),
    "inspections.hold_inspection": post(f"{PLANNED}/holdings", {"held_on": "2026-03-02"}),
    "inspections.cancel_inspection": post(f"{PLANNED}/cancellations", {"reason": "He declined."}),
    "inspections.record_finding": post(
        "/v1/inspections/{inspection_held}/findings", {"unit": "{ward}", "finding": "All there."}
    ),
    "inspections.conclude_inspection": post(
        "/v1/inspections/{inspection_found}/conclusions", {"conclusion": "He is fit."}
    ),
    "inspections.list_inspections": get("/v1/inspections", lists="inspection_planned"),
    "inspections.get_inspection": get(PLANNED),
}

REQUIRED = (
    ("main", "partner_name"),
    ("main", "legal_person"),
    ("main", "registered_capital"),
    ("main", "contact"),
    ("main", "introducer"),
    ("company", "address"),
    ("company", "qualification"),
    ("personnel", "person"),
    ("personnel", "certificate"),
    ("equipment", "equipment"),
)
ALL_STEPS = ("open", "contents", "submissions", "screenings", "findings", "checks", "decisions")
CHECKLIST = ("company_address", "personnel", "equipment")
DECIDERS = {"screenings": "joint_venture_office", "decisions": "admission_board"}
# What is done with a form to bring it to where its name says.
STEPS = {
    "no_form": (),
    "drafting": ("open",),
    "submitted": ("open", "submissions"),
    "screened": ("open", "contents", "submissions", "screenings"),
    "declined": ("open", "submissions", "refusals"),
    "checked": ("open", "contents", "submissions", "screenings", "checks"),
    **dict.fromkeys(("ranked", "favoured"), ALL_STEPS),
}


def partners(served: Served, unit: str) -> dict[str, str]:
    """Partners whose forms stand at several points, and inspections of one of them."""
    found = {name: _partner(served, name, unit) for name in STEPS}
    return {**found, **_inspections(served, found["screened"], WARDS[unit])}


def _inspections(served: Served, partner: str, ward: str) -> dict[str, str]:
    office = served.acts("joint_venture_office", unit=ABOVE)
    path = f"/v1/customers/{partner}/inspections"
    names = ("inspection_planned", "inspection_held", "inspection_found")
    plan = {**INSPECTION, "units": [ward]}
    found = {name: str(made(office.post(path, plan))["inspection_id"]) for name in names}
    for name in names[1:]:
        made(office.post(f"/v1/inspections/{found[name]}/holdings", {"held_on": "2026-03-02"}))
    seen = {"unit": ward, "finding": "All there."}
    made(office.post(f"/v1/inspections/{found['inspection_found']}/findings", seen))
    return found


def _partner(served: Served, name: str, unit: str) -> str:
    body = {"number": f"{name}-{unit}", "name": "A builder", "kind": "partner", "org_unit": unit}
    body["duplicate_reason"] = "Another builder of that name."
    sales = served.acts("sales_team", unit=ABOVE)
    customer = str(made(sales.post("/v1/customers", body))["customer_id"])
    for step in STEPS[name]:
        _take(served, f"/v1/customers/{customer}/partner-form", step, WARDS[unit])
    return customer


def _take(served: Served, form: str, step: str, ward: str) -> None:
    body: dict[str, Any] = {}
    if step == "refusals":
        step, body = "screenings", {"explanation": "No permit."}
    role = DECIDERS.get(step, "contracting_unit")
    if step == "contents":
        body = {"cells": [{"part": one, "item": item, "value": "x"} for one, item in REQUIRED]}
    elif step == "findings":
        body = {"findings": [{"item": item, "result": "true"} for item in CHECKLIST]}
    path = form if step == "open" else f"{form}/{step}"
    made(served.acts(role, unit=ABOVE).post(path, {"unit": ward} if step == "open" else body))
