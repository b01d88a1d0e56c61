"""What two complainants are told by message: one who left an address, and one who did not."""

from demo.cast import Cast

NAMED = {"name": "周老板", "email": "zhou@example.com", "language": "zh-CN"}
WAY = ["case_received", "case_result", "case_went_up", "case_result", "case_closed"]


def complainants_are_told(cast: Cast, named: str, nameless: str) -> None:
    """The ledger of the two cases; whoever cannot be written to is called."""
    tell = cast.telling
    tell.chapter("What the complainants are told")
    about = list(reversed(cast.messages(person=named)))
    for message in about:
        tell.say(
            "notify",
            f"{message['reason']}: {message['state']}",
            at=message["planned_at"],
            because=message["because"],
        )
    tell.expect("he is told each step once", WAY, [one["reason"] for one in about])
    unsent = cast.messages(person=nameless)
    why = {(one["state"], one["state_reason"]) for one in unsent}
    tell.expect("without an address nothing is sent", {("suppressed", "no_address")}, why)
    director = cast.person("sales_centre_director")
    calls = cast.was_told(director.id, f"complaint/{nameless}", "customer_call_needed")
    tell.say("notify", f"asks {director.name} to call the consumer", at=calls[0]["planned_at"])
    tell.expect("once", 1, len(calls))
