"""A key account has an emergency: the group hears of it, it is planned, solved and asked about."""

from typing import Any

from demo.cast import Cast
from demo.complaints import COMPLAINTS
from demo.customers import CUSTOMERS
from demo.telling import local

UNIT = "region-south"
FLAGS = {"is_key": True, "out_of_town": False, "executive_selected": False, "lost": False}


def key_account_has_an_emergency(cast: Cast) -> str:
    """One morning, from the call to the archive. Returns the id of the customer."""
    tell = cast.telling
    tell.chapter("A key account has an emergency")
    cast.until("2026-02-26 09:30")
    path = f"/complaint/v1/units/{UNIT}/policies"
    packs = {"packs": ["keyaccount", "franchise", "generic"], "effective_from": "2026-02-26"}
    cast.acts("policy_administrator").put(path, packs, version='"0"')
    customer = _key_account(cast)
    complaint = _file(cast, customer)
    manager, group = cast.person("account_manager"), cast.person("key_account_group")
    subject = f"complaint/{complaint['id']}"
    tell.expect("level 3, since it is an emergency", 3, complaint["level"])
    told = cast.was_told(group.id, subject, "emergency_started")
    tell.say("notify", f"tells {group.name} of the group at once", at=cast.now())
    tell.expect("the group was told once", 1, len(told))
    assigned = cast.was_told(manager.id, subject, "complaint_assigned")
    tell.expect("the account manager was told once", 1, len(assigned))
    _settle(cast, f"{COMPLAINTS}/{complaint['id']}")
    return customer


def _key_account(cast: Cast) -> str:
    """A customer whom his unit holds to be a key account. Returns his id."""
    manager = cast.person("account_manager")
    asked = {
        "number": "K-0001",
        "name": "Lakeside hotels",
        "kind": "institution",
        "org_unit": UNIT,
        "owner_id": manager.id,
    }
    seller = cast.acts("sales_team")
    customer = str(seller.post(CUSTOMERS, asked)["customer_id"])
    flags = f"{CUSTOMERS}/{customer}/visit-flags"
    seller.put(flags, FLAGS, version=seller.version(flags))
    cast.settle()
    cast.telling.say(manager.name, "cares for Lakeside hotels, a key account", at=cast.now())
    return customer


def _file(cast: Cast, customer: str) -> dict[str, Any]:
    manager = cast.acts("account_manager")
    asked = {
        "org_unit": UNIT,
        "complainant": "key_account",
        "channel": "telephone",
        "about": "product_quality",
        "customer_id": customer,
        "severity": "emergency",
        "details": {"reason": "Wardrobes fell over in three rooms.", "place": "Lakeside hotels"},
    }
    filed = manager.post(COMPLAINTS, asked)
    contact = filed["clocks"]["first_contact"]
    because, due = contact["because"], local(contact["due_at"])
    manager_name = cast.person("account_manager").name
    cast.telling.say(manager_name, f"takes {filed['number']} in; due {due}", at=cast.now())
    cast.telling.expect("thirty working minutes", "Thu 2026-02-26 10:00", due)
    cast.telling.expect("by the clause on key accounts", "CP-41", because["rule"])
    return filed


def _settle(cast: Cast, path: str) -> None:
    tell = cast.telling
    manager, group = cast.acts("account_manager"), cast.acts("key_account_group")
    learnt = {
        "reason": "Wardrobes fell over",
        "course": "This morning, nobody was hurt.",
        "cause": "They were not fixed to the wall.",
        "occurred_at": "2026-02-26T07:30:00+08:00",
        "shop_and_persons": "None",
        "other_contacts": "The hotel's reception",
        "product": "Wardrobe",
        "product_code": "W-200",
    }
    manager.post(f"{path}/first-contacts", learnt)
    plan = {
        "measures": "Fix every wardrobe to the wall.",
        "owner_id": cast.person("account_manager").id,
        "due_at": "2026-02-26T17:00:00+08:00",
    }
    planned = manager.post(f"{path}/plans", plan)
    due = local(planned["clocks"]["solution"]["due_at"])
    tell.expect("the deadline of the plan is its clock", "Thu 2026-02-26 17:00", due)
    cast.until("2026-02-26 15:00")
    ended = group.post(f"{path}/emergency-endings", {"outcome": "Every wardrobe is fixed."})
    tell.say("the group", "says that the emergency is over", at=cast.now())
    tell.expect("it is over", True, ended["emergencies"][0]["ended_at"] is not None)
    manager.post(f"{path}/results", {"result": "Every wardrobe stands fast."})
    answer = {"code": 1, "method": "telephone", "evidence": "recording 0226-1500"}
    manager.post(f"{path}/satisfaction-answers", answer)
    director = cast.acts("sales_centre_director")
    director.post(f"{path}/reviews", {"opinion": "Fast and well."})
    archived = group.post(f"{path}/archives")
    tell.expect("asked in a return call, reviewed, archived", "archived", archived["state"])
    cast.settle()
