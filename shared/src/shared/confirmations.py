"""Which messages the broker has confirmed, and who waits for that."""

import threading
import time
from collections.abc import Callable

from shared.outgoing import PublishFailed

Doubt = Callable[[float], str | None]


class Batch:
    """Rows on their way over one connection; all of them are confirmed, or none counts.

    ``doubt`` says, for the monotonic time since when one waits, why waiting longer is in vain.
    """

    def __init__(self, size: int, doubt: Doubt) -> None:
        self._doubt = doubt
        self._sent_at = time.monotonic()
        self._unconfirmed = size
        self._settled = threading.Event()

    def wait(self, seconds: float) -> bool:
        """Whether all rows are confirmed; False when ``seconds`` passed first.

        Raises PublishFailed when waiting is in vain.
        """
        self._settled.wait(seconds)
        if not self._unconfirmed:
            return True
        reason = self._doubt(self._sent_at)
        if reason is not None:
            raise PublishFailed(reason)
        return False

    def confirm_one(self) -> None:
        """One more row is safe."""
        self._unconfirmed -= 1
        if not self._unconfirmed:
            self._settled.set()

    def give_up(self) -> None:
        """Wake whoever waits: what is unconfirmed now will never be."""
        self._settled.set()


class Confirmations:
    """The delivery tags of one channel, which the broker counts from 1. For one thread."""

    def __init__(self) -> None:
        self._open: dict[int, Batch] = {}  # In order of tags.
        self._last = 0
        self.answered_at = time.monotonic()

    def expect(self, batch: Batch) -> None:
        """The next message of the channel belongs to ``batch``."""
        self._last += 1
        self._open[self._last] = batch

    def confirm(self, tag: int, *, several: bool) -> None:
        """The broker has the message ``tag``, and with ``several`` all before it."""
        self.answered_at = time.monotonic()
        tags = [one for one in self._open if one <= tag] if several else [tag]
        for one in tags:
            self._open.pop(one).confirm_one()

    def give_up(self) -> None:
        """None of the messages that are still open will be confirmed."""
        for batch in set(self._open.values()):
            batch.give_up()

    def outstanding(self) -> int:
        """How many messages the broker has not confirmed."""
        return len(self._open)
