"""An opinion that turns out to be a request: it goes on as one, and is answered as one."""

from demo.cast import Cast

FEEDBACK = "/complaint/v1/feedback"
REQUESTS = "/complaint/v1/service-requests"
UNIT = "general-service"
PACKS = ["service", "franchise", "generic"]


def opinion_becomes_a_request(cast: Cast) -> None:
    """A letter with an opinion asks for somebody to come; the customer is not asked again."""
    tell = cast.telling
    tell.chapter("An opinion turns out to be a request")
    editor = cast.acts("policy_administrator")
    path = f"/complaint/v1/units/{UNIT}/policies"
    editor.put(path, {"packs": PACKS, "effective_from": "2026-02-01"}, version='"0"')
    clerk = cast.acts("franchise_reception_clerk")
    letter = {
        "org_unit": UNIT,
        "channel": "letter",
        "topic": "after_sales_support",
        "matter": "The hinges should be oiled once a year, as they were promised to be.",
    }
    opinion = clerk.post(FEEDBACK, letter)
    tell.say("the reception", f"writes down {opinion['number']}", at=cast.now())
    manager = cast.acts(cast.holder(opinion["handler_id"]).role)
    found = {"to": "request", "reason": "He asks for the service that he was promised."}
    one = f"/complaint/v1/cases/feedback/{opinion['id']}"
    made = manager.post(f"{one}/conversions", found)
    request = made["case"]
    tell.say("who reads it", f"makes {request['number']} of it", at=cast.now())
    tell.expect("the opinion ended", "converted", made["converted"]["state"])
    (link,) = manager.get(f"{one}/links")["items"]
    tell.expect("both are linked", request["id"], link["source"]["id"])
    worker = cast.acts(cast.holder(request["handler_id"]).role)
    page = f"{REQUESTS}/{request['id']}"
    tell.expect("as received at first", opinion["received_at"], worker.get(page)["received_at"])
    worker.post(f"{page}/starts")
    worker.post(f"{page}/results", {"result": "The hinges were oiled."})
    done = worker.get(page)
    teller = cast.acts(cast.holder(done["handler_id"]).role)
    answer = {"method": "telephone", "content": "They are oiled; next year we come by ourselves."}
    tell.expect("he was told", "closed", teller.post(f"{page}/answers", answer)["state"])
    cast.settle()
