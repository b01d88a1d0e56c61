"""What can wait, waits: for a digest in the morning; and people say which way they want it."""

from demo.cast import Cast
from demo.telling import local

WISHES = "/notify/v1/own-preferences"


def what_can_wait_waits(cast: Cast) -> None:
    """The archivist is not called away from his weekend for a stock that is low."""
    tell = cast.telling
    tell.chapter("What can wait, waits")
    archivist = cast.person("archivist")
    waiting = cast.messages(person=archivist.id, reason="book_stock_low")
    message = waiting[0]
    tell.say(
        "notify",
        f"holds {message['reason']} for the {message['state_reason']} of "
        f"{local(message['held_until'])}",
        at=message["planned_at"],
        because=message["state_because"],
    )
    states = {(one["state"], one["state_reason"]) for one in waiting}
    tell.expect("it waits for the digest", {("held", "digest")}, states)
    wish = {"about": "book_stock_low", "channel": "webhook"}
    kept = cast.acts("archivist").put(WISHES, {"opt_outs": [wish]}, version='"0"')
    tell.say(archivist.name, "wants no webhook for it", at=cast.now())
    tell.expect("the wish is kept", [wish], kept["opt_outs"])
