"""A short life of the company through all four services, with a canary in every field."""

from datetime import datetime, timedelta
from typing import Any

from . import customer_talks
from .cast import ABOVE, CONTACT_PHONE, EMAIL, NORTH, PERSON, PHONE, person_id
from .customer_files import CSV
from .departments import made
from .flow import Flow
from .seeded_work import CALENDAR

FREE = "freetext-canary\r\n\x1b[31m2026-03-02 ERROR forged\x07\u2028 ${jndi:x} {name}"
STAFF = (
    ("regional_service_assistant", NORTH),
    ("general_service_supervisor", NORTH),
    ("franchise_clerk", NORTH),
    ("sales_centre_director", ABOVE),
    ("administration_centre_director", ABOVE),
    ("gm_meeting_secretary", ABOVE),
    ("dispatcher", NORTH),
    ("repair_worker", NORTH),
    ("customer_service_team", NORTH),
    ("department_head", NORTH),
)
SEVENTY_WORK_HOURS = timedelta(days=9)


def lived(flow: Flow) -> None:
    """Everything that happens, in its order."""
    company(flow)
    customer_id = customers(flow)
    complaint_id = complain(flow, customer_id)
    field_work(flow, complaint_id)
    conclude(flow, complaint_id)
    neglect(flow, customer_id)
    visit(flow, customer_id)
    talk(flow, customer_id)
    forget(flow, customer_id)
    wrong(flow, complaint_id)
    flow.later(SEVENTY_WORK_HOURS)


def company(flow: Flow) -> None:
    hr = flow.acts("dispatch", "hr_administrator", ABOVE)
    for unit, parent, kind in (
        (ABOVE, None, "company"),
        (NORTH, ABOVE, "department"),
        ("shop-01", NORTH, "shop"),
    ):
        made(hr.post("/v1/units", {"unit": unit, "parent": parent, "kind": kind, "name": unit}))
    made(hr.put(f"/v1/units/{ABOVE}/calendar", everyday(), version=1))
    for role, unit in STAFF:
        told = {
            "person_id": str(person_id(role, unit)),
            "name": PERSON,
            "language": "zh-CN",
            "zone": "Asia/Shanghai",
            "posts": [{"unit": unit, "role": role}],
            "skills": [FREE[:50]],
            "addresses": [
                {"channel": "smtp", "address": EMAIL},
                {"channel": "sms", "address": PHONE},
            ],
        }
        made(hr.post("/v1/people", told))
    reveal = f"/v1/people/{person_id('repair_worker', NORTH)}/reveals"
    made(hr.post(reveal, {"reason": FREE}))
    flow.settle()


def everyday() -> dict[str, Any]:
    """A calendar with office hours on each day."""
    return {**CALENDAR, "week": {str(day): [["09:00", "18:00"]] for day in range(7)}}


def customers(flow: Flow) -> str:
    sales = flow.acts("customer", "sales_team")
    contact = {
        "name": PERSON,
        "phone": CONTACT_PHONE,
        "email": EMAIL,
        "birthday": {"calendar": "solar", "month": 3, "day": 3},
    }
    body = {"number": "C-1", "name": PERSON, "kind": "consumer", "annual_amount": "900"}
    told = {**body, "org_unit": "shop-01", "industry": "hotel", "contacts": [contact]}
    customer_id = str(made(sales.post("/v1/customers", told))["customer_id"])
    row = f"C-2,{PERSON},consumer,,,shop-01,,,,{PERSON},{PHONE},{EMAIL},,,,,,"
    bad = f"C-3,{PERSON},consumer,,,nowhere,,,,{PERSON},{PHONE}x,{EMAIL},,,,,,"
    imported = f"{CSV}\n{row}\n{bad}\n"
    report = sales.post("/v1/customers/imports", data=imported, content_type="text/csv")
    assert made(report)["rejected"] == 1
    flow.refusals.append(report)
    flow.settle()
    return customer_id


def filed(flow: Flow, customer_id: str, **more: Any) -> str:
    body = {
        "org_unit": "shop-01",
        "complainant": "consumer",
        "channel": "telephone",
        "about": "product_quality",
        "customer_id": customer_id,
        "complainant_name": PERSON,
        "complainant_phone": PHONE,
        "contact": {"name": PERSON, "email": EMAIL},
        "details": {
            "reason": FREE,
            "place": FREE,
            "agent_name": PERSON,
            "other_contacts": f"{EMAIL} {CONTACT_PHONE}",
            "respondent_person": PERSON,
        },
        **more,
    }
    clerk = flow.acts("complaint", "regional_service_assistant")
    return str(made(clerk.post("/v1/complaints", body))["id"])


def complain(flow: Flow, customer_id: str) -> str:
    complaint_id = filed(flow, customer_id)
    handler = flow.acts("complaint", "regional_service_assistant")
    path = f"/v1/complaints/{complaint_id}"
    made(handler.post(f"{path}/reveals", {"reason": FREE}))
    learnt = dict.fromkeys(("reason", "course", "cause", "shop_and_persons", "product"), FREE)
    told = {"occurred_at": flow.clock.now().isoformat(), "product_code": "S-1"}
    made(handler.post(f"{path}/first-contacts", {**learnt, **told}))
    way = {"steps": [{"step": "cause", "hours": 24}], "contact": PHONE}
    made(handler.post(f"{path}/process-explanations", {**way, "outline": FREE}))
    wanted = {"place": FREE, "content": FREE, "requirements": FREE}
    due = (flow.clock.now() + timedelta(days=2)).isoformat()
    made(handler.post(f"{path}/field-work-requests", {**wanted, "reply_due_at": due}))
    flow.settle()
    return complaint_id


def field_work(flow: Flow, complaint_id: str) -> None:
    dispatcher = flow.acts("dispatch", "dispatcher")
    worker = flow.acts("dispatch", "repair_worker")
    found = made(dispatcher.get(f"/v1/work-orders?complaint_id={complaint_id}"))["items"][0]
    path = f"/v1/work-orders/{found['work_order_id']}"
    receiver = str(person_id("repair_worker", NORTH))
    version = int(dispatcher.get(path).headers["ETag"].strip('"'))
    named = {"receiver_id": receiver, "content": FREE}
    made(dispatcher.patch(path, named, version=version))
    signature = {"signature": {"name": PERSON}}
    work = {"remarks": FREE, "client_signature": {"name": PERSON}}
    call = {"method": "telephone", "satisfied": True, "result": FREE}
    for by, command, body in (
        (dispatcher, "issues", {}),
        (worker, "acceptances", signature),
        (worker, "completions", work),
        (dispatcher, "call-backs", call),
        (dispatcher, "signatures", signature),
        (dispatcher, "archives", {}),
    ):
        made(by.post(f"{path}/{command}", body))
    flow.settle()


def conclude(flow: Flow, complaint_id: str) -> None:
    path = f"/v1/complaints/{complaint_id}"
    answer = {"code": 2, "method": "telephone", "evidence": FREE}
    for role, command, body in (
        ("regional_service_assistant", "results", {"result": FREE}),
        ("regional_service_assistant", "satisfaction-answers", answer),
        ("general_service_supervisor", "reviews", {"opinion": FREE}),
        ("franchise_clerk", "archives", {}),
    ):
        made(flow.acts("complaint", role).post(f"{path}/{command}", body))
    flow.settle()


def neglect(flow: Flow, customer_id: str) -> None:
    """A complaint that is raised, and whose complainant nobody calls in time."""
    complaint_id = filed(flow, customer_id, level=2, level_reason=FREE)
    director = flow.acts("complaint", "sales_centre_director", ABOVE)
    raised = {"level": 3, "reason": FREE}
    made(director.post(f"/v1/complaints/{complaint_id}/raises", raised))
    flow.settle()


def forget(flow: Flow, customer_id: str) -> None:
    """A second contact of the customer asks to be forgotten, once he is known everywhere."""
    sales = flow.acts("customer", "sales_team")
    told = {"name": PERSON, "phone": CONTACT_PHONE, "email": EMAIL}
    contact = made(sales.post(f"/v1/customers/{customer_id}/contacts", told))
    flow.settle()
    officer = flow.acts("customer", "data_protection_officer")
    asked = {"contact_id": contact["contact_id"], "reason": FREE}
    made(officer.post(f"/v1/customers/{customer_id}/erasures", asked))
    flow.settle()


def talk(flow: Flow, customer_id: str) -> None:
    """A communication in which something is raised that needs somebody in the field."""
    sales = flow.acts("customer", "sales_team")
    plan = {**customer_talks.PLAN, "purpose": FREE, "agenda": FREE}
    planned = made(sales.post(f"/v1/customers/{customer_id}/communications", plan))
    one = f"/v1/communications/{planned['communication_id']}"
    made(sales.post(f"{one}/holdings", {"held_at": planned["planned_at"]}))
    due_at = (flow.clock.now() + timedelta(days=3)).isoformat()
    raised = {
        "text": FREE,
        "responsible_id": str(person_id("customer_service_team", NORTH)),
        "due_at": due_at,
    }
    minutes = {**customer_talks.MINUTES, "minutes": FREE, "issues": [raised]}
    made(sales.post(f"{one}/records", minutes))
    issue = made(sales.get(f"/v1/issues?customer_id={customer_id}"))["items"][0]
    job = {**customer_talks.JOB, "place": FREE, "content": FREE, "requirements": FREE}
    job["reply_due_at"] = due_at
    made(sales.post(f"/v1/issues/{issue['issue_id']}/service-requests", job))


def visit(flow: Flow, customer_id: str) -> None:
    team = flow.acts("customer", "customer_service_team")
    found = made(team.get(f"/v1/visits?customer_id={customer_id}"))["items"][0]
    on = flow.clock.now().date().isoformat()
    told = {"completed_on": on, "mode": "telephone", "report": FREE}
    told["record"] = {"sections": {"usage": FREE, "feedback": FREE}}
    made(team.post(f"/v1/visits/{found['visit_id']}/completions", told))
    flow.settle()


def wrong(flow: Flow, complaint_id: str) -> None:
    """Requests that no service takes, with personal data wherever one can write."""
    hints = f"{PERSON} {PHONE} {EMAIL}"
    for service, path in (
        ("complaint", "/v1/complaints"),
        ("dispatch", "/v1/people"),
        ("customer", "/v1/customers"),
        ("notify", "/v1/templates"),
    ):
        editor = flow.acts(service, EDITORS[service])
        flow.refused(editor.post(path, {"org_unit": hints, "phone": hints, "name": hints}))
        flow.refused(editor.post(path, data=hints.encode(), content_type="application/json"))
        flow.refused(editor.post(path, data=hints.encode(), content_type="text/plain"))
        flow.refused(editor.get(f"{path}/{hints}"))
        flow.refused(editor.get("/v1/nothing", query_string={"q": hints}))
        flow.refused(editor.get(path, headers={"Authorization": f"Bearer {hints}"}))
    sales = flow.acts("customer", "sales_team")
    contact = {"name": PERSON, "phone": f"{PHONE}99999"}
    body = {"number": "C-9", "name": PERSON, "kind": "consumer", "org_unit": "shop-01"}
    flow.refused(sales.post("/v1/customers", {**body, "contacts": [contact]}))
    handler = flow.acts("complaint", "regional_service_assistant")
    late = handler.post(f"/v1/complaints/{complaint_id}/results", {"result": hints})
    flow.refused(late)


EDITORS = {
    "complaint": "regional_service_assistant",
    "dispatch": "hr_administrator",
    "customer": "sales_team",
    "notify": "notification_administrator",
}


def start_of_story() -> datetime:
    return datetime.fromisoformat("2026-03-02T10:00:00+08:00")
