"""How soon each kind of process serves, and how much memory it holds while nobody asks anything.

A start is measured from the making of the process to its first good answer on `/readyz`. Memory is
what is resident; of gunicorn's family the largest process counts and the sum is told beside it.
The embedded runner is started on a home that holds the sample company.

Run it by itself: `python tests/benchmarks/footprint.py`.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import requests

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))
sys.path.insert(0, str(Path(__file__).parents[2] / "deploy"))

from deployment import HOST, deployment_on
from private_process import free_port
from processes import ROOT, Process, end_all
from server_admin import wait_until
from servers import running_servers
from shared.topology import SERVICES

ROUNDS = 3
REST = 5.0  # seconds that a process is left alone before its memory is read
LOOK_EVERY = 0.01
STARTING = 90.0
MEGABYTE = 1_000_000
LIMITS = {"web": 110, "worker": 110, "relay": 80}  # MB
SERVING, WHOLE = 3.0, 300  # seconds, MB


def serving(process: Process, *paths: str) -> float:
    """Start a process; returns the seconds until every path answers well."""
    begun = time.perf_counter()
    process.start()
    for path in paths:
        while not answers(process, path):
            if time.perf_counter() - begun > STARTING:
                raise RuntimeError(f"{process.arguments} does not serve")
            time.sleep(LOOK_EVERY)
    return time.perf_counter() - begun


def answers(process: Process, path: str) -> bool:
    if process.running.poll() is not None:
        raise RuntimeError(process.output.read_text(errors="replace")[-3000:])
    try:
        return requests.get(f"{process.address}{path}", timeout=STARTING).ok
    except requests.ConnectionError:
        return False


def resident_mb(process: Process) -> list[float]:
    """The memory of a process and of its children, the largest first."""
    family = [process.running, *process.running.children(recursive=True)]
    return sorted((one.memory_info().rss / MEGABYTE for one in family), reverse=True)


def parts_of_a_service(process: Process, limit: int) -> None:
    starts, sizes = [], []
    for _ in range(ROUNDS):
        starts.append(serving(process, "/readyz"))
        time.sleep(REST)
        sizes.append(resident_mb(process))
        end_all({"it": process})
    largest, whole = median(one[0] for one in sizes), median(map(sum, sizes))
    name = " ".join(process.arguments)
    print(
        f"{name:18} serves after {median(starts):.1f} s, holds {largest:.0f} MB"
        f" (target {limit}), its family {whole:.0f} MB"
    )


@contextmanager
def embedded() -> Iterator[Process]:
    """`make run` on a home of its own that a first start has filled with the sample company."""
    with tempfile.TemporaryDirectory(prefix="huiyin-bench-") as folder:
        home, port = Path(folder) / "home", free_port()
        process = Process(
            ("local", "serve", "--home", str(home), "--port", str(port)),
            {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "deploy")},
            Path(folder) / "local.log",
            f"http://{HOST}:{port}",
        )
        process.start()
        try:
            wait_until((home / "sample-loaded").exists, seconds=STARTING, what="the sample")
            end_all({"it": process})
            yield process
        finally:
            process.clear()


def whole_house() -> None:
    ready = [f"/{name}/readyz" for name in SERVICES]
    starts, sizes = [], []
    with embedded() as process:
        for _ in range(ROUNDS):
            starts.append(serving(process, *ready))
            time.sleep(REST)
            sizes.append(sum(resident_mb(process)))
            end_all({"it": process})
    print(
        f"{'make run':18} serves after {median(starts):.1f} s (target {SERVING:.0f}),"
        f" holds {median(sizes):.0f} MB (target {WHOLE})"
    )


def main() -> None:
    with (
        running_servers(lambda line: print(line, file=sys.stderr)) as servers,
        tempfile.TemporaryDirectory(prefix="huiyin-bench-") as folder,
        deployment_on(servers, Path(folder)) as made,
    ):
        made.set_up()
        for part, limit in LIMITS.items():
            process = made.processes[f"complaint {part}"]
            try:
                parts_of_a_service(process, limit)
            finally:
                process.clear()
    whole_house()


if __name__ == "__main__":
    main()
