"""Receivers are found by skill and load, a key account comes first, and the board shows it."""

from typing import Any

from demo.cast import Cast
from demo.complaints import ORDERS
from demo.telling import local

BOARD = "/dispatch/v1/units/dispatch-centre/board?columns=due"
CABINET = {
    "category": "cabinet_repair",
    "place": "shop-03, showroom",
    "content": "A cabinet door hangs askew.",
    "requirements": "Hang it straight.",
}
LAMP = {
    "category": "electric_repair",
    "place": "shop-03, entrance",
    "content": "The lamp above the door is dark.",
    "requirements": "A new lamp before the evening.",
}
HOTEL = {
    "category": "cabinet_repair",
    "place": "Lakeside hotels, room 12",
    "content": "One more wardrobe to be fixed to the wall.",
    "requirements": "As in the other rooms.",
}


def receivers_are_found(cast: Cast, key_account: str) -> None:
    """Three orders that name nobody, the last of them for the key account."""
    cast.telling.chapter("A receiver is found; key accounts come first")
    cast.until("2026-02-26 15:10")
    worker, engineer = cast.person("repair_worker"), cast.person("engineer")
    cabinet = _assigned(cast, CABINET, "only he can mend cabinets", worker.id)
    lamp = _assigned(cast, LAMP, "of two who can the one with less in hand", engineer.id)
    hotel = _assigned(
        cast, {**HOTEL, "customer_id": key_account}, "he again, with one in hand", worker.id
    )
    _queue_and_board(cast, hotel)
    for path, role in ((hotel, "repair_worker"), (cabinet, "repair_worker"), (lamp, "engineer")):
        _carried_out(cast, path, role)
    cast.telling.expect("nothing is left in their hands", [0, 0], _in_hand(cast))
    cast.settle()


def _assigned(cast: Cast, job: dict[str, Any], why: str, receiver: str) -> str:
    """The dispatcher drafts an order without a receiver and a time. Returns its path."""
    tell, dispatcher = cast.telling, cast.acts("dispatcher")
    draft = dispatcher.post(ORDERS, job)
    path = f"{ORDERS}/{draft['work_order_id']}"
    due, because = local(draft["reply_due_at"]), draft["reply_due_because"]
    tell.say(cast.person("dispatcher").name, f"orders: {job['content']}", at=cast.now())
    tell.expect("four working hours later", "Fri 2026-02-27 10:10", due)
    tell.expect("by the response time of its category", "WO-25", because["rule"])
    best = dispatcher.get(f"{path}/candidates")["candidates"][0]
    order = dispatcher.post(f"{path}/assignments")
    reasons = ", ".join(
        f"{one['criterion']}: {one['value']}" for one in order["assigned_because"]["reasons"]
    )
    tell.say(cast.named(order["receiver_id"]), f"is chosen ({reasons})", at=cast.now())
    tell.expect(why, receiver, order["receiver_id"])
    tell.expect("he who led the candidates", best["person_id"], order["receiver_id"])
    return path


def _queue_and_board(cast: Cast, hotel: str) -> None:
    tell = cast.telling
    queue = cast.acts("dispatch_supervisor").get(f"{ORDERS}?order=queue")["items"]
    paths = [f"{ORDERS}/{one['work_order_id']}" for one in queue]
    tell.expect("the key account's order is first in the queue", hotel, paths[0])
    due = cast.acts("dispatch_supervisor").get(BOARD)["due"]
    tell.expect("the board shows three for tomorrow", 3, due["tomorrow"])
    tell.expect("two for the worker, one for the engineer", [2, 1], _in_hand(cast))


def _in_hand(cast: Cast) -> list[int]:
    """How many orders the board shows in the hands of the worker and of the engineer."""
    board = cast.acts("dispatch_supervisor").get(BOARD)
    found = {one["receiver_id"]: one["count"] for one in board["in_hand"]}
    return [found.get(cast.person(role).id, 0) for role in ("repair_worker", "engineer")]


def _carried_out(cast: Cast, path: str, role: str) -> None:
    dispatcher, worker, name = cast.acts("dispatcher"), cast.acts(role), cast.person(role).name
    dispatcher.post(f"{path}/issues")
    worker.post(f"{path}/acceptances", {"signature": {"name": name}})
    done = {"remarks": "As good as new.", "client_signature": {"name": "Reception"}}
    worker.post(f"{path}/completions", done)
    called = {"method": "telephone", "satisfied": True, "result": "All well."}
    dispatcher.post(f"{path}/call-backs", called)
    dispatcher.post(f"{path}/signatures", {"signature": {"name": "Dispatch centre"}})
    dispatcher.post(f"{path}/archives")
