"""Why somebody was told of an event: the route, and an event of a unit."""

from notify.domain.hearings import Heard
from notify.use_cases.notices import tell
from shared.ids import new_id

from .cast import NOW
from .routes import Route, get
from .served import Served

ROUTES: dict[str, Route] = {
    "hearings.explain_to_whom": get("/v1/explain?event={event}&person={told_person}"),
}


def told_of(served: Served, unit: str) -> dict[str, str]:
    """A complaint of a unit, of which somebody was told who is not known."""
    event, complaint, person = new_id(), new_id(), new_id()
    data = {
        "complaint_id": complaint,
        "org_unit": unit,
        "form_id": new_id(),
        "level": 1,
        "tier": 1,
        "reason": "filed",
        "person_ids": [person],
    }
    with served.parts.begin(now=NOW) as tx:
        tell(tx, Heard(event_id=event, type="complaint.assigned.v1", at=NOW), data)
    return {"event": str(event), "told_person": str(person)}
