"""Heals gaps of an inbox, or fills a new one, from the public log of all events.

Personal data is not in the log, and so cannot be healed from it.
"""

from collections.abc import Callable, Sequence

from shared.link import Link
from shared.reading_envelopes import Delivery
from shared.topology import LISTENS, LOG

BATCH = 200
QUIET_SECONDS = 3.0  # The end of the log, or as good as it.


def heal(
    link: Link, service: str, store: Callable[[Sequence[Delivery]], int], *, since: str
) -> int:
    """Hand to ``store`` what ``service`` should have heard, as the log tells it ``since`` then
    (``first``, or an age such as ``7D``); returns how many events were new.

    What is known already does no harm. While others go on telling, it ends once it has read as much
    as the log held at first and finds nothing new.
    """
    held = link.depth(LOG)
    read: list[Delivery] = []
    link.consume_log(read.append, since=since)
    seen = new = 0
    while True:
        quiet = not link.drain(QUIET_SECONDS)
        link.tick()
        if read and (quiet or len(read) >= BATCH):
            fresh = store([one for one in read if _publisher(one) in LISTENS[service]])
            seen, new = seen + len(read), new + fresh
            link.acknowledge([one.tag for one in read])
            read.clear()
            quiet = quiet or (seen >= held and not fresh)
        if quiet:
            return new


def _publisher(delivery: Delivery) -> str:
    return str(delivery.routing_key).partition(".")[0]
