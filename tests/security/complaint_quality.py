"""The routes of what departments have to do about bad goods, weak staff and patterns, and what they
are about."""

from typing import Any
from uuid import UUID

from complaint.use_cases import patterns

from .cast import ABOVE, NOW
from .departments import made
from .routes import Route, get, post
from .served import Served

HOLD = {"product": "sofa", "reason": "seams open"}
ONE_HOLD = "/v1/shipment-holds/{hold}"
SUBMITTED = {
    "channel": "telephone",
    "matter": "It came late",
    "type": "service",
}
ROUTES: dict[str, Route] = {
    "shipment_holds.request_shipment_hold": post(
        "/v1/problems/{registered}/shipment-holds", {**HOLD, "product": "chair"}
    ),
    "shipment_holds.list_shipment_holds": get("/v1/shipment-holds", lists="hold"),
    "shipment_holds.get_shipment_hold": get(ONE_HOLD),
    "shipment_holds.confirm_shipment_hold": post(f"{ONE_HOLD}/confirmations", {}),
    "shipment_holds.release_shipment_hold": post(f"{ONE_HOLD}/releases", {"opinion": "it holds"}),
    "shipment_holds.refuse_shipment_hold": post(f"{ONE_HOLD}/refusals", {"reason": "one seam"}),
    "patterns.list_patterns": get("/v1/patterns", lists="pattern"),
    "patterns.get_pattern": get("/v1/patterns/{pattern}"),
    "shipment_holds.cancel_shipment_hold": post(f"{ONE_HOLD}/cancellations", {"reason": "a slip"}),
}


def quality(served: Served, unit: str, rows: dict[str, Any]) -> dict[str, str]:
    """What follows from the problems of a unit."""
    manager = served.acts("general_service_manager", unit=ABOVE)
    hold = made(manager.post(f"/v1/problems/{rows['planned']}/shipment-holds", HOLD))
    return {"hold": hold["id"], "pattern": pattern(served, unit)}


def pattern(served: Served, unit: str) -> str:
    """Problems alike, of no known product, which the worker would have counted."""
    manager = served.acts("general_service_manager", unit=ABOVE)
    alike = {**SUBMITTED, "source": "logistics", "org_unit": unit}
    submitted = [made(manager.post("/v1/problems", alike))["id"] for _ in range(3)]
    with served.parts.begin(now=NOW) as tx:
        patterns.count(tx, UUID(submitted[-1]))
    (found,) = manager.get("/v1/patterns").json["items"][-1:]
    return str(found["id"])
