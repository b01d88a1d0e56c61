"""A worker in a cellar where no network reaches: his phone sends later, out of order and twice."""

from typing import Any
from uuid import UUID, uuid4

from demo.cast import Cast
from demo.complaints import ORDERS
from demo.telling import local

QUEUES = "/dispatch/v1/command-queues"
JOB = {
    "category": "repair",
    "place": "shop-01, cellar",
    "content": "The pump does not start.",
    "requirements": "Bring fuses.",
    "reply_due_at": "2026-02-14T15:24:00+08:00",
}


def phone_is_in_a_dead_spot(cast: Cast) -> None:
    """Saturday, twenty past three: two orders, a cellar, and a report that arrives too late."""
    tell, worker = cast.telling, cast.person("repair_worker")
    tell.chapter("A phone in a dead spot")
    first, second = _given(cast, JOB), _given(cast, {**JOB, "content": "The light flickers."})
    phone = Phone(cast)
    phone.sync()
    tell.expect("his phone knows both orders", True, {first, second} <= set(phone.seen))
    signed = {"signature": {"name": worker.name}}
    cast.acts("repair_worker").post(f"{ORDERS}/{second}/unable-reports", {"reason": "No ladder."})
    superior = cast.acts("dispatch_supervisor")
    cancelled = {"decision": "cancel", "reason": "The shop has closed."}
    superior.post(f"{ORDERS}/{second}/decisions", cancelled)
    queue = [
        phone.give(first, "accept", signed, at="15:21"),
        phone.give(first, "start", {}, at="15:22"),
        phone.give(first, "report_progress", _report("Half"), at="15:23"),
        phone.give(second, "accept", signed, at="15:23"),
    ]
    cast.until("2026-02-14 15:26")
    breach = _breach(cast, first)
    tell.say(worker.name, f"has not replied by {local(JOB['reply_due_at'])}", at=cast.now())
    tell.expect("a breach was found", ("late_unreported", None), breach)
    _sent(cast, phone, queue)
    order = cast.acts("dispatcher").get(f"{ORDERS}/{first}")
    tell.expect("all of it happened once", 1, len(order["progress_reports"]))
    tell.expect("the report counts when it was made", True, order["progress_reports"][0]["on_time"])
    tell.expect("the breach is none", ("late_unreported", "replied_in_time"), _breach(cast, first))
    about = f"work_order/{first}"
    told = cast.was_told(worker.id, about, "work_order_breach_withdrawn")
    tell.expect("he was told so once", 1, len(told))
    done = {"remarks": "Two fuses.", "client_signature": {"name": "Shop 01"}}
    cast.acts("repair_worker").post(f"{ORDERS}/{first}/completions", done)


def _sent(cast: Cast, phone: "Phone", queue: list[dict[str, Any]]) -> None:
    tell, name = cast.telling, cast.person("repair_worker").name
    early = phone.send([queue[3], queue[2]])
    tell.say(name, "is on the stairs: two commands get through, the last ones", at=cast.now())
    tell.expect("they wait", ["waiting", "waiting"], early)
    end = phone.send(queue[:3])
    tell.say(name, "is in the yard: the rest gets through, one of them again", at=cast.now())
    tell.expect("all is done in his order", ["applied"] * 3, end)
    again = phone.send(queue)
    tell.expect("the whole queue again", ["applied"] * 3 + ["changed_meanwhile"], again)
    [conflict] = phone.conflicts()
    changes = [one["change"] for one in conflict["standing"]["changes"]]
    tell.expect("one order was cancelled meanwhile", True, "cancelled" in changes)
    phone.drop(conflict["command_id"])
    tell.expect("he lets that command go", [], phone.conflicts())


def _given(cast: Cast, job: dict[str, str]) -> str:
    receiver = {"receiver_id": cast.person("repair_worker").id}
    order = cast.acts("dispatcher").post(ORDERS, {**job, **receiver})
    cast.acts("dispatcher").post(f"{ORDERS}/{order['work_order_id']}/issues")
    return str(order["work_order_id"])


def _breach(cast: Cast, order_id: str) -> tuple[str, str | None]:
    [found] = cast.acts("dispatcher").get(f"{ORDERS}/{order_id}/breaches")["items"]
    return found["code"], found["withdrawal"]


def _report(text: str) -> dict[str, Any]:
    return {"text": text, "percent": 50, "expected_at": "2026-02-14T16:00:00+08:00"}


class Phone:
    """The phone of the worker, which numbers what he does."""

    def __init__(self, cast: Cast) -> None:
        self._client = cast.acts("repair_worker")
        self._path = f"{QUEUES}/{UUID(int=0xDEAD)}"
        self._sequence = 0
        self.seen: dict[str, int] = {}

    def sync(self) -> None:
        """See one's orders as they stand."""
        orders = self._client.get(f"{self._path}/sync", limit=100)["items"]
        self.seen = {one["work_order_id"]: one["version"] for one in orders}

    def give(self, order_id: str, command: str, body: Any, *, at: str) -> dict[str, Any]:
        """Do something without a network."""
        self._sequence += 1
        return {
            "command_id": str(uuid4()),
            "sequence": self._sequence,
            "client_at": f"2026-02-14T{at}:00+08:00",
            "order_id": order_id,
            "command": command,
            "body": body,
            "seen_version": self.seen[order_id],
        }

    def send(self, commands: list[dict[str, Any]]) -> list[str]:
        """Send some of it; what became of each."""
        answers = self._client.post(f"{self._path}/commands", {"commands": commands})["answers"]
        return [(one["problem"] or {}).get("code") or one["outcome"] for one in answers]

    def conflicts(self) -> list[dict[str, Any]]:
        """What nobody has resolved."""
        return list(self._client.get(f"{self._path}/conflicts")["items"])

    def drop(self, command_id: str) -> None:
        """Let a command go."""
        dropped = {"command_id": command_id, "resolution": "drop"}
        self._client.post(f"{self._path}/resolutions", dropped)
