"""The routes of admission, of entry and of the gates before a dealing."""

from typing import Any

from .cast import ABOVE, PERSON, person_id
from .departments import made
from .routes import Route, get, post
from .served import Served

ONE_CUSTOMER = "/v1/customers/{clinic}"
ONE_ADMISSION = f"{ONE_CUSTOMER}/admissions/{{admission}}"
UNDER_REVIEW = "/v1/customers/{reviewed}/admissions/{assessed}"
SURVEY = {"step": "market_survey", "finding": "They want to buy."}
FOUND = {"assessments": [{"condition": "brand_image", "product": "", "verdict": "met"}]}
ROUTES: dict[str, Route] = {
    "admission.open_admission": post("/v1/customers/{newcomer}/admissions", {"unit": "{ward}"}),
    "admission.take_step": post(f"{ONE_ADMISSION}/steps", SURVEY),
    "admission.assess": post(f"{UNDER_REVIEW}/assessments", FOUND),
    "admission.decide": post(f"{UNDER_REVIEW}/decisions", {}),
    "admission.enter": post(
        "/v1/customers/{guest}/entries", {"unit": "{ward}", "owner_id": "{owner}"}
    ),
    "admission.list_admissions": get(f"{ONE_CUSTOMER}/admissions"),
    "admission.show_gates": get(f"{ONE_CUSTOMER}/gates?unit={{ward}}&purpose=business"),
}
WARDS = {"shop-01": "shop-02", "shop-03": "shop-04"}
STEPS = ("market_survey", "cooperation_intention", "background_check")


def on_their_way(served: Served, region: str, unit: str) -> dict[str, str]:
    """Clinics at several points of their way into a unit that admits its customers, and a consumer
    who needs no admission there."""
    ward = WARDS[unit]
    packs = {"packs": ["jointventure", "medical", "generic"], "effective_from": "2026-03-02"}
    editor = served.acts("policy_administrator", unit=ABOVE)
    made(editor.put(f"/v1/units/{ward}/policies", packs, version=0))
    clinics = {name: _registered(served, f"{name}-{unit}", unit) for name in CLINICS}
    review = _opened(served, clinics["reviewed"], ward)
    for step in STEPS:
        made(_sales(served).post(f"{review}/steps", {**SURVEY, "step": step}))
    made(_sales(served).post(f"{review}/assessments", FOUND))
    return {
        **clinics,
        "ward": ward,
        "guest": _registered(served, f"guest-{unit}", ward, kind="consumer"),
        "owner": str(person_id("customer_service_team", region)),
        "admission": _opened(served, clinics["clinic"], ward).rpartition("/")[2],
        "assessed": review.rpartition("/")[2],
    }


CLINICS = ("newcomer", "clinic", "reviewed")


def _sales(served: Served) -> Any:
    return served.acts("sales_team", unit=ABOVE)


def _registered(served: Served, number: str, unit: str, kind: str = "institution") -> str:
    body = {"number": number, "name": PERSON, "kind": kind, "org_unit": unit}
    body["duplicate_reason"] = "Another one of that name."
    if kind != "consumer":
        body["name"] = "A clinic"
    return str(made(_sales(served).post("/v1/customers", body))["customer_id"])


def _opened(served: Served, customer: str, ward: str) -> str:
    """The address of a new admission."""
    path = f"/v1/customers/{customer}/admissions"
    return f"{path}/{made(_sales(served).post(path, {'unit': ward}))['admission_id']}"
