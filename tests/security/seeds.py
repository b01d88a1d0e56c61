"""One row of each kind in each of two sibling departments."""

from collections.abc import Callable

from .seeded_people import customer, notify
from .seeded_work import complaint, dispatch
from .served import Served

MAKERS: dict[str, Callable[[Served], None]] = {
    "complaint": complaint,
    "dispatch": dispatch,
    "customer": customer,
    "notify": notify,
}


def seed(served: Served) -> None:
    """Fill the database of one service, and remember it."""
    MAKERS[served.name](served)
    served.keep()
