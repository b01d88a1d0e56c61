"""The routes of penalties, and the penalties that they are about."""

from typing import Any

from .cast import ABOVE, NOW
from .departments import made
from .routes import Route, get, post
from .served import Served

MINE = "Everybody sees his own penalties, wherever they arose; the token says who he is."
BELOW = "What is posted is whatever was confirmed below the caller's unit, which no request names."
MONTH = NOW.strftime("%Y-%m")
EVIDENCE = {"occurred_on": NOW.date().isoformat(), "evidence": "recording 4712"}
IGNORED = {"code": "authority_or_guide_ignored", **EVIDENCE}
CONFIRMED = {"amount": "50.00", "reason": "the second time"}
ROUTES: dict[str, Route] = {
    "penalties.propose_penalty": post(
        "/v1/complaints/{received}/penalties", {**IGNORED, "person_id": "{handler}"}
    ),
    "penalties.confirm_penalty": post("/v1/penalties/{proposed}/confirmations", CONFIRMED),
    "penalties.waive_penalty": post("/v1/penalties/{proposed}/waivers", {"reason": "he was ill"}),
    "penalties.list_penalties": get("/v1/penalties", lists="proposed"),
    "penalties.list_own_penalties": get("/v1/penalties/mine", unscoped=MINE),
    "penalties.get_penalty": get("/v1/penalties/{proposed}"),
    "penalties.get_penalty_ledger": get(f"/v1/penalty-ledgers/{MONTH}", lists="debtor"),
    "penalties.post_penalties": post(f"/v1/penalty-ledgers/{MONTH}/postings", {}, unscoped=BELOW),
}


def penalties(served: Served, rows: dict[str, Any]) -> dict[str, str]:
    """A penalty that waits for a decision and one in the ledger, for the handler of the received
    complaint and of another."""
    manager = served.acts("general_service_manager", unit=ABOVE)
    clerk = served.acts("franchise_clerk", unit=ABOVE)
    found = {}
    for name, complaint in (("proposed", rows["contacted"]), ("posted", rows["told"])):
        handler = manager.get(f"/v1/complaints/{complaint}").json["handler_id"]
        wanted = {**IGNORED, "person_id": handler}
        found[name] = made(manager.post(f"/v1/complaints/{complaint}/penalties", wanted))["id"]
        found["handler"] = found["debtor"] = handler
    made(manager.post(f"/v1/penalties/{found['posted']}/confirmations", CONFIRMED))
    made(clerk.post(f"/v1/penalty-ledgers/{MONTH}/postings", {}))
    return found
