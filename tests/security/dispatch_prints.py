"""The routes of printed work orders, and the papers that they are about."""

from .departments import made
from .routes import Route, get, post
from .served import Served

ALL = "/v1/work-orders/{issued}/prints"
ROUTES: dict[str, Route] = {
    "prints.print_order": post(ALL, {"part": "copy"}),
    "prints.list_order_prints": get(ALL),
    "prints.get_order_print": get(f"{ALL}/{{printed}}"),
}


def printed(served: Served, region: str, *, order_id: str) -> int:
    """The number of a paper with both parts of an order."""
    dispatcher = served.acts("dispatcher", unit=region)
    path = f"/v1/work-orders/{order_id}/prints"
    number: int = made(dispatcher.post(path, {"part": "both"}))["number"]
    return number
