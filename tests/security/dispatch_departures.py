"""The routes of departures and of what somebody holds, and what they are about."""

from .departments import made
from .routes import Route, get, post
from .served import Served

LEAVES = {"reason": "resigned", "leaves_at": "2026-04-01T00:00:00+08:00", "note": "keys: gate"}
GONE = "/v1/people/{worker}/departures"
ROUTES: dict[str, Route] = {
    "departures.announce_staff_departure": post(GONE, LEAVES),
    "departures.withdraw_staff_departure": post(f"{GONE}/{{departure}}/withdrawals", {}),
    "departures.list_staff_departures": get(GONE),
    "departures.list_staff_holdings": get("/v1/people/{worker}/holdings"),
}


def departure(served: Served, region: str, worker: str) -> dict[str, str]:
    """That the worker of the department will leave."""
    hr = served.acts("hr_administrator", unit=region)
    told = made(hr.post(f"/v1/people/{worker}/departures", LEAVES))
    return {"departure": told["departure_id"]}
