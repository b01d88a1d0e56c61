"""The routes of calls that were promised, and such a call."""

from .cast import PERSON, PHONE, person_id
from .departments import made
from .routes import Route, get, post
from .served import Served

MATTER = {"matter": "who pays the freight"}
PROMISE = {"call_back": {**MATTER, "case_id": "{received}"}}
SAID = {"said": "the freight is refunded", "evidence": "recording 4713"}
ONE = "/v1/call-backs/{call_back}"
ROUTES: dict[str, Route] = {
    "scripts.render_script": post("/v1/scripts/no_answer_now/renderings", PROMISE),
    "call_backs.list_call_backs": get("/v1/call-backs", lists="call_back"),
    "call_backs.get_call_back": get(ONE),
    "call_backs.make_call_back": post(f"{ONE}/calls", SAID),
    "call_backs.hand_over_call_back": post(f"{ONE}/handovers", {"owner_id": "{heir}"}),
    "call_backs.cancel_call_back": post(f"{ONE}/cancellations", {"reason": "settled"}),
    "call_backs.reveal_caller": post(f"{ONE}/reveals", {"reason": "to call him"}),
}


def call_backs(served: Served, region: str, complaint_id: str) -> dict[str, str]:
    """A call that the clerk of the region promised about a complaint of it."""
    clerk = served.acts("regional_service_assistant", unit=region)
    caller = {"caller_name": PERSON, "caller_phone": PHONE, "case_id": complaint_id}
    body = {"call_back": {**MATTER, **caller}}
    said = made(clerk.post("/v1/scripts/no_answer_now/renderings", body))
    heir = str(person_id("franchise_reception_clerk", region))
    return {"call_back": said["call_back"]["id"], "heir": heir}
