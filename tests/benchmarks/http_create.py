"""The POST of a complaint against two bare rows, and against PostgreSQL's own rate of such rows.

All of it is measured in turns in one run: 16 keep-alive connections, gunicorn as it is deployed.
Complaint does the whole way: token, schema, policy, numbers, outbox, timers, idempotency, timeline.

Run it by itself: `python tests/benchmarks/http_create.py`.
"""

import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from statistics import median

import bare_app
from bare_rows import CLIENTS, PROCESSES, insert_rows
from loading import Load, Target, load, percentiles_ms
from sample_deployment import (
    COMPLAINT,
    JSON,
    UNIT,
    UNITS,
    Sample,
    complaint_target,
    loaded,
    plain,
    take_in,
)
from sqlalchemy import create_engine

from deployment import HOST, service_of
from private_process import free_port
from processes import Process
from servers import Servers, running_servers
from shared.runtime import Parts, create_parts

ROUNDS = 5
REQUESTS = 640
ROWS = 4_000
COMMITS, WRITERS = 200, 4
FOLDER = Path(__file__).parent


def bare_target(web: Process, path: str) -> Target:
    """The same content, flat, in the twelve fields that the bare application knows."""
    flat = {**COMPLAINT, **COMPLAINT["details"]}
    renamed = {"complainant_name": "name", "complainant_phone": "phone"}
    renamed |= {"respondent_department": "department"}
    columns = set(bare_app.matters.columns.keys())
    body = {renamed.get(name, name): value for name, value in flat.items()}
    known = {name: value for name, value in body.items() if name in columns}
    address = web.address.removeprefix("http://")
    return Target(path, address, path, [json.dumps(known).encode()], JSON, web.running)


@contextmanager
def bare_web(servers: Servers) -> Iterator[tuple[Process, str]]:
    """The bare application on a database of its own, served as the services are."""
    with servers.postgres.database() as url, tempfile.TemporaryDirectory() as folder:
        database = "postgresql+psycopg://" + url.partition("://")[2]
        engine = create_engine(database)
        bare_app.metadata.create_all(engine)
        engine.dispose()
        address = f"{HOST}:{free_port()}"
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(FOLDER),
            "HUIYIN_SERVICE": "bare",
            "BARE_HTTP_BIND": address,
            "BARE_DATABASE_URL": database,
        }
        program = ("gunicorn", "--config", "deploy/gunicorn.conf.py", "bare_app:create_app()")
        web = Process(program, environment, Path(folder) / "bare.log", f"http://{address}")
        web.start()
        try:
            web.wait()
            yield web, plain(url)
        finally:
            web.clear()


def rows_a_second(pool: ProcessPoolExecutor, url: str) -> float:
    """How many times a second PostgreSQL commits the two rows for 16 clients."""
    share = ROWS // (CLIENTS * PROCESSES)
    spans = list(pool.map(insert_rows, [url] * PROCESSES, [share] * PROCESSES))
    seconds = max(end for _, end in spans) - min(begun for begun, _ in spans)
    return share * CLIENTS * PROCESSES / seconds


def measured(
    targets: list[Target], pool: ProcessPoolExecutor, url: str
) -> tuple[dict[str, list[Load]], list[float]]:
    """Every round of each target, and PostgreSQL's rates, taken in turns."""
    for target in targets:
        load(target, REQUESTS // 5)
    rows_a_second(pool, url)
    loads: dict[str, list[Load]] = {target.name: [] for target in targets}
    rates = []
    for _ in range(ROUNDS):
        for target in targets:
            loads[target.name].append(load(target, REQUESTS))
        rates.append(rows_a_second(pool, url))
    return loads, rates


def report(loads: dict[str, list[Load]], rows: list[float]) -> None:
    rates, tails = {}, {}
    print(f"{'':22}{'req/s':>8}{'p50 ms':>8}{'p99 ms':>8}{'CPU ms':>8}")
    for name, each in loads.items():
        rates[name] = median(one.rate for one in each)
        p50, tails[name] = percentiles_ms([took for one in each for took in one.latencies])
        spent = median(one.processor_ms for one in each)
        print(f"{name:22}{rates[name]:>8,.0f}{p50:>8.1f}{tails[name]:>8.1f}{spent:>8.2f}")
    print(f"{'PostgreSQL, two rows':22}{median(rows):>8,.0f}")
    ours, tail = rates["complaint"], tails["complaint"]
    print(f"complaint / two described rows: {ours / rates['/described']:.2f} (target 0.80)")
    print(f"its p99 / theirs: {tail / tails['/described']:.2f} (target at most 1.50)")
    print(f"complaint / two rows in plain Flask: {ours / rates['/bare']:.2f}")
    print(f"complaint / PostgreSQL: {ours / median(rows):.3f} (target 0.160)")


def commits_a_second(sample: Sample, parts: Parts) -> float:
    """How many complaints four threads take in a second, without HTTP."""

    def write() -> None:
        for _ in range(COMMITS // WRITERS):
            take_in(sample, parts)

    writers = [threading.Thread(target=write) for _ in range(WRITERS)]
    begun = time.perf_counter()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return COMMITS / (time.perf_counter() - begun)


def cost_of_hints(sample: Sample) -> None:
    """Commands that wake the relay after their commit against those that do not, in turns."""
    telling = sample.parts["complaint"]
    silent = create_parts(service_of("complaint"), telling.settings, told=lambda: None)
    ratios = []
    for _ in range(2 * ROUNDS):
        without = commits_a_second(sample, silent)
        ratios.append(commits_a_second(sample, telling) / without)
    silent.engine.dispose()
    print(f"commands with the wake-up / without: {median(ratios):.2f} (target 0.95)")


def main() -> None:
    with (
        running_servers(lambda line: print(line, file=sys.stderr)) as servers,
        loaded(servers, "complaint web") as sample,
        bare_web(servers) as (bare, url),
        ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool,
    ):
        paths = [bare_target(bare, path) for path in ("/bare", "/described")]
        ours = [complaint_target(sample, *UNITS), complaint_target(sample, UNIT)]
        report(*measured([*paths, *ours], pool, url))
        cost_of_hints(sample)


if __name__ == "__main__":
    main()
