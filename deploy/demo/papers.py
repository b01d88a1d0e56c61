"""An order on paper: the stub for the dispatch centre, the copy that the receiver takes along."""

from typing import Any

from demo.cast import Cast
from embedded.client import Refused


def order_is_printed(cast: Cast, path: str) -> None:
    """The dispatcher prints both parts, and the receiver his copy once more. Where no font with
    Chinese is installed, they are told so."""
    tell, dispatcher = cast.telling, cast.acts("dispatcher")
    try:
        both = dispatcher.post(f"{path}/prints", {"part": "both"})
    except Refused as refused:
        tell.expect("without Chinese type nothing is printed", "type_missing", refused.code)
        tell.expect("and nothing stands in the log", [], dispatcher.get(f"{path}/prints")["items"])
        return
    tell.say(cast.person("dispatcher").name, "prints both parts of the order", at=cast.now())
    tell.expect("originals of stub and copy", [("stub", 1), ("copy", 1)], _parts(both))
    pdf = dispatcher.fetch(f"/dispatch{both['pdf']}")
    tell.expect("as PDF", b"%PDF-", pdf[:5])
    tell.expect("under the number of the order", True, _number(cast, path).encode() in pdf)
    again = cast.acts("engineer").post(f"{path}/prints", {"part": "copy"})
    tell.say(cast.person("engineer").name, "prints his part again", at=cast.now())
    tell.expect("it is marked as the second copy", [("copy", 2)], _parts(again))
    same = dispatcher.fetch(f"/dispatch{both['pdf']}")
    tell.expect("the first paper stays what it was", True, same == pdf)
    log = dispatcher.get(f"{path}/prints")["items"]
    tell.expect("the log has three prints", 3, len(log))


def _parts(paper: dict[str, Any]) -> list[tuple[str, int]]:
    return [(one["part"], one["copy_no"]) for one in paper["parts"]]


def _number(cast: Cast, path: str) -> str:
    return str(cast.acts("dispatcher").get(path)["order_no"])
