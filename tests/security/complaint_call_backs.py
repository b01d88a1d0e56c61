"""The routes of calls that were promised and of phrases that nobody may say, and one of each."""

from .cast import PERSON, PHONE, person_id
from .departments import made
from .routes import Route, get, post
from .served import Served

MATTER = {"matter": "who pays the freight"}
PROMISE = {"call_back": {**MATTER, "case_id": "{received}"}}
SAID = {"said": "the freight is refunded", "evidence": "recording 4713"}
BANNED = "这个不关我的事"
ONE = "/v1/call-backs/{call_back}"
ROUTES: dict[str, Route] = {
    "scripts.render_script": post("/v1/scripts/no_answer_now/renderings", PROMISE),
    "call_backs.list_call_backs": get("/v1/call-backs", lists="call_back"),
    "call_backs.get_call_back": get(ONE),
    "call_backs.make_call_back": post(f"{ONE}/calls", SAID),
    "call_backs.hand_over_call_back": post(f"{ONE}/handovers", {"owner_id": "{heir}"}),
    "call_backs.cancel_call_back": post(f"{ONE}/cancellations", {"reason": "settled"}),
    "call_backs.reveal_caller": post(f"{ONE}/reveals", {"reason": "to call him"}),
    "phrase_flags.list_phrase_flags": get("/v1/phrase-flags", lists="flag"),
}


def call_backs(served: Served, region: str, complaint_id: str) -> dict[str, str]:
    """A call that the clerk of the region promised about a complaint of it, and one that he made
    with a phrase which nobody may say."""
    clerk = served.acts("regional_service_assistant", unit=region)
    caller = {"caller_name": PERSON, "caller_phone": PHONE, "case_id": complaint_id}
    body = {"call_back": {**MATTER, **caller}}
    said = made(clerk.post("/v1/scripts/no_answer_now/renderings", body))
    made(clerk.post(f"/v1/call-backs/{said['call_back']['id']}/calls", {**SAID, "said": BANNED}))
    manager = served.acts("general_service_manager", unit=region)
    flag = manager.get("/v1/phrase-flags").json["items"][-1]["id"]
    waiting = made(clerk.post("/v1/scripts/no_answer_now/renderings", body))["call_back"]["id"]
    heir = str(person_id("franchise_reception_clerk", region))
    return {"call_back": waiting, "flag": flag, "heir": heir}
