"""The embedded runner as a process that is killed and started again while people use it."""

import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests

from embedded.client import Client, Refused

PROGRAM = Path(__file__).parents[2] / "deploy" / "local.py"
ADDRESS = re.compile(r"^complaint\s+(http://127\.0\.0\.1:\d+)/complaint/v1", re.MULTILINE)
STARTING = 90.0
STALE = 412


class LocalHouse:
    """``deploy/local.py serve`` on one home folder. ``base`` waits while nobody is at home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.starts = 0
        self.interruptions = 0  # requests whose answer was lost
        self._base: str | None = None
        self._changed = threading.Condition()
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        """Where the house answers. Raises TimeoutError when it does not come up."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._base is not None, STARTING):
                raise TimeoutError(f"nobody is at home:\n{self._said()[-3000:]}")
            return str(self._base)

    def launch(self) -> None:
        """Start the process; it answers some seconds later."""
        self.starts += 1
        serve = ["serve", "--clock", "simulated", "--port", "0", "--home", str(self.home)]
        with self._output.open("wb") as output:
            self._running = subprocess.Popen(
                [sys.executable, str(PROGRAM), *serve, "--no-sample"],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def open(self) -> None:
        """Start the process and wait until it has said where it answers."""
        self.launch()
        until = time.monotonic() + STARTING
        while not (found := ADDRESS.search(self._said())):
            ended = self.process.poll()
            assert ended is None, f"it ended with {ended}:\n{self._said()[-3000:]}"
            assert time.monotonic() < until, f"it does not come up:\n{self._said()[-3000:]}"
            time.sleep(0.02)
        with self._changed:
            self._base = found[1]
            self._changed.notify_all()

    def kill(self) -> None:
        """End the process as the kernel would, in the middle of whatever it does."""
        with self._changed:
            self._base = None
        self.process.kill()
        assert self.process.wait(10) == -signal.SIGKILL

    def close(self) -> int:
        """Ask the process to end; returns its exit code."""
        self.process.terminate()
        return self.process.wait(30)

    def clear(self) -> None:
        """Leave no process behind."""
        if self._running is not None and self._running.poll() is None:
            self._running.kill()
            self._running.wait(10)

    @property
    def process(self) -> "subprocess.Popen[bytes]":
        assert self._running is not None, "the house was never opened"
        return self._running

    @property
    def _output(self) -> Path:
        return self.home.parent / f"output-{self.starts}.log"

    def _said(self) -> str:
        return self._output.read_text(errors="replace")


class PatientClient(Client):
    """Sends a command whose outcome it does not know again, under the same idempotency key."""

    def __init__(self, house: LocalHouse, token: str = "", *, sent: Callable[[], None]) -> None:
        super().__init__("", token)
        self._house = house
        self._sent = sent

    def patch(self, path: str, body: Any, *, version: str) -> dict[str, Any]:
        """As of Client. A change that was made before its answer was lost is found made."""
        try:
            return super().patch(path, body, version=version)
        except Refused as refused:
            if refused.status != STALE:
                raise
            return self.get(path)

    def _answer(self, method: str, path: str, **arguments: Any) -> requests.Response:
        while True:
            self.base = self._house.base
            try:
                response = super()._answer(method, path, **arguments)
            except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
                self._house.interruptions += 1
                continue
            self._sent()
            return response
