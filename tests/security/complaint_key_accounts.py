"""The routes of the complaints of key accounts, and the complaints that they are about."""

from datetime import timedelta
from typing import Any

from .cast import ABOVE, NOW, person_id
from .departments import made
from .routes import Route, post
from .served import Served

CUSTOMER = "0199b000-0000-7000-8000-0000000000c1"
OVER = {"outcome": "a spare part was flown in"}
PLAN = {
    "measures": "send the missing parts",
    "owner_id": str(person_id("general_service_manager", ABOVE)),
    "due_at": (NOW + timedelta(days=4)).isoformat(),
}
ROUTES: dict[str, Route] = {
    "closed_loop.make_plan": post("/v1/complaints/{reached}/plans", PLAN),
    "emergencies.start_emergency": post(
        "/v1/complaints/{calmed}/emergencies", {"reason": "a line stands still"}
    ),
    "emergencies.end_emergency": post("/v1/complaints/{alarmed}/emergency-endings", OVER),
}


def key_accounts(served: Served, unit: str) -> dict[str, str]:
    """A complaint in which the emergency mechanism runs, one in which it ended, and one whose
    complainant was reached."""
    group = served.acts("key_account_group", unit=ABOVE)
    wanted: dict[str, Any] = {
        "org_unit": unit,
        "complainant": "key_account",
        "channel": "telephone",
        "about": "delivery",
        "customer_id": CUSTOMER,
        "severity": "major",
    }
    filed = (made(group.post("/v1/complaints", wanted))["id"] for _ in range(3))
    found = dict(zip(("alarmed", "calmed", "reached"), filed, strict=True))
    made(group.post(f"/v1/complaints/{found['calmed']}/emergency-endings", OVER))
    learnt = {"reason": "a part is missing", "course": "delivered on Monday"}
    made(group.post(f"/v1/complaints/{found['reached']}/first-contacts", learnt))
    return found
