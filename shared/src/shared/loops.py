"""A thread that does a piece of work again and again, for as long as there is any."""

import logging
import threading
import time
from collections.abc import Callable

from shared.backoff import full_jitter
from shared.failures import describe

log = logging.getLogger(__name__)

FIRST_RETRY_SECONDS = 0.1
LAST_RETRY_SECONDS = 5.0


class Loop:
    """Calls ``work`` until it returns False, then rests until ``wake``, at most ``rest`` seconds.

    An exception of ``work`` is logged and followed by a pause; the thread never ends by itself.
    """

    def __init__(self, name: str, work: Callable[[], bool], *, rest: float) -> None:
        self.name = name
        self._work = work
        self._rest = rest
        self._woken = threading.Event()
        self._stop = threading.Event()
        self._failures = 0
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """There may be something to do."""
        self._woken.set()

    def stop(self) -> None:
        """Finish the piece in hand and start no other."""
        self._stop.set()
        self._woken.set()

    def join(self, until: float) -> bool:
        """Whether the thread ended before ``until`` (monotonic seconds)."""
        self._thread.join(max(0.0, until - time.monotonic()))
        return not self._thread.is_alive()

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        while not self._stop.is_set():
            self._woken.clear()
            try:
                busy = self._work()
                self._failures = 0
            except Exception as error:  # noqa: BLE001 - a worker outlives whatever it meets.
                self._failures += 1
                log.warning("%s failed: %s", self.name, describe(error))
                self._pause()
                continue
            if not busy and not self._stop.is_set():
                self._woken.wait(self._rest)

    def _pause(self) -> None:
        self._stop.wait(
            full_jitter(self._failures, first=FIRST_RETRY_SECONDS, cap=LAST_RETRY_SECONDS)
        )
