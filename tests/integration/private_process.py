"""A server program that runs for one test session: its own port, its own folder, no trace left."""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil

from server_admin import NotReady, wait_until

STARTING = 90.0  # seconds for a server to answer after its start
STOPPING = 30.0  # seconds for a server to end in order before it is killed


def find_program(name: str, *folders: str) -> Path | None:
    """Look in the folders (patterns; the last in order is the newest), then in PATH."""
    for folder in folders:
        found = sorted(Path("/").glob(f"{folder.removeprefix('/')}/{name}"))
        if found:
            return found[-1]
    in_path = shutil.which(name)
    return Path(in_path) if in_path else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PrivateProcess:
    """A program that a test may kill and start again.

    It has a session of its own, so that Ctrl-C reaches the tests and not the server. ``user`` is
    whom root lends a program that refuses to run as root.
    """

    def __init__(
        self,
        command: list[str],
        *,
        folder: Path,
        ready: Callable[[], bool],
        environment: Mapping[str, str] | None = None,
        user: str | None = None,
    ) -> None:
        self._command = command
        self._folder = folder
        self._ready = ready
        self._environment = {**os.environ, **(environment or {})}
        self._user = user
        self._process: psutil.Popen | None = None

    def start(self) -> None:
        """Start the program and wait until it serves."""
        with (self._folder / "output.log").open("ab") as output:
            self._process = psutil.Popen(
                self._command,
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=self._user,
                group=self._user,
                extra_groups=[] if self._user else None,
            )
        wait_until(self._serves, seconds=STARTING, what=self._command[0])

    def kill(self) -> None:
        """End the program and its children at once, as a crash would."""
        family = self._family()
        for process in family:
            if process.is_running():
                process.kill()
        psutil.wait_procs(family, timeout=STOPPING)

    def stop(self) -> None:
        """Let the program end in order; kill what is left of it after a while."""
        family = self._family()
        if family:
            family[0].terminate()
        _, left = psutil.wait_procs(family, timeout=STOPPING)
        for process in left:
            process.kill()
        psutil.wait_procs(left, timeout=STOPPING)

    def _serves(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            output = (self._folder / "output.log").read_text(errors="replace")
            raise NotReady(f"{self._command[0]} ended by itself:\n{output[-2000:]}")
        return self._ready()

    def _family(self) -> list[psutil.Process]:
        if self._process is None or not self._process.is_running():
            return []
        return [self._process, *self._process.children(recursive=True)]
