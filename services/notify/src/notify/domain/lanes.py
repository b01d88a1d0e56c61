"""Lanes: what is slow together. Of each lane one message is in hand at a time.

The receivers behind one host share a lane. So do the messages that one gateway (a mail server, a
provider of short messages) carries to some of the people; it has a few lanes. What needs no address
stays in this process and is never slow: its lane is open to any number.
"""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

NO_CHANNEL = "-"  # The lane of a message for which no channel was chosen yet; open as well.
OF_GATEWAY = 4  # So many messages one gateway is given at a time.
BY_HOST = "host"
SLOW_SECONDS = 1.0
REMEMBERED = 1_000  # lanes


def lane_of(channel: str, address: str | None, *, person_id: UUID) -> str:
    """The lane of what ``channel`` carries to ``address``; it does not tell the address."""
    if address is None:
        return channel or NO_CHANNEL
    host = _host(address)
    if host is None:
        return f"{channel}/{person_id.int % OF_GATEWAY}"
    return f"{BY_HOST}/{hashlib.blake2s(host.encode(), digest_size=8).hexdigest()}"


def is_open(lane: str, channels: Collection[str]) -> bool:
    """Whether any number of ``lane`` may be looked at together: nothing of it is slow, or it is one
    of a channel that is none of ``channels``, so that another carries what waits there."""
    channel, divided, _ = lane.partition("/")
    return not divided or (channel != BY_HOST and channel not in channels)


def _host(address: str) -> str | None:
    """Host and port of a URL; None for addresses of another kind."""
    scheme, divided, rest = address.partition("://")
    if not divided or scheme.lower() not in ("http", "https"):
        return None
    return re.split(r"[/?#\\]", rest, maxsplit=1)[0].rpartition("@")[2].lower()


@dataclass
class LaneBook:
    """What one process remembers of lanes: which were served when, and which were slow last time.

    The lanes that were served longest ago are forgotten first; nothing is wrong without them.
    """

    behind: str = ""  # The lanes up to this one were looked at; the others are next.
    _served: OrderedDict[str, int] = field(default_factory=OrderedDict)
    _slow: OrderedDict[str, None] = field(default_factory=OrderedDict)
    _count: int = 0

    @property
    def slow(self) -> frozenset[str]:
        """The lanes of which the last message took long."""
        return frozenset(self._slow)

    def last_served(self, lane: str) -> int:
        """The greater, the later; 0 for a lane of which nothing is known."""
        return self._served.get(lane, 0)

    def serve(self, lane: str) -> None:
        """A message of ``lane`` is in hand."""
        self._count += 1
        self._served[lane] = self._count
        self._served.move_to_end(lane)
        _forget(self._served)

    def took(self, lane: str, seconds: float) -> None:
        """It is in hand no more, after so long."""
        self._slow.pop(lane, None)
        if seconds > SLOW_SECONDS:
            self._slow[lane] = None
            _forget(self._slow)


def _forget(lanes: OrderedDict[str, Any]) -> None:
    if len(lanes) > REMEMBERED:
        lanes.popitem(last=False)
