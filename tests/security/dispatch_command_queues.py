"""The routes of commands that were given in dead spots, and what they are about."""

from .departments import made
from .routes import Route, get, post
from .served import Served

FIRST = "the device is whose who uses it first"
MINE = "the caller's own orders"
QUEUE = "/v1/command-queues/{device}"
GIVEN = {
    "command_id": "00000000-0000-7000-8000-00000000c0de",
    "sequence": 2,
    "client_at": "2026-02-13T09:00:00+08:00",
    "order_id": "{accepted}",
    "command": "start",
    "body": {},
    "seen_version": 3,
}
ROUTES: dict[str, Route] = {
    "command_queues.send_commands": post(
        f"{QUEUE}/commands", {"commands": [GIVEN]}, unscoped=FIRST, personal=True
    ),
    "command_queues.resolve_command_conflict": post(
        f"{QUEUE}/resolutions", {"command_id": "{conflict}", "resolution": "drop"}, personal=True
    ),
    "command_queues.revoke_lost_device": post(f"{QUEUE}/revocations", {}),
    "command_queues.list_devices": get("/v1/command-queues", lists="device"),
    "command_queues.get_device": get(QUEUE),
    "command_queues.list_device_conflicts": get(f"{QUEUE}/conflicts"),
    "command_queues.sync_device": get(f"{QUEUE}/sync", unscoped=MINE),
    "command_queues.list_order_conflicts": get("/v1/work-orders/{accepted}/command-conflicts"),
}


def commands(served: Served, region: str, *, number: int, order: str) -> dict[str, str]:
    """A device of the worker, and a command of it that is in conflict with what he did himself."""
    worker = served.acts("repair_worker", unit=region)
    device = f"00000000-0000-7000-8000-0000000de{number:03}"
    conflict = f"00000000-0000-7000-8000-0000000cc{number:03}"
    body = {"signature": {"name": "Li Si"}}
    fields = {"sequence": 1, "order_id": order, "command": "accept", "body": body}
    given = {**GIVEN, **fields, "command_id": conflict, "seen_version": 1}
    sent = made(worker.post(f"/v1/command-queues/{device}/commands", {"commands": [given]}))
    assert sent["answers"][0]["outcome"] == "conflict"
    return {"device": device, "conflict": conflict}
