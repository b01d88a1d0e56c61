"""What the people of the department for medical sales do with a customer."""

from typing import Any

from demo.cast import Cast
from demo.complaints import COMPLAINTS, ORDERS
from demo.customers import CUSTOMERS
from embedded.client import Refused

UNIT = "medical-sales"
SCHEME = "medical"
STEPS = ("market_survey", "cooperation_intention", "background_check")
LAST_DAY = "2026-12-31"
PAPERS = ("business_licence", "tax_registration", "medical_institution_licence", "contract")
CONDITIONS = (
    "civil_liability",
    "business_reputation",
    "sales_contract",
    "lawful_conduct",
    "brand_image",
)
SURVEY = ("company_profile", "operating_status", "contract_execution")
FACTS = {
    "hospital_level": "secondary_a",
    "declared": [
        "known_in_region",
        "no_current_risk",
        "fair_operations",
        "operating_strength",
        "large_demand",
        "high_integrity",
        "long_cooperation",
    ],
}
WEIGHTS = {"business_volume": 40, "receivables": 30, "reputation": 20, "loyalty": 10}
POINTS = {"business_volume": 80, "receivables": 70, "reputation": 75, "loyalty": 60}
CARD = {
    "scheme": SCHEME,
    "effective_from": "2026-02-25",
    "indicators": [
        {"code": code, "definition": code, "max_points": 100, "weight": weight}
        for code, weight in WEIGHTS.items()
    ],
    "bands": [
        {"grade": "vip", "at_least": 85},
        {"grade": "preferred", "at_least": 60},
        {"grade": "qualified", "at_least": 0},
    ],
}


def register(cast: Cast, number: str, name: str, **more: Any) -> str:
    body = {"number": number, "name": name, "org_unit": UNIT, **more}
    made = cast.acts("sales_team", UNIT).post(CUSTOMERS, body)
    return f"{CUSTOMERS}/{made['customer_id']}"


def enter(cast: Cast, customer: str) -> None:
    owner = cast.person("sales_team", UNIT).id
    asked = {"unit": UNIT, "owner_id": owner}
    cast.acts("department_head", UNIT).post(f"{customer}/entries", asked)


def collect(cast: Cast, customer: str, kind: str) -> None:
    """The office puts a document into the file, the head of the department verifies it."""
    paper = {"kind": kind, "number": f"{kind}-2026", "valid_until": LAST_DAY}
    made = cast.acts("sales_back_office").post(f"{customer}/documents", paper)
    path = f"{customer}/documents/{made['document_id']}/verifications"
    cast.acts("department_head", UNIT).post(path)


def admit(cast: Cast, customer: str) -> dict[str, Any]:
    seller = cast.acts("sales_team", UNIT)
    opened = seller.post(f"{customer}/admissions", {"unit": UNIT})
    path = f"{customer}/admissions/{opened['admission_id']}"
    for step in STEPS:
        seller.post(f"{path}/steps", {"step": step, "finding": "Nothing speaks against it."})
    found = [{"condition": condition, "verdict": "met"} for condition in CONDITIONS]
    seller.post(f"{path}/assessments", {"assessments": found})
    return cast.acts("department_head", UNIT).post(f"{path}/decisions")


def survey(cast: Cast, customer: str) -> None:
    """What is asked before a grade: the survey form, and what is declared of the customer."""
    values = [{"field": field, "value": "As surveyed on site."} for field in SURVEY]
    asked = {"values": values, "reason": "Survey of February"}
    office = cast.acts("sales_back_office")
    office.patch(f"{customer}/file", asked, version=office.version(f"{customer}/file"))
    cast.acts("sales_team", UNIT).post(f"{customer}/grading-facts", FACTS)


def proposal(grade: str) -> dict[str, Any]:
    asked = {"unit": UNIT, "scheme": SCHEME, "evidence": "survey-2026-02", "scores": POINTS}
    return {**asked, "grade": grade}


def grade(cast: Cast, customer: str, grade: str) -> dict[str, Any]:
    survey(cast, customer)
    made = cast.acts("sales_team", UNIT).post(f"{customer}/gradings", proposal(grade))
    path = f"/customer/v1/gradings/{made['grading_id']}/approvals"
    return cast.acts("department_head", UNIT).post(path)


def complain(cast: Cast, customer: str) -> str:
    """Returns the path of a complaint whose complainant was reached."""
    clerk = cast.acts("regional_service_assistant", UNIT)
    filed = clerk.post(
        COMPLAINTS,
        {
            "org_unit": UNIT,
            "complainant": "franchisee",
            "channel": "telephone",
            "about": "product_quality",
            "customer_id": customer.rpartition("/")[2],
            "details": {
                "reason": "A cabinet for instruments does not lock.",
                "place": "Hill clinic",
                "respondent_department": "Logistics",
            },
        },
    )
    path = f"{COMPLAINTS}/{filed['id']}"
    clerk.post(f"{path}/first-contacts", {"reason": "A lock fails", "course": "Since Monday."})
    cast.telling.say(
        cast.person("regional_service_assistant", UNIT).name,
        f"takes complaint {filed['number']} of Hill clinic in and reaches it",
        at=cast.now(),
    )
    return path


def remedy(cast: Cast, complaint: str) -> None:
    tell = cast.telling
    clerk = cast.acts("regional_service_assistant", UNIT)
    clerk.post(
        f"{complaint}/field-work-requests",
        {
            "place": "Hill clinic",
            "content": "Exchange the lock of a cabinet.",
            "requirements": "Bring a lock of the same kind.",
            "reply_due_at": "2026-02-25T17:00:00+08:00",
        },
    )
    cast.settle()
    found = list(cast.listed("dispatcher", ORDERS, complaint_id=complaint.rpartition("/")[2]))
    tell.expect("a work order opens for the barred clinic", 1, len(found))
    path = f"{ORDERS}/{found[0]['work_order_id']}"
    dispatcher, worker = cast.acts("dispatcher"), cast.acts("repair_worker")
    receiver = cast.person("repair_worker")
    dispatcher.patch(path, {"receiver_id": receiver.id}, version=dispatcher.version(path))
    dispatcher.post(f"{path}/issues")
    worker.post(f"{path}/acceptances", {"signature": {"name": receiver.name}})
    cast.until("2026-02-25 14:30")
    signed = {"client_signature": {"name": "Hill clinic"}}
    done = worker.post(f"{path}/completions", {"remarks": "Lock exchanged.", **signed})
    tell.say(receiver.name, "exchanges the lock; the clinic signs", at=cast.now())
    tell.expect("the remedy is done", "completed", done["state"])
    cast.settle()


def refusal(cast: Cast, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Why the salesman may not do that; empty where he may."""
    try:
        cast.acts("sales_team", UNIT).post(path, body)
    except Refused as refused:
        return refused.problem
    return {}
