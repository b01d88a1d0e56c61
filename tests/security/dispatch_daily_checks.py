"""The routes of the list at the end of a shift and of its hand-over, and what they are about."""

from datetime import timedelta

from dispatch.use_cases.rounds import go_round

from .cast import NOW
from .departments import made
from .routes import Route, get, post
from .served import Served

ENDS_SOON = NOW + timedelta(hours=7, minutes=50)  # 17:50 in Shanghai
WHY = {"reason": "the lock has not come", "instruction": "fetch it at nine"}
SIGNATURE = {"signature": {"name": "Zhang San"}}
MANY = {"answers": [{"work_order_id": "{issued}", **WHY}]}
ROUTES: dict[str, Route] = {
    "daily_checks.give_open_reason": post("/v1/daily-checks/{list}/entries/{issued}", WHY),
    "daily_checks.give_open_reasons": post("/v1/daily-checks/{list}/answers", MANY),
    "daily_checks.list_daily_checks": get("/v1/units/{region}/daily-checks"),
    "daily_checks.get_daily_check": get("/v1/daily-checks/{list}"),
    "daily_checks.get_daily_check_timeline": get("/v1/daily-checks/{list}/timeline"),
    "handovers.propose_shift_handover": post(
        "/v1/daily-checks/{list}/handovers", SIGNATURE, personal=True
    ),
    "handovers.sign_shift_handover": post(
        "/v1/handovers/{handover}/signatures", {**SIGNATURE, "digest": "{list_digest}"}
    ),
    "handovers.get_shift_handover": get("/v1/handovers/{handover}"),
    "handovers.get_unit_handover": get("/v1/units/{region}/handover"),
}


def daily_checks(served: Served, region: str) -> dict[str, str]:
    """The list of a region with all its reasons, and a hand-over that waits: to be made when all
    orders are as they stay."""
    with served.parts.begin(now=ENDS_SOON) as tx:
        go_round(tx, region)
    dispatcher = served.acts("dispatcher", unit=region)
    path = f"/v1/units/{region}/handover"
    listed = made(dispatcher.get(path))["daily_check"]
    one = f"/v1/daily-checks/{listed['daily_check_id']}"
    answers = [{"work_order_id": order, **WHY} for order in listed["unanswered"]]
    made(dispatcher.post(f"{one}/answers", {"answers": answers}))
    handover = made(dispatcher.post(f"{one}/handovers", SIGNATURE))
    return {
        "list": listed["daily_check_id"],
        "handover": handover["handover_id"],
        "list_digest": handover["digest"],
    }
