"""Processes of the services, as an operator starts, kills and ends them."""

import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import requests

from server_admin import NotReady, wait_until

ROOT = Path(__file__).parents[2]
STARTING = 90.0  # seconds; twenty processes may start at once on two cores
ENDING = 30.0  # seconds after which one that does not end is killed, so that nothing stays


@dataclass(frozen=True)
class Ending:
    """How a process ended that was asked to."""

    code: int
    seconds: float


@dataclass
class Process:
    """``python -m <arguments>`` with nothing but ``environment``; ``address`` has ``/readyz``."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    output: Path
    address: str
    _running: psutil.Popen | None = field(default=None, init=False)

    def start(self) -> None:
        with self.output.open("ab") as output:
            self._running = psutil.Popen(
                [sys.executable, "-m", *self.arguments],
                cwd=ROOT,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait(self) -> None:
        """Return once the process says that it is ready."""
        wait_until(self._ready, seconds=STARTING, what=" ".join(self.arguments))

    def kill(self) -> None:
        """End the process and its children at once, as a crash would."""
        family = [self.running, *self.running.children(recursive=True)]
        for process in family:
            process.kill()
        psutil.wait_procs(family, timeout=ENDING)

    def ask_to_end(self) -> None:
        self.running.terminate()

    def ended(self, *, since: float) -> Ending:
        """Wait for the end of a process that was asked at ``since`` (monotonic seconds)."""
        code = self.running.wait(timeout=max(0.0, since + ENDING - time.monotonic()))
        return Ending(code, time.monotonic() - since)

    def clear(self) -> None:
        """Leave nothing behind, whatever state the process is in."""
        if self._running is not None and self._running.is_running():
            self.kill()

    @property
    def running(self) -> psutil.Popen:
        if self._running is None:
            raise NotReady(f"{' '.join(self.arguments)} was never started")
        return self._running

    def _ready(self) -> bool:
        if self.running.poll() is not None:
            said = self.output.read_text(errors="replace")
            raise NotReady(f"{' '.join(self.arguments)} ended by itself:\n{said[-3000:]}")
        return requests.get(f"{self.address}/readyz", timeout=5).ok


def run(arguments: Iterable[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess:
    """``python -m <arguments>`` to its end; what it said is text."""
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=dict(environment),
        capture_output=True,
        text=True,
        timeout=STARTING,
        check=False,
    )


def end_all(processes: Mapping[str, Process]) -> dict[str, Ending]:
    """Ask every process to end at the same moment, and say how each of them did."""
    since = time.monotonic()
    for process in processes.values():
        process.ask_to_end()
    endings: dict[str, Ending] = {}
    for name, process in processes.items():
        endings[name] = process.ended(since=since)
    return endings
