"""Two complaints: one that climbs a level and is settled, one that starts at the top."""

from typing import Any

from demo.case_news import NAMED
from demo.cast import Cast
from demo.telling import local

COMPLAINTS = "/complaint/v1/complaints"
ORDERS = "/dispatch/v1/work-orders"


def franchisee_complains(cast: Cast) -> str:
    """Friday, 17:00: goods are short. Returns the id of the complaint."""
    tell = cast.telling
    tell.chapter("A franchisee complains on the eve of the holiday")
    cast.until("2026-02-13 17:00")
    clerk = cast.person("regional_service_assistant")
    found = cast.acts("regional_service_assistant").post(
        COMPLAINTS,
        {
            "org_unit": "general-service",
            "complainant": "franchisee",
            "channel": "telephone",
            "about": "delivery",
            "contact": NAMED,
            "details": {
                "reason": "Two cabinets of the delivery are missing, one came damaged.",
                "place": "shop-01",
                "respondent_department": "Logistics",
            },
        },
    )
    contact = found["clocks"]["first_contact"]
    reason = found["suggestion"]["reasons"][0]
    tell.say(
        clerk.name,
        f"takes complaint {found['number']} in: level {found['level']}, {reason['reason']}",
        at=cast.now(),
        because=reason["because"],
    )
    tell.say(
        "complaint",
        f"first contact is due {local(contact['due_at'])}",
        at=cast.now(),
        because=contact["because"],
    )
    tell.expect("level 1 at intake", 1, found["level"])
    tell.expect(
        "due on the make-up Saturday at 18:00", "Sat 2026-02-14 18:00", local(contact["due_at"])
    )
    tell.expect("the clause is named", "CP-17", contact["because"]["rule"])
    _explain(cast, found["id"])
    told = cast.was_told(found["handler_id"], f"complaint/{found['id']}", "complaint_assigned")
    tell.expect("the handler was told once", 1, len(told))
    return str(found["id"])


def _explain(cast: Cast, complaint: str) -> None:
    path = f"{COMPLAINTS}/{complaint}/clocks/first_contact/explain"
    why = cast.acts("regional_service_assistant").get(path)
    for part in why["intervals"]:
        mark = "counts" if part["counts"] else "     -"
        cast.telling.say(
            "the clock", f"{mark}  until {local(part['end'])}  {part['reason']}", at=part["start"]
        )
    reasons = [part["reason"] for part in why["intervals"]]
    cast.telling.expect("the answer says why", True, "open (make-up working day)" in reasons)


def technician_goes(cast: Cast, complaint: str) -> None:
    """Saturday: first contact, and a work order that goes its whole way."""
    tell = cast.telling
    tell.chapter("First contact, and a technician")
    cast.until("2026-02-14 09:20")
    handler = cast.acts("regional_service_assistant")
    found = handler.post(
        f"{COMPLAINTS}/{complaint}/first-contacts",
        {
            "reason": "Short and damaged delivery",
            "course": "The carrier left two boxes behind.",
            "cause": "The boxes stood behind those of another shop.",
            "occurred_at": "2026-02-13T15:00:00+08:00",
            "shop_and_persons": "Shop 01, the carrier's driver",
            "other_contacts": "The shop's telephone",
        },
    )
    tell.say(
        cast.person("regional_service_assistant").name, "reaches the franchisee", at=cast.now()
    )
    tell.expect("in time", True, found["clocks"]["first_contact"]["on_time"])
    handler.post(
        f"{COMPLAINTS}/{complaint}/field-work-requests",
        {
            "place": "shop-01",
            "content": "Replace the damaged cabinet door, fit the two missing cabinets.",
            "requirements": "Bring two cabinets and a door of the same finish.",
            "reply_due_at": "2026-02-14T17:00:00+08:00",
        },
    )
    order = _order_of(cast, complaint)
    tell.say("dispatch", "a work order opens by event", at=cast.now())
    _carry_out(cast, order)
    after = handler.get(f"{COMPLAINTS}/{complaint}")
    work = after["field_works"][0]
    tell.expect("the complaint knows the work is done", True, work["satisfied"])


def _order_of(cast: Cast, complaint: str) -> dict[str, Any]:
    cast.settle()
    found = list(cast.listed("dispatcher", ORDERS, complaint_id=complaint))
    cast.telling.expect("one work order for the complaint", 1, len(found))
    return found[0]


def _carry_out(cast: Cast, order: dict[str, Any]) -> None:
    tell, path = cast.telling, f"{ORDERS}/{order['work_order_id']}"
    dispatcher, worker = cast.acts("dispatcher"), cast.acts("repair_worker")
    receiver = cast.person("repair_worker")
    version = dispatcher.version(path)
    dispatcher.patch(path, {"receiver_id": receiver.id}, version=version)
    issued = dispatcher.post(f"{path}/issues")
    tell.say(cast.person("dispatcher").name, f"issues {issued['order_no']}", at=cast.now())
    cast.until("2026-02-14 10:17")
    accepted = worker.post(f"{path}/acceptances", {"signature": {"name": receiver.name}})
    tell.say(receiver.name, "signs for the order, to the minute", at=accepted["accepted_at"])
    tell.expect("accepted to the minute", "Sat 2026-02-14 10:17", local(accepted["accepted_at"]))
    cast.until("2026-02-14 14:05")
    worker.post(
        f"{path}/completions",
        {
            "remarks": "Door replaced, two cabinets fitted and levelled.",
            "client_signature": {"name": "Shop 01"},
        },
    )
    tell.say(receiver.name, "writes what was done; the client signs", at=cast.now())
    cast.until("2026-02-14 14:40")
    called = {"method": "telephone", "satisfied": True, "result": "Everything stands as ordered."}
    dispatcher.post(f"{path}/call-backs", called)
    dispatcher.post(f"{path}/signatures", {"signature": {"name": cast.person("dispatcher").name}})
    archived = dispatcher.post(f"{path}/archives")
    tell.say(cast.person("dispatcher").name, "calls back, signs, archives", at=cast.now())
    tell.expect("the order is archived", "archived", archived["state"])
    cast.settle()


def franchisee_is_not_content(cast: Cast, complaint: str) -> None:
    """The result is told; answer 4 lifts the complaint to level 2 with a new form."""
    tell = cast.telling
    tell.chapter("The result is told, and does not please")
    cast.until("2026-02-14 15:30")
    handler = cast.acts("regional_service_assistant")
    handler.post(
        f"{COMPLAINTS}/{complaint}/results",
        {"result": "Everything was delivered and fitted; no compensation."},
    )
    found = handler.post(
        f"{COMPLAINTS}/{complaint}/satisfaction-answers",
        {"code": 4, "method": "telephone", "evidence": "recording 0214-1530"},
    )
    first, second = found["forms"][-2:]
    tell.say(
        "the franchisee",
        "answers 4, dissatisfied",
        at=cast.now(),
        because=first["answer"]["because"],
    )
    tell.expect("level 2", 2, found["level"])
    tell.expect("a new form is chained to the old one", first["id"], second["previous_form_id"])
    manager = cast.holder(found["handler_id"])
    tell.expect("a manager handles it", "general_service_manager", manager.role)
    told = cast.was_told(manager.id, f"complaint/{complaint}", "complaint_assigned")
    tell.say("notify", f"tells {manager.name} at once", at=cast.now())
    tell.expect("the manager was told once", 1, len(told))


def consumer_turns_to_12315(cast: Cast) -> str:
    """A complaint that mentions the consumers' hotline starts at level 3."""
    tell = cast.telling
    tell.chapter("A consumer has already called 12315")
    cast.until("2026-02-14 16:10")
    found = cast.acts("franchise_reception_clerk").post(
        COMPLAINTS,
        {
            "org_unit": "general-service",
            "complainant": "consumer",
            "channel": "telephone",
            "about": "product_quality",
            "reported_to_12315": True,
            "details": {"reason": "A door came off its hinges; 12315 was told."},
        },
    )
    reason = found["suggestion"]["reasons"][0]
    tell.say(
        cast.person("franchise_reception_clerk").name,
        f"takes complaint {found['number']} in: level {found['level']}",
        at=cast.now(),
        because=reason["because"],
    )
    tell.expect("level 3 at intake", 3, found["level"])
    for role in ("sales_centre_director", "administration_centre_director"):
        director = cast.person(role)
        told = cast.was_told(director.id, f"complaint/{found['id']}", "complaint_assigned")
        tell.say("notify", f"tells {director.name} ({role})", at=cast.now())
        tell.expect(f"the {role} was told once", 1, len(told))
    learnt = {"reason": "Hinges broken", "course": "The door fell on the second day."}
    made = cast.acts("sales_centre_director").post(
        f"{COMPLAINTS}/{found['id']}/first-contacts", learnt
    )
    tell.expect("first contact in time", True, made["clocks"]["first_contact"]["on_time"])
    return str(found["id"])


def manager_settles(cast: Cast, complaint: str) -> None:
    """After the holiday the manager settles the first complaint; it is reviewed and archived."""
    tell = cast.telling
    tell.chapter("After the holiday the manager settles it")
    cast.until("2026-02-24 10:00")
    manager = cast.acts("general_service_manager")
    manager.post(
        f"{COMPLAINTS}/{complaint}/results",
        {"result": "A credit note for the days without the cabinets."},
    )
    found = manager.post(
        f"{COMPLAINTS}/{complaint}/satisfaction-answers",
        {"code": 2, "method": "telephone", "evidence": "recording 0224-1000"},
    )
    answer = found["forms"][-1]["answer"]
    tell.say("the franchisee", "answers 2, satisfied", at=cast.now(), because=answer["because"])
    tell.expect("100 is best, 2 stands for 75", 75, answer["normalised"])
    cast.until("2026-02-24 15:00")
    reviewed = cast.acts("sales_centre_director").post(
        f"{COMPLAINTS}/{complaint}/reviews", {"opinion": "Settled as it should be."}
    )
    tell.say(cast.person("sales_centre_director").name, "reviews", at=cast.now())
    tell.expect("reviewed", "reviewed", reviewed["state"])
    archived = cast.acts("franchise_clerk").post(f"{COMPLAINTS}/{complaint}/archives")
    tell.say(cast.person("franchise_clerk").name, "archives", at=cast.now())
    tell.expect("archived", "archived", archived["state"])
    cast.settle()
