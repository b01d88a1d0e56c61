"""The end of a shift: the list appears, each open order gets its reason, and two people sign it."""

from typing import Any

from demo.cast import Cast
from demo.complaints import ORDERS
from embedded.client import Refused

FIRST, SECOND = "dispatcher", "dispatch_supervisor"
JOB = {
    "category": "repair",
    "place": "shop-02, back door",
    "content": "The lock does not close.",
    "requirements": "Bring a lock of the same make.",
    "reply_due_at": "2026-02-24T12:00:00+08:00",
}
WHY = {"reason": "The lock has not come.", "instruction": "Fetch it on the first day."}


def shift_is_handed_over(cast: Cast) -> None:
    """Saturday, a make-up day, 17:50: a worker goes on between the signatures, so that the first of
    them is void."""
    tell = cast.telling
    tell.chapter("The shift ends; both sides know what is open")
    cast.until("2026-02-14 17:45")
    order = _given_out(cast)
    cast.until("2026-02-14 17:50")
    path = _list_appears(cast, order)
    first = _proposed(cast, path)
    cast.acts("repair_worker").post(f"{order}/starts")
    tell.say(cast.person("repair_worker").name, "begins the work meanwhile", at=cast.now())
    refused = _refused(cast, first)
    tell.expect("the list is another by now", "handover_voided", refused.get("code"))
    tell.expect("and it is known why", [order.rpartition("/")[2]], refused["work_order_ids"])
    second = _proposed(cast, path)
    signed = cast.acts(SECOND).post(_signatures(second), _signature(cast, second))
    tell.say(cast.person(SECOND).name, "signs the same list", at=cast.now())
    tell.expect("under one text", signed["outgoing"]["digest"], signed["incoming"]["digest"])
    moved = cast.acts(SECOND).get(order)["dispatcher_id"]
    tell.expect("the order is the incoming one's", cast.person(SECOND).id, moved)
    seen = cast.acts(SECOND).get(f"/dispatch/v1/units/{signed['org_unit']}/handover")
    tell.expect("the next shift sees it first", signed, seen["handover"])
    _finished(cast, order)


def _given_out(cast: Cast) -> str:
    worker = cast.person("repair_worker")
    drafted = cast.acts(FIRST).post(ORDERS, {**JOB, "receiver_id": worker.id})
    path = f"{ORDERS}/{drafted['work_order_id']}"
    cast.acts(FIRST).post(f"{path}/issues")
    cast.acts("repair_worker").post(f"{path}/acceptances", {"signature": {"name": worker.name}})
    return path


def _finished(cast: Cast, path: str) -> None:
    """The lock came after all."""
    done = {"remarks": "A new lock.", "client_signature": {"name": "Shop 02"}}
    cast.acts("repair_worker").post(f"{path}/completions", done)
    called = {"method": "telephone", "satisfied": True, "result": "It closes."}
    cast.acts(SECOND).post(f"{path}/call-backs", called)
    signature = {"signature": {"name": cast.person(SECOND).name}}
    cast.acts(SECOND).post(f"{path}/signatures", signature)
    archived = cast.acts(SECOND).post(f"{path}/archives")
    cast.telling.expect("nothing is left for the next list", "archived", archived["state"])
    cast.settle()


def _list_appears(cast: Cast, order: str) -> str:
    """The path of the list, on which each order has its reason."""
    tell, unit = cast.telling, cast.acts(FIRST).get(order)["org_unit"]
    check = cast.acts(FIRST).get(f"/dispatch/v1/units/{unit}/handover")["daily_check"]
    tell.say("dispatch", f"open at the end of the day: {check['open']}", at=cast.now())
    tell.expect("it is ten minutes before the end", False, check["late"])
    about = f"daily_check/{check['daily_check_id']}"
    told = cast.was_told(cast.person(FIRST).id, about, "daily_check_opened")
    tell.expect("the dispatcher is told once", 1, len(told))
    path = f"/dispatch/v1/daily-checks/{check['daily_check_id']}"
    reasons = [{"work_order_id": one, **WHY} for one in check["unanswered"]]
    answered = cast.acts(FIRST).post(f"{path}/answers", {"answers": reasons})["answers"]
    tell.say(cast.person(FIRST).name, "gives a reason for each of them", at=cast.now())
    tell.expect("nothing is wrong with them", {None}, {one["code"] for one in answered})
    return path


def _proposed(cast: Cast, path: str) -> dict[str, Any]:
    signature = {"signature": {"name": cast.person(FIRST).name}}
    proposed = cast.acts(FIRST).post(f"{path}/handovers", signature)
    cast.telling.say(cast.person(FIRST).name, "signs the list", at=cast.now())
    return proposed


def _signatures(handover: dict[str, Any]) -> str:
    return f"/dispatch/v1/handovers/{handover['handover_id']}/signatures"


def _signature(cast: Cast, handover: dict[str, Any]) -> dict[str, Any]:
    return {"signature": {"name": cast.person(SECOND).name}, "digest": handover["digest"]}


def _refused(cast: Cast, handover: dict[str, Any]) -> dict[str, Any]:
    try:
        return cast.acts(SECOND).post(_signatures(handover), _signature(cast, handover))
    except Refused as refused:
        return refused.problem
