"""``python -m <service> ...``: the processes of a service and the tools of its operator.

Exit codes: 0 done, 1 failed, 2 wrong usage, 78 settings missing or wrong (all of them are named).
"""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import click

from shared import hints, setting_up
from shared.dead_letters import dead_letters
from shared.key_rotation import rotate_fields
from shared.runtime import (
    Service,
    create_parts,
    create_relay,
    create_web,
    create_worker,
    from_environment,
)
from shared.settings import ServiceSettings, SettingsFault, environment_with
from shared.side_door import SideDoor

SETTINGS_WRONG = 78  # EX_CONFIG of sysexits.h


def main(service: Service, *, web_target: str) -> None:
    """Run the command line of ``service``. ``web_target`` is what gunicorn is to load."""
    try:
        _group(service, web_target)(standalone_mode=True)
    except SettingsFault as fault:
        click.echo(f"settings: {fault}", err=True)
        sys.exit(SETTINGS_WRONG)


def _group(service: Service, web_target: str) -> click.Group:
    group = click.Group(service.name, help=f"Processes and tools of {service.name}.")

    @group.command()
    def setup() -> None:
        """Migrate the database, grant rights, declare (or check) the broker's topology."""
        setting_up.run(service, service.settings.read(service.name))

    @group.command()
    @click.option("--config", type=click.Path(exists=True), default="deploy/gunicorn.conf.py")
    def web(config: str) -> None:
        """Serve the HTTP API by gunicorn."""
        settings = service.settings.read(service.name)
        environment = environment_with(**_for_gunicorn(service.name, settings))
        program = [sys.executable, "-m", "gunicorn", "--config", config, web_target]
        os.execve(program[0], program, environment)  # noqa: S606

    @group.command()
    def worker() -> None:
        """Take events in, apply them, fire timers."""
        parts = from_environment(service)
        running = create_worker(parts)
        door = SideDoor(parts.settings.side_bind, running.checks)
        door.open()
        code = running.run()
        door.close()
        sys.exit(code)

    @group.command()
    def relay() -> None:
        """Publish the outbox."""
        parts = from_environment(service)
        running = create_relay(parts)
        door = SideDoor(parts.settings.side_bind, running.checks)
        door.open()
        stop_listening = hints.listen(parts.engine, running.wake)
        _until_signal(running.run, running.stop)
        stop_listening()
        door.close()

    @group.command()
    def openapi() -> None:
        """Print the OpenAPI document of the HTTP API."""
        click.echo(json.dumps(_openapi(service), indent=2, ensure_ascii=False, sort_keys=True))

    @group.command("check-settings")
    def check_settings() -> None:
        """Say whether all settings are there; exit 78 and name each one that is not."""
        service.settings.read(service.name)
        click.echo("settings are complete")

    group.add_command(dead_letters(service.name, lambda: from_environment(service)))
    if service.encrypted:
        group.add_command(rotate_fields(service.encrypted, lambda: from_environment(service)))
    for made in service.commands:
        group.add_command(made(lambda: from_environment(service)))
    return group


def _for_gunicorn(name: str, settings: ServiceSettings) -> dict[str, str]:
    """What deploy/gunicorn.conf.py reads; prometheus_client looks for its folder when imported."""
    given = {
        "HUIYIN_SERVICE": name,
        f"{name.upper()}_HTTP_BIND": settings.http_bind,
        f"{name.upper()}_HTTP_WORKERS": str(settings.http_workers),
        f"{name.upper()}_HTTP_THREADS": str(settings.http_threads),
    }
    folder = settings.metrics_dir
    return given | ({"PROMETHEUS_MULTIPROC_DIR": folder} if folder else {})


def _until_signal(run: Callable[[], None], stop: Callable[[], None]) -> None:
    """Run until SIGTERM or SIGINT. The handler only raises a flag: what a signal interrupts may
    hold any lock."""
    asked: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _frame: asked.append(number))
    running = threading.Thread(target=run, name="main")
    running.start()
    while running.is_alive() and not asked:
        time.sleep(0.1)
    stop()
    running.join()


def _openapi(service: Service) -> dict[str, Any]:
    """The document needs no server: an empty database and keys that are never asked for."""
    settings = service.settings(
        database_url="sqlite://", broker_url="memory://", jwks="http://127.0.0.1/", issuer="-"
    )
    app = create_web(create_parts(service, settings))
    response = app.test_client().get("/openapi.json")
    document: dict[str, Any] = response.get_json()
    return document
