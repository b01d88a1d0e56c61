"""A consumer who complains by herself, without a token, and looks after it with her code."""

from typing import Any

from demo.cast import Cast
from demo.complaints import COMPLAINTS
from demo.telling import local
from embedded.client import Client, Refused

FILING = "/complaint/v1/public/complaints"
TRACKING = "/complaint/v1/public/tracking"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)
MATTER = {
    "org_unit": "general-service",
    "complainant": "consumer",
    "about": "product_quality",
    "reason": "The drawer of my cabinet does not close.",
    "complainant_name": "王芳",
    "complainant_phone": "13912345678",
}


def consumer_complains_by_herself(cast: Cast) -> None:
    """Saturday afternoon: filed on the web, settled, and seen by its code all the way."""
    tell = cast.telling
    tell.chapter("A consumer complains on the web")
    cast.until("2026-02-14 16:30")
    stranger = Client(cast.base)
    filed = stranger.post(FILING, MATTER, key="a-key-that-nobody-hits-upon")
    again = stranger.post(FILING, MATTER, key="a-key-that-nobody-hits-upon")
    her_own = Client(cast.base, headers={"Tracking-Code": filed["tracking_code"]})
    tell.say("a consumer", f"complains: {filed['number']}", at=cast.now())
    tell.say("the page", filed["words"]["en"], at=cast.now())
    tell.say("the page", f"contact is due {local(filed['next']['due_at'])}", at=cast.now())
    tell.expect("sent twice, filed once", filed["number"], again["number"])
    complaint = _found(cast, filed["number"])
    handler = cast.holder(complaint["handler_id"])
    told = cast.was_told(handler.id, f"complaint/{complaint['id']}", "complaint_assigned")
    tell.expect("the first tier was told once", 1, len(told))
    _sends_a_picture(cast, her_own, complaint)
    _is_settled(cast, her_own, complaint)
    try:
        Client(cast.base, headers={"Tracking-Code": "A" * 26}).get(TRACKING)
        opened = "opened"
    except Refused as refused:
        opened = str(refused.code)
    tell.expect("another code opens nothing", "not_found", opened)


def _found(cast: Cast, number: str) -> dict[str, Any]:
    listed = cast.listed("general_service_manager", COMPLAINTS)
    (found,) = (one for one in listed if one["number"] == number)
    cast.telling.expect("a complaint like any other", "received", found["state"])
    cast.telling.expect("of the channel", "network_platform", found["channel"])
    return found


def _sends_a_picture(cast: Cast, her_own: Client, complaint: dict[str, Any]) -> None:
    cast.until("2026-02-14 16:40")
    path = f"/complaint/v1/cases/complaint/{complaint['id']}/attachments"
    her_own.upload(f"{TRACKING}/attachments", PICTURE, media_type="image/jpeg")
    (file,) = cast.acts("general_service_manager").get(path)["items"]
    cast.telling.say("the consumer", "sends a picture", at=cast.now())
    cast.telling.expect("taken for what it is", "image/png", file["media_type"])
    try:
        her_own.upload(f"{TRACKING}/attachments", b"<html>", media_type="image/png")
        refused = "taken"
    except Refused as answer:
        refused = str(answer.code)
    cast.telling.expect("a page is no picture", "attachment_type_refused", refused)


def _is_settled(cast: Cast, her_own: Client, complaint: dict[str, Any]) -> None:
    tell, path = cast.telling, f"{COMPLAINTS}/{complaint['id']}"
    seen = []

    def look() -> None:
        shown = her_own.get(TRACKING)
        seen.append(shown["status"])
        tell.say("the page", shown["words"]["en"], at=cast.now())

    cast.until("2026-02-14 16:50")
    handler = cast.acts(cast.holder(complaint["handler_id"]).role)
    learnt = {
        "reason": "The drawer does not close",
        "course": "Since it was delivered.",
        "cause": "The rails were fitted askew.",
        "occurred_at": "2026-02-12T10:00:00+08:00",
        "place": "At her home",
        "shop_and_persons": "Shop 01, the fitter",
        "product": "Chest of drawers",
        "product_code": "D-100",
        "other_contacts": "None",
    }
    handler.post(f"{path}/first-contacts", learnt)
    look()
    cast.until("2026-02-14 17:30")
    handler.post(f"{path}/results", {"result": "A new drawer was brought."})
    look()
    answer = {"code": 1, "method": "telephone", "evidence": "recording 0214-1730"}
    handler.post(f"{path}/satisfaction-answers", answer)
    opinion = {"opinion": "Quick, and to the point."}
    cast.acts("general_service_manager").post(f"{path}/reviews", opinion)
    look()
    cast.acts("franchise_clerk").post(f"{path}/archives")
    look()
    tell.expect("what she saw", ["in_progress", "result_told", "under_review", "closed"], seen)
    (told,) = her_own.get(TRACKING)["told"]
    tell.expect("she reads what she was told", "A new drawer was brought.", told["content"])
    cast.settle()
