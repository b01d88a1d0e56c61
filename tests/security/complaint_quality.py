"""The routes of what departments have to do about bad goods, weak staff and patterns, and what they
are about."""

from typing import Any

from .cast import ABOVE
from .departments import made
from .routes import Route, get, post
from .served import Served

HOLD = {"product": "sofa", "reason": "seams open"}
ONE_HOLD = "/v1/shipment-holds/{hold}"
ROUTES: dict[str, Route] = {
    "shipment_holds.request_shipment_hold": post(
        "/v1/problems/{registered}/shipment-holds", {**HOLD, "product": "chair"}
    ),
    "shipment_holds.list_shipment_holds": get("/v1/shipment-holds", lists="hold"),
    "shipment_holds.get_shipment_hold": get(ONE_HOLD),
    "shipment_holds.confirm_shipment_hold": post(f"{ONE_HOLD}/confirmations", {}),
    "shipment_holds.release_shipment_hold": post(f"{ONE_HOLD}/releases", {"opinion": "it holds"}),
    "shipment_holds.refuse_shipment_hold": post(f"{ONE_HOLD}/refusals", {"reason": "one seam"}),
    "shipment_holds.cancel_shipment_hold": post(f"{ONE_HOLD}/cancellations", {"reason": "a slip"}),
}


def quality(served: Served, rows: dict[str, Any]) -> dict[str, str]:
    """What follows from the problems of a unit."""
    manager = served.acts("general_service_manager", unit=ABOVE)
    hold = made(manager.post(f"/v1/problems/{rows['planned']}/shipment-holds", HOLD))
    return {"hold": hold["id"]}
