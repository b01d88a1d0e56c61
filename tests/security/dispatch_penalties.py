"""The routes of penalties for broken rules on work orders, and what they are about."""

from collections.abc import Sequence

from .cast import ABOVE, NOW
from .complaint_penalties import BELOW, MINE
from .departments import made
from .routes import Route, get, post
from .served import Served

MONTH = NOW.strftime("%Y-%m")
REFUSED = {"code": "refusal", "evidence": "he said so before a witness"}
POSTINGS = f"/v1/penalty-ledgers/{MONTH}/postings"
ROUTES: dict[str, Route] = {
    "penalties.confirm_penalty": post("/v1/penalties/{proposed}/confirmations", {}),
    "penalties.waive_penalty": post("/v1/penalties/{proposed}/waivers", {"reason": "he was ill"}),
    "penalties.list_penalties": get("/v1/penalties", lists="proposed"),
    "penalties.list_own_penalties": get("/v1/penalties/mine", unscoped=MINE),
    "penalties.get_penalty": get("/v1/penalties/{proposed}"),
    "penalties.get_penalty_ledger": get(f"/v1/penalty-ledgers/{MONTH}", lists="debtor"),
    "penalties.post_penalties": post(POSTINGS, {}, unscoped=BELOW),
}


def penalties(served: Served, region: str, *, refused: Sequence[str]) -> dict[str, str]:
    """A penalty that waits for a decision and one in the ledger, of who refused two orders."""
    dispatcher = served.acts("dispatcher", unit=region)
    manager = served.acts("general_manager", unit=ABOVE)
    found = {}
    for name, order in zip(("proposed", "posted"), refused, strict=True):
        breach = made(dispatcher.post(f"/v1/work-orders/{order}/breaches", REFUSED))
        known = manager.get("/v1/penalties?limit=100").json["items"]
        (found[name],) = (one["id"] for one in known if one["about"] == f"work_order/{order}")
        found["debtor"] = breach["person_id"]
    made(manager.post(f"/v1/penalties/{found['posted']}/confirmations", {}))
    made(served.acts("hr_administrator", unit=ABOVE).post(POSTINGS, {}))
    return found
