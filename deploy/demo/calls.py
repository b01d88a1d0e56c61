"""A call that the scripts of the telephone promise, and what a record of it should not say."""

from demo.cast import Cast
from demo.telling import local

CALLS = "/complaint/v1/call-backs"
SCRIPTS = "/complaint/v1/scripts"


def shop_is_promised_a_call(cast: Cast) -> None:
    """Saturday, 16:20: nobody knows at once, so somebody calls back; the words are looked at."""
    tell = cast.telling
    tell.chapter("A shop asks, and is promised a call")
    cast.until("2026-02-14 16:20")
    clerk, name = cast.acts("franchise_reception_clerk"), cast.person("franchise_reception_clerk")
    promise = {"matter": "Who pays the freight?", "caller_phone": "+8613812345678"}
    said = clerk.post(f"{SCRIPTS}/no_answer_now/renderings", {"call_back": promise})
    call = said["call_back"]
    tell.say(name.name, said["text"], at=cast.now(), because=said["because"])
    tell.say("complaint", f"the call is due {local(call['due_at'])}", at=cast.now())
    tell.expect("whoever promises has the task", name.id, call["owner_id"])
    (mine,) = clerk.get(CALLS, owner="me")["items"]
    tell.expect("it stands in his list", call["id"], mine["id"])
    answer = {"said": "这个不关我的事", "evidence": "recording 0214-1640"}
    made = clerk.post(f"{CALLS}/{call['id']}/calls", answer)
    tell.expect("the call is made", "made", made["state"])
    (flag,) = cast.listed("general_service_manager", "/complaint/v1/phrase-flags")
    tell.say(
        "complaint",
        f"flags what nobody may say: {flag['phrase']}",
        at=cast.now(),
        because=flag["because"],
    )
    told = [one for one in cast.messages() if one["subject"] == f"phrase_flag/{flag['id']}"]
    tell.expect("a supervisor was told", True, bool(told))
