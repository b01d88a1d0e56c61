"""An order whose receiver is unable: his superior gives it to another, who reports in time."""

from datetime import datetime

from demo import papers
from demo.cast import Cast
from demo.complaints import ORDERS
from demo.telling import ZONE, local

JOB = {
    "category": "repair",
    "place": "shop-01, sign above the entrance",
    "content": "The sign hangs by one screw.",
    "requirements": "Fasten it before the evening.",
    "reply_due_at": "2026-02-14T17:00:00+08:00",
}


def receiver_is_unable(cast: Cast) -> None:
    """Saturday afternoon: the repair worker has no lift, the engineer has."""
    tell = cast.telling
    tell.chapter("A receiver is unable; nobody refuses")
    cast.until("2026-02-14 14:45")
    path = _given_to_the_worker(cast)
    worker, superior = cast.person("repair_worker"), cast.person("dispatch_supervisor")
    cast.until("2026-02-14 14:50")
    reason = {"reason": "It hangs six metres up, and I have no lift."}
    unable = cast.acts("repair_worker").post(f"{path}/unable-reports", reason)
    tell.say(worker.name, f"cannot; to be decided by {local(unable['next_due_at'])}", at=cast.now())
    tell.expect("his superior decides", superior.id, unable["decider_id"])
    tell.expect("the order stays with him until then", worker.id, unable["receiver_id"])
    about = f"work_order/{unable['work_order_id']}"
    told = cast.was_told(superior.id, about, "work_order_unable")
    tell.expect("the superior was told once", 1, len(told))
    _another_does_it(cast, path)


def _given_to_the_worker(cast: Cast) -> str:
    dispatcher, worker = cast.acts("dispatcher"), cast.person("repair_worker")
    order = dispatcher.post(ORDERS, {**JOB, "receiver_id": worker.id})
    path = f"{ORDERS}/{order['work_order_id']}"
    issued = dispatcher.post(f"{path}/issues")
    cast.telling.say(
        cast.person("dispatcher").name,
        f"gives {issued['order_no']} to {worker.name}, reply by {local(issued['reply_due_at'])}",
        at=cast.now(),
    )
    return path


def _another_does_it(cast: Cast, path: str) -> None:
    tell, engineer = cast.telling, cast.person("engineer")
    by = cast.acts("engineer")
    cast.until("2026-02-14 15:00")
    decision = {"decision": "reassign", "reason": "He has the lift.", "receiver_id": engineer.id}
    given = cast.acts("dispatch_supervisor").post(f"{path}/decisions", decision)
    tell.say(cast.person("dispatch_supervisor").name, f"gives it to {engineer.name}", at=cast.now())
    tell.expect("he has to accept it anew", ["issued", None], [given["state"], given["acceptance"]])
    tell.expect("by the same time", JOB["reply_due_at"], _local_iso(given["next_due_at"]))
    papers.order_is_printed(cast, path)
    by.post(f"{path}/acceptances", {"signature": {"name": engineer.name}})
    progress = {
        "text": "The lift is up.",
        "percent": 50,
        "expected_at": "2026-02-14T16:00:00+08:00",
    }
    reported = by.post(f"{path}/progress-reports", progress)
    tell.say(engineer.name, "reports that half is done", at=cast.now())
    tell.expect("in time", True, reported["progress_reports"][0]["on_time"])
    done = {"remarks": "Four new screws.", "client_signature": {"name": "Shop 01"}}
    by.post(f"{path}/completions", done)
    _closed(cast, path)


def _closed(cast: Cast, path: str) -> None:
    dispatcher, name = cast.acts("dispatcher"), cast.person("dispatcher").name
    called = {"method": "telephone", "satisfied": True, "result": "It hangs straight."}
    dispatcher.post(f"{path}/call-backs", called)
    dispatcher.post(f"{path}/signatures", {"signature": {"name": name}})
    archived = dispatcher.post(f"{path}/archives")
    cast.telling.say(name, "calls back, signs, archives", at=cast.now())
    cast.telling.expect("nothing is awaited any more", None, archived["awaited"])
    breaches = dispatcher.get(f"{path}/breaches")["items"]
    cast.telling.expect("nobody broke a rule", [], breaches)
    cast.settle()


def _local_iso(at: str) -> str:
    return datetime.fromisoformat(at).astimezone(ZONE).isoformat()
