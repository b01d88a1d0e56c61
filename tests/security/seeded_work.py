"""Complaints and work orders in each state, made by the services' own commands."""

from datetime import timedelta
from typing import Any

from dispatch.domain.people import Address, Post
from dispatch.use_cases.people import add_person
from shared.ids import new_id
from shared.testing import define_company
from shared.web.auth import Principal

from . import (
    dispatch_books,
    dispatch_daily_checks,
    dispatch_departures,
    dispatch_penalties,
    dispatch_prints,
    dispatch_shifts,
)
from .cast import ABOVE, CONTACT_PHONE, EMAIL, NORTH, NOW, PERSON, PHONE, SOUTH, person_id, staff
from .complaint_attachments import attachments
from .complaint_call_backs import call_backs
from .complaint_key_accounts import key_accounts
from .complaint_penalties import penalties
from .complaint_quality import quality
from .departments import SIDES, made, of_region, take_packs
from .dispatch_command_queues import commands
from .served import Served

LEARNT = {
    "reason": "a seam is open",
    "course": "it opened on Tuesday",
    "cause": "a thread broke",
    "occurred_at": NOW.isoformat(),
    "place": "at home",
    "shop_and_persons": PERSON,
    "product": "sofa",
}
TOLD = {"result": "it will be exchanged"}
ANSWER = {"code": 2, "method": "telephone", "evidence": "recording 4711"}
CASE_CONTACT = {"name": PERSON, "email": EMAIL, "language": "zh-CN"}
PROGRESS = {"method": "telephone", "content": "the workshop has it"}
MESSAGE = {"channel": "sms", "content": "any news?"}
PAUSE = {
    "reason": "waiting_for_customer",
    "note": "asked for a photo",
    "until": (NOW + timedelta(days=2)).isoformat(),
}
REPORT = {"week": "2026-W09"}
DONE_BY = {"reviews": "general_service_supervisor", "archives": "franchise_clerk"}
SIGNED = {"signature": {"name": "Zhang San"}}
DONE = {"remarks": "exchanged", "client_signature": {"name": PERSON}}
HALF_DONE = {"text": "half is done", "expected_at": "2026-03-05T18:00:00+08:00"}
UNABLE = {"reason": "there is no lift"}
CALLED = {"method": "telephone", "satisfied": True, "result": "all well"}
JOB = {
    "place": "Building 3",
    "content": "The lock does not close",
    "requirements": "Same make",
    "reply_due_at": "2026-03-04T18:00:00+08:00",
}
ARRIVED = {"channel": "telephone", "matter": "The seam is open"}
OPINION = {**ARRIVED, "topic": "product_quality"}
ANALYSED = {"analysis": "seams are weak"}
SUBMITTED = {
    **ARRIVED,
    "type": "quality",
    "source": "product_quality",
}
VERIFIED = {
    "departments": ["workshop"],
    "investigator_ids": [str(person_id("franchise_clerk", ABOVE))],
}
PACKS = {
    "packs": ["keyaccount", "problem", "service", "oversight", "franchise", "generic"],
    "effective_from": "2026-01-01",
}
WEEK = {"0": [["09:00", "12:00"]]}
CALENDAR = {"zone": "Asia/Shanghai", "week": WEEK, "national": "CN"}


def complaint(served: Served) -> None:
    with served.parts.begin(now=NOW) as tx:
        define_company(tx.session)
        for person, role, unit in staff():
            tx.staff.keep(person, active=True, superior_id=None, posts=[(unit, role)])
    for region, unit in SIDES.items():
        rows = complaints(served, unit)
        owed = penalties(served, rows) | attachments(served, rows)
        promised = call_backs(served, region, rows["contacted"])
        of_region(served, region).update(unit=unit, region=region, **rows, **owed, **promised)
    take_packs(served)
    editor = served.acts("policy_administrator", unit=ABOVE)
    made(editor.put(f"/v1/units/{ABOVE}/policies", PACKS, version=0))
    for region, unit in SIDES.items():
        found = problems(served, unit)
        of_region(served, region).update(found, **quality(served, unit, found))
        of_region(served, region).update(requests_and_feedback(served, unit))
        of_region(served, region).update(key_accounts(served, unit))


def solution() -> dict[str, Any]:
    """A plan that any of the tests may follow."""
    return {
        "remedy": "repair",
        "solution": "sew it again",
        "feasibility": "the workshop has time",
        "owner_id": str(person_id("general_service_manager", ABOVE)),
        "due_at": (NOW + timedelta(days=2)).isoformat(),
    }


def problems(served: Served, unit: str) -> dict[str, str]:
    """A problem in each of the states that the commands start from."""
    visit = {"method": "telephone", "satisfied": True, "evidence": "recording 4711"}
    way = [
        ("registered", "registrations", {}, "regional_service_assistant"),
        ("verifying", "verifications", VERIFIED, "general_service_manager"),
        ("found", "findings", {"findings": "a thread broke"}, "general_service_manager"),
        ("planned", "plans", solution(), "general_service_manager"),
        ("solving", "handling-steps", {"content": "sewn"}, "general_service_manager"),
        ("solved", "solutions", {"result": "as new"}, "general_service_manager"),
        ("asked", "return-visits", visit, "regional_service_assistant"),
    ]
    clerk = served.acts("regional_service_assistant", unit=ABOVE)
    found = {}
    for length, state in enumerate(["submitted", *(step[0] for step in way)]):
        found[state] = made(clerk.post("/v1/problems", {**SUBMITTED, "org_unit": unit}))["id"]
        for _, command, body, role in way[:length]:
            path = f"/v1/problems/{found[state]}/{command}"
            made(served.acts(role, unit=ABOVE).post(path, body))
    return found


def requests_and_feedback(served: Served, unit: str) -> dict[str, str]:
    """A service request and feedback in each of the states that the commands start from."""
    clerk = served.acts("regional_service_assistant", unit=ABOVE)
    manager = served.acts("general_service_manager", unit=ABOVE)
    request, opinion = {**ARRIVED, "org_unit": unit}, {**OPINION, "org_unit": unit}
    way = [("started", "starts", {}), ("finished", "results", {"result": "done"})]
    found = {}
    for length, state in enumerate(["asked_for", *(step[0] for step in way)]):
        found[state] = made(clerk.post("/v1/service-requests", request))["id"]
        for _, command, body in way[:length]:
            made(clerk.post(f"/v1/service-requests/{found[state]}/{command}", body))
    for state in ("recorded", "analysed"):
        found[state] = made(clerk.post("/v1/feedback", opinion))["id"]
    made(manager.post(f"/v1/feedback/{found['analysed']}/analyses", ANALYSED))
    return found


def complaints(served: Served, unit: str) -> dict[str, str]:
    """A complaint in each of the states that the commands start from."""
    steps = [("contacted", "first-contacts", LEARNT), ("told", "results", TOLD)]
    answered = [*steps, ("awaiting", "satisfaction-answers", ANSWER)]
    reviewed = [*answered, ("reviewed", "reviews", {"opinion": "well handled"})]
    archived = [*reviewed, ("archived", "archives", {})]
    found = {"received": filed(served, unit)["id"]}
    high = {"level": 2, "level_reason": "grave"}
    found["raised"] = filed(served, unit, **high)["id"]
    held = [*steps[:1], ("held", "pauses", PAUSE)]
    for way in (steps[:1], held, steps, answered, reviewed, archived):
        found[way[-1][0]] = walked(served, filed(served, unit)["id"], way)
    clerk = served.acts("franchise_clerk", unit=ABOVE)
    made(clerk.post(f"/v1/units/{unit}/weekly-reports", REPORT))
    grave = filed(served, unit, reported_to_12315=True)["id"]
    refused = ("meeting", "satisfaction-answers", {**ANSWER, "code": 5})
    way = [*steps, refused]
    found.update(sub_tasks(served, unit, filed(served, unit)["id"]))
    found.update(actions(served, unit, found["contacted"]))
    return {**found, "meeting": walked(served, grave, way, by="sales_centre_director")}


def actions(served: Served, unit: str, complaint_id: str) -> dict[str, str]:
    """What the region is to do against a fault, in each of the states that the steps start from."""
    region = next(region for region, below in SIDES.items() if below == unit)
    clerk = served.acts("regional_service_assistant", unit=ABOVE)
    leader = served.acts("department_leader", unit=region)
    way = [
        ("action_planned", "plans", {"measures": "a better thread"}),
        ("action_done", "results", {"result": "taken"}),
    ]
    found = {}
    for length, name in enumerate(["action", *(step[0] for step in way)]):
        wanted = {"kind": "corrective", "department": region, "reason": "a thread broke"}
        path = f"/v1/complaints/{complaint_id}/corrective-actions"
        action = made(clerk.post(path, wanted))["id"]
        for _, step, said in way[:length]:
            made(leader.post(f"/v1/corrective-actions/{action}/{step}", said))
        found[name] = action
    return found


def sub_tasks(served: Served, unit: str, complaint_id: str) -> dict[str, str]:
    """What the region is to do for a complaint, in each of the states that the steps start from."""
    walked(served, complaint_id, [("contacted", "first-contacts", LEARNT)])
    region = next(region for region, below in SIDES.items() if below == unit)
    clerk = served.acts("regional_service_assistant", unit=ABOVE)
    leader = served.acts("department_leader", unit=region)
    way: list[tuple[str, str, dict[str, Any]]] = [
        ("sub_task_accepted", "acceptances", {}),
        ("sub_task_done", "results", {"result": "done"}),
    ]
    found = {}
    for length, name in enumerate(["sub_task", *(step[0] for step in way)]):
        wanted = {"department": region, "content": "look it up"}
        task = made(clerk.post(f"/v1/complaints/{complaint_id}/sub-tasks", wanted))["id"]
        for _, step, said in way[:length]:
            made(leader.post(f"/v1/sub-tasks/{task}/{step}", said))
        found[name] = task
    return found


def filed(served: Served, unit: str, **facts: Any) -> dict[str, Any]:
    clerk = served.acts("regional_service_assistant", unit=ABOVE)
    body = {
        "org_unit": unit,
        "complainant": "consumer",
        "channel": "telephone",
        "about": "product_quality",
        "complainant_name": PERSON,
        "complainant_phone": PHONE,
        "contact": CASE_CONTACT,
        "details": {
            "agent_name": PERSON,
            "other_contacts": f"{EMAIL} {CONTACT_PHONE}",
            "product_code": str(new_id()),  # Each is about an event of its own.
        },
        **facts,
    }
    return made(clerk.post("/v1/complaints", body))


def walked(
    served: Served,
    complaint_id: str,
    way: list[tuple[str, str, dict[str, Any]]],
    *,
    by: str = "regional_service_assistant",
) -> str:
    for _, command, body in way:
        role = DONE_BY.get(command, by)
        made(served.acts(role, unit=ABOVE).post(f"/v1/complaints/{complaint_id}/{command}", body))
    return complaint_id


def dispatch(served: Served) -> None:
    hr = served.acts("hr_administrator", unit=ABOVE)
    units = [("hq", None, "company"), (NORTH, "hq", "department"), (SOUTH, "hq", "department")]
    units += [(unit, region, "shop") for region, unit in SIDES.items()]
    for unit, parent, kind in units:
        body = {"unit": unit, "parent": parent, "kind": kind, "name": unit}
        made(hr.post("/v1/units", body))
    for unit in (ABOVE, NORTH, SOUTH):
        made(hr.put(f"/v1/units/{unit}/calendar", CALENDAR, version=1))
    employ(served)
    for number, (region, unit) in enumerate(SIDES.items()):
        worker = str(person_id("repair_worker", region))
        of_region(served, region).update(unit=unit, region=region, worker=worker)
        of_region(served, region).update(orders(served, region))
        of_region(served, region)["orphaned"] = orphaned(served, region)
        order = of_region(served, region)["accepted"]
        queued = commands(served, region, number=number, order=order)
        of_region(served, region).update(queued)
        refused = [issued(served, region) for _ in range(2)]
        owed = dispatch_penalties.penalties(served, region, refused=refused)
        of_region(served, region).update(owed, **dispatch_shifts.shifts(served, region, worker))
        of_region(served, region).update(dispatch_daily_checks.daily_checks(served, region))
        order_id = of_region(served, region)["issued"]
        of_region(served, region)["printed"] = dispatch_prints.printed(
            served, region, order_id=order_id
        )
        of_region(served, region).update(dispatch_departures.departure(served, region, worker))
        of_region(served, region).update(dispatch_books.books(served, region))
    take_packs(served)


def employ(served: Served) -> None:
    """Enter the whole staff; all of them are reached at the same addresses."""
    caller = Principal(str(person_id("hr_administrator", ABOVE)), frozenset(), ABOVE)
    reached = (
        Address("smtp", EMAIL),
        Address("sms", PHONE),
        Address("webhook", f"https://hooks.example.com/{PERSON.split()[1]}"),
    )
    with served.parts.begin(now=NOW) as tx:
        for person, role, unit in staff():
            add_person(
                tx,
                person_id=person,
                caller=caller,
                name=f"{role} of {unit}",
                language="zh-CN",
                zone="Asia/Shanghai",
                posts=(Post(unit, role),),
                addresses=reached,
            )


def orphaned(served: Served, region: str) -> str:
    """An issued work order whose receiver has left."""
    hr = served.acts("hr_administrator", unit=ABOVE)
    dispatcher = served.acts("dispatcher", unit=region)
    leaver = {
        "name": "Sun Qi",
        "language": "zh-CN",
        "zone": "Asia/Shanghai",
        "posts": [{"unit": region, "role": "engineer"}],
        "addresses": [{"channel": "log", "address": "sun"}],
    }
    person = made(hr.post("/v1/people", leaver))["person_id"]
    order = made(dispatcher.post("/v1/work-orders", {**JOB, "receiver_id": person}))
    path = f"/v1/work-orders/{order['work_order_id']}"
    made(dispatcher.post(f"{path}/issues", {}))
    made(hr.patch(f"/v1/people/{person}", {"active": False}, version=1))
    return str(order["work_order_id"])


def issued(served: Served, region: str) -> str:
    """A new work order that was given to the worker."""
    dispatcher = served.acts("dispatcher", unit=region)
    body = {**JOB, "receiver_id": str(person_id("repair_worker", region))}
    order = made(dispatcher.post("/v1/work-orders", body))
    made(dispatcher.post(f"/v1/work-orders/{order['work_order_id']}/issues", {}))
    return str(order["work_order_id"])


def orders(served: Served, region: str) -> dict[str, str]:
    """A work order in each of the states that the commands start from."""
    dispatcher = served.acts("dispatcher", unit=region)
    worker = served.acts("repair_worker", unit=region)
    way = [
        ("issued", dispatcher, "issues", {}),
        ("accepted", worker, "acceptances", SIGNED),
        ("completed", worker, "completions", DONE),
        ("called_back", dispatcher, "call-backs", CALLED),
        ("signed", dispatcher, "signatures", SIGNED),
    ]
    found = {}
    for length, state in enumerate(["draft", *(step[0] for step in way)]):
        body = {**JOB, "receiver_id": str(person_id("repair_worker", region))}
        found[state] = made(dispatcher.post("/v1/work-orders", body))["work_order_id"]
        for _, by, command, said in way[:length]:
            made(by.post(f"/v1/work-orders/{found[state]}/{command}", said))
    found["unable"] = issued(served, region)
    made(worker.post(f"/v1/work-orders/{found['unable']}/unable-reports", UNABLE))
    return found
