"""Runs the benchmarks one after the other, each as a process, on the same servers.

`python tests/benchmarks/run.py [--write] [name ...]`. `--write` puts the figures of a whole run
into docs/benchmarks.md. Exit code 1 when a benchmark breaks; a slow figure is none.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil
import psycopg

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))

from servers import VARIABLES, Servers, running_servers

FOLDER = Path(__file__).parent
PAGE = FOLDER.parents[1] / "docs" / "benchmarks.md"
FIGURES = re.compile(r"(<!-- figures -->\n).*(<!-- end of figures -->\n)", re.DOTALL)
TITLES = {
    "http_create": "The POST of a complaint",
    "end_to_end": "From a commit to its effect in another service",
    "customer_import": "The import of customers",
    "relay": "Relay",
    "worker": "Consumer, appliers, timers",
    "customer_reading": "Reading among a million customers",
    "visit_work": "The daily work of visits",
    "care_planning": "A day of greetings",
    "complaint_clocks": "The clocks of complaints",
    "complaint_queue": "The queue of complaints",
    "dispatch_orders": "The way of work orders",
    "order_numbers": "Numbers without a gap",
    "message_sending": "The ledger of messages",
    "working_time": "Working time",
    "footprint": "Start and memory",
}
PACKAGES = ("SQLAlchemy", "psycopg", "kombu", "pika", "Flask", "gunicorn")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(TITLES))
    parser.add_argument("--write", action="store_true", help="put all figures into the page")
    asked = parser.parse_args()
    if unknown := set(asked.names) - TITLES.keys():
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    if asked.write and asked.names:
        parser.error("--write takes the figures of all benchmarks, so name none")
    text, broken = run(asked.names or list(TITLES))
    if broken:
        sys.exit(f"broken: {', '.join(broken)}")
    if asked.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(FIGURES.sub(lambda m: f"{m[1]}{text}{m[2]}", page), encoding="utf-8")


def run(names: list[str]) -> tuple[str, list[str]]:
    """The figures as Markdown, and the names of those that broke. Commits reach the disk."""
    os.environ.setdefault("HUIYIN_TEST_FSYNC", "on")
    text, broken = "", []
    with running_servers(print) as servers:
        said = machine(servers)
        print(said, flush=True)
        for name in names:
            print(f"\n{TITLES[name]} ({name})", flush=True)
            figures, code = measured(name, servers)
            text += f"\n### {TITLES[name]}\n\n```\n{figures}```\n"
            if code:
                broken.append(name)
    return f"\n{said}{text}\n", broken


def measured(name: str, servers: Servers) -> tuple[str, int]:
    """What a benchmark printed, shown as it comes, and its exit code."""
    urls = (servers.postgres_url, servers.broker_url, servers.management_url)
    environment = {**os.environ, **dict(zip(VARIABLES, urls, strict=True)), "PYTHONUNBUFFERED": "1"}
    program = [sys.executable, str(FOLDER / f"{name}.py")]
    lines = []
    with subprocess.Popen(
        program, env=environment, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as running:
        for line in running.stdout or ():
            if not line.startswith("Test servers: "):
                print(line, end="", flush=True)
                lines.append(line)
    return "".join(lines), running.returncode


def machine(servers: Servers) -> str:
    """What the figures were measured on, as a Markdown list."""
    return "\n".join(f"* {line}" for line in _machine(servers)) + "\n"


def _machine(servers: Servers) -> Iterator[str]:
    memory = psutil.virtual_memory().total / 2**30
    yield f"{datetime.now(UTC):%Y-%m-%d}, load before the start {os.getloadavg()[0]:.1f}"
    yield f"{processor()}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}"
    yield ", ".join(
        [f"Python {platform.python_version()}", *(f"{one} {version(one)}" for one in PACKAGES)]
    )
    plain = servers.postgres_url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(plain) as connection:
        postgres = connection.info.parameter_status("server_version")
        [fsync] = connection.execute("SHOW fsync").fetchone() or ("?",)
    broker = servers.broker.ask("GET", "overview").json()["rabbitmq_version"]
    yield f"PostgreSQL {postgres} with fsync {fsync}, RabbitMQ {broker}, all on the same machine"


def processor() -> str:
    """The processor's name as Linux tells it, elsewhere the architecture."""
    told = Path("/proc/cpuinfo")
    text = told.read_text(encoding="utf-8") if told.exists() else ""
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()


if __name__ == "__main__":
    main()
