"""Sends POSTs over a fixed number of keep-alive connections and measures each answer."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import quantiles
from uuid import uuid4

import psutil

CONNECTIONS = 16
CREATED = 201


@dataclass(frozen=True)
class Target:
    """What is loaded: a path at ``host:port``, what is posted in turn, gunicorn's own process."""

    name: str
    address: str
    path: str
    bodies: Sequence[bytes]
    headers: dict[str, str]
    master: psutil.Process


@dataclass(frozen=True)
class Load:
    """What one round of requests took: ``seconds`` as a whole, of each request, of processors."""

    seconds: float
    latencies: list[float]
    processor: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds

    @property
    def processor_ms(self) -> float:
        """Milliseconds of processor time that the server's processes spent on a request."""
        return 1_000 * self.processor / len(self.latencies)


def load(target: Target, count: int) -> Load:
    """Send ``count`` requests; each connection sends its next one as soon as it has an answer."""
    latencies: list[list[float]] = [[] for _ in range(CONNECTIONS)]
    ready = threading.Barrier(CONNECTIONS + 1)
    threads = [
        threading.Thread(target=_send_all, args=(target, count // CONNECTIONS, ready, mine))
        for mine in latencies
    ]
    for thread in threads:
        thread.start()
    spent = _processor_seconds(target.master)
    ready.wait()
    begun = time.perf_counter()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    together = [one for mine in latencies for one in mine]
    if len(together) < count // CONNECTIONS * CONNECTIONS:
        raise SystemExit(f"{target.name} did not answer every request.")
    return Load(seconds, together, _processor_seconds(target.master) - spent)


def percentiles_ms(latencies: list[float]) -> tuple[float, float]:
    """The 50th and the 99th percentile in milliseconds."""
    cut = quantiles(latencies, n=100)
    return 1_000 * cut[49], 1_000 * cut[98]


def _send_all(target: Target, count: int, ready: threading.Barrier, took: list[float]) -> None:
    connection = HTTPConnection(target.address, timeout=60)
    connection.connect()
    ready.wait()
    for number in range(count):
        body = target.bodies[number % len(target.bodies)]
        begun = time.perf_counter()
        _send(connection, target, body)
        took.append(time.perf_counter() - begun)
    connection.close()


def _send(connection: HTTPConnection, target: Target, body: bytes) -> None:
    headers = {**target.headers, "Idempotency-Key": str(uuid4())}
    connection.request("POST", target.path, body, headers)
    answer = connection.getresponse()
    said = answer.read()
    if answer.status != CREATED:
        raise RuntimeError(f"{target.name} answered {answer.status}: {said[:500]!r}")


def _processor_seconds(master: psutil.Process) -> float:
    family = [master, *master.children(recursive=True)]
    return sum(sum(process.cpu_times()[:2]) for process in family)
