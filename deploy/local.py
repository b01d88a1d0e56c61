"""All four services in one process, on one loopback port, with nothing but Python installed.

SQLite files and the embedded broker; the same code as on PostgreSQL and RabbitMQ. This is the one
module that may import all services.
"""

import signal
import sys
import tempfile
import threading
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from complaint.main import SERVICE as COMPLAINT
from customer.main import SERVICE as CUSTOMER
from demo.story import play
from dispatch.main import SERVICE as DISPATCH
from embedded.client import Client
from embedded.control import create_control
from embedded.house import HOST, House
from embedded.sample import Company
from embedded.settling import Settling
from notify.main import SERVICE as NOTIFY
from shared import logs
from shared.clock import Clock, SimulatedClock, SystemClock

SERVICES = (CUSTOMER, COMPLAINT, DISPATCH, NOTIFY)
HOME = Path(__file__).parents[1] / "var" / "local"
PORT = 8080
STORY_STARTS = datetime.fromisoformat("2026-02-13T08:30:00+08:00")
LOADED = "sample-loaded"
NOTHING: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
FOR_THE_STORY = {"notify": {"webhook_allow_loopback": True}}  # The partner is on this machine.


@click.group()
def local() -> None:
    """Run Huiyin on this machine alone."""


@local.command()
@click.option("--home", type=click.Path(path_type=Path), default=HOME, help="Where data is kept.")
@click.option("--port", default=PORT, show_default=True, help="0 takes a free one.")
@click.option("--clock", "kind", type=click.Choice(["real", "simulated"]), default="real")
@click.option("--start", type=datetime.fromisoformat, default=STORY_STARTS.isoformat())
@click.option("--sample/--no-sample", default=True, help="Load the sample company at first start.")
def serve(home: Path, port: int, kind: str, start: datetime, sample: bool) -> None:
    """Serve until Ctrl-C or SIGTERM."""
    home.mkdir(parents=True, exist_ok=True)
    clock: Clock = (
        SimulatedClock(home / "clock.json", start) if kind == "simulated" else SystemClock()
    )
    house, base = open_house(home, port, clock)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    company = Company(house.keys)
    if sample and not (home / LOADED).exists():
        load(house, company, base)
        (home / LOADED).touch()
    announce(company, base)
    stopped.wait()
    house.stop()
    click.echo("stopped")


@local.command()
def demo() -> None:
    """Play the story on a simulated clock; exit 1 when an expectation fails."""
    with tempfile.TemporaryDirectory(prefix="huiyin-demo-") as folder:
        clock = SimulatedClock(Path(folder) / "clock.json", STORY_STARTS)
        house, base = open_house(Path(folder), 0, clock, given=FOR_THE_STORY)
        try:
            failed = play(base, Company(house.keys))
        finally:
            house.stop()
    sys.exit(1 if failed else 0)


def open_house(
    home: Path, port: int, clock: Clock, *, given: Mapping[str, Mapping[str, Any]] = NOTHING
) -> tuple[House, str]:
    """Start everything in ``home``, with the settings ``given`` by service; returns the house and
    the address it answers at."""
    logs.configure("local", level="WARNING")
    house = House(home, SERVICES, clock=clock, given=given)
    house.start()
    port = house.listen(port, create_control(house.parts, clock, house.wake))
    return house, f"http://{HOST}:{port}"


def load(house: House, company: Company, base: str) -> None:
    """Fill an empty house with the sample company; customers need units that everybody knows."""
    company.load_people(base)
    Settling(house.parts).wait()
    report = company.load_customers(base)
    click.echo(f"sample customers: {report['created']} in, {report['rejected']} rows refused")


def announce(company: Company, base: str) -> None:
    """Print where everything is and how to sign in."""
    for service in SERVICES:
        click.echo(f"{service.name:<10} {base}/{service.name}/v1   docs {base}/{service.name}/docs")
    click.echo("\ndevelopment tokens, one per role (Authorization: Bearer ...):")
    for person in company.people:
        click.echo(f"{person.role} ({person.unit})\n  {person.token}")
    now = Client(base).get("/_local/clock")
    click.echo(f"\nthe clock says {now['now']}{' (simulated)' if now['simulated'] else ''}")
    click.echo("Ctrl-C stops", err=False)
    sys.stdout.flush()


if __name__ == "__main__":
    local()
