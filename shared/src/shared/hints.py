"""Wake the relay soon after a commit, without costing the commit anything.

A hint may be lost: the relay polls as well, and that alone is enough. On PostgreSQL the hint is a
NOTIFY on a connection of its own, never inside the business transaction, at most one every few
milliseconds a process. On SQLite there is none; in one process the relay's ``wake`` is the hint.
"""

import logging
import os
import threading
from collections.abc import Callable

import psycopg
from sqlalchemy import Engine

CHANNEL = "huiyin_outbox"
TOGETHER_SECONDS = 0.005  # Commits within this time after a hint share the next one.
RECONNECT_SECONDS = 1.0
LOOK_UP_SECONDS = 1.0  # How often a thread that waits looks whether it has to stop.

log = logging.getLogger(__name__)


def teller(engine: Engine) -> Callable[[], None]:
    """What a process that commits calls after a commit that wrote events (``told``)."""
    return Teller(engine).told


def listen(engine: Engine, wake: Callable[[], None]) -> Callable[[], None]:
    """Call ``wake`` at each hint for the database of ``engine``; returns what ends that."""
    return Listener(engine, wake).stop


class Teller:
    """Tells the relay of another process that the outbox of ``engine``'s database has rows.

    Its thread starts with the first hint, so that it may be made before a process forks.
    """

    def __init__(self, engine: Engine) -> None:
        self._address = _address(engine)
        self._due = threading.Event()
        self._stopping = threading.Event()
        self._starting = threading.Lock()
        self._process = 0

    def told(self) -> None:
        """Send a hint soon. Returns at once and never raises: the ``told`` of ``beginner``."""
        self._due.set()
        if self._process != os.getpid() and self._address is not None:
            self._start(self._address)

    def stop(self) -> None:
        """End the thread; a hint that has not left is lost, which costs one poll."""
        self._stopping.set()
        self._due.set()

    def _start(self, address: str) -> None:
        with self._starting:
            if self._process != os.getpid():
                self._process = os.getpid()
                _in_background("hints-told", self._stopping, address, self._tell)

    def _tell(self, connection: "psycopg.Connection[tuple[()]]") -> None:
        while not self._stopping.wait(TOGETHER_SECONDS):
            self._due.wait()
            self._due.clear()
            connection.execute(f"NOTIFY {CHANNEL}")


class Listener:
    """Calls ``wake`` at each hint for the database of ``engine``, and once when it (re)connects."""

    def __init__(self, engine: Engine, wake: Callable[[], None]) -> None:
        self._wake = wake
        self._stopping = threading.Event()
        address = _address(engine)
        if address is not None:
            _in_background("hints-heard", self._stopping, address, self._listen)

    def stop(self) -> None:
        """End the thread within a second."""
        self._stopping.set()

    def _listen(self, connection: "psycopg.Connection[tuple[()]]") -> None:
        connection.execute(f"LISTEN {CHANNEL}")
        self._wake()
        while not self._stopping.is_set():
            for _ in connection.notifies(timeout=LOOK_UP_SECONDS, stop_after=1):
                self._wake()


def _address(engine: Engine) -> str | None:
    if engine.dialect.name != "postgresql":
        return None
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


def _in_background(
    name: str,
    stopping: threading.Event,
    address: str,
    work: Callable[["psycopg.Connection[tuple[()]]"], None],
) -> None:
    """Run ``work`` on a connection of its own in a thread, again after each loss, until told."""

    def run() -> None:
        while not stopping.is_set():
            try:
                with psycopg.connect(address, autocommit=True, connect_timeout=3) as connection:
                    work(connection)
            except psycopg.Error as error:
                log.warning("no hints, the poll goes on", extra={"error": type(error).__name__})
                stopping.wait(RECONNECT_SECONDS)

    threading.Thread(target=run, name=name, daemon=True).start()
