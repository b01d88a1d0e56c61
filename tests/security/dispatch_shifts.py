"""The routes of shifts and rosters, and what they are about."""

from .cast import NOW
from .departments import made
from .routes import Route, get, post
from .served import Served

TODAY = NOW.date().isoformat()
SHIFT = {
    "code": "early",
    "name": "Early",
    "opens": "08:00",
    "closes": "16:00",
    "weekdays": [0, 1, 2, 3, 4],
    "first_day": "2026-03-01",
}
LATER = {"first_day": "2026-04-01", "last_day": "2026-04-30"}
MONTH = "first_day=2026-03-01&last_day=2026-03-31"
ROUTES: dict[str, Route] = {
    "shifts.define_unit_shift": post("/v1/units/{region}/shifts", {**SHIFT, "code": "late"}),
    "shifts.end_unit_shift": post("/v1/shifts/{shift}/ends", {"last_day": "2026-12-31"}),
    "shifts.enter_on_roster": post("/v1/shifts/{shift}/roster", {"person_id": "{worker}", **LATER}),
    "shifts.end_on_roster": post("/v1/roster-entries/{entry}/ends", {"last_day": TODAY}),
    "shifts.list_unit_shifts": get("/v1/units/{region}/shifts"),
    "shifts.list_unit_roster": get(f"/v1/units/{{region}}/roster?{MONTH}"),
    "shifts.get_unit_duty": get("/v1/units/{region}/duty"),
}


def shifts(served: Served, region: str, worker: str) -> dict[str, str]:
    """A shift of the department, and the worker on its roster."""
    keeper = served.acts("dispatch_supervisor", unit=region)
    shift = made(keeper.post(f"/v1/units/{region}/shifts", SHIFT))["shift_id"]
    on_it = {"person_id": worker, "first_day": TODAY, "last_day": "2026-03-31"}
    entry = made(keeper.post(f"/v1/shifts/{shift}/roster", on_it))
    return {"shift": shift, "entry": entry["roster_entry_id"]}
