"""Real servers for a session of tests, from wherever this machine can have them.

The first of four ways that is open is taken, and said: servers that the environment names,
containers, programs of this machine started privately, packages installed first.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from container_servers import (
    POSTGRES_IMAGE,
    RABBITMQ_IMAGE,
    container_postgres,
    container_rabbitmq,
    docker_answers,
    fit_testcontainers,
    image_is_had,
)
from private_postgres import PrivatePostgres, postgres_folder
from private_rabbitmq import PrivateRabbitmq, epmd_program, rabbitmq_script
from server_admin import Broker, Postgres

Say = Callable[[str], None]

VARIABLES = (
    "HUIYIN_TEST_POSTGRES_URL",
    "HUIYIN_TEST_RABBITMQ_URL",
    "HUIYIN_TEST_RABBITMQ_MANAGEMENT_URL",
)
NOTHING_FOUND = f"""\
These tests need PostgreSQL and RabbitMQ with its management plugin, and found no way to have them.
Install both (Debian: apt-get install postgresql rabbitmq-server), start Docker, or set \
{", ".join(VARIABLES)}."""


class NoServers(Exception):
    """There is no way to have servers; the message says what to do."""


Admin = TypeVar("Admin", Postgres, Broker, covariant=True)


class Server(Protocol[Admin]):
    """A server of ours, which a test may kill and start again; ``stop`` also removes its data."""

    @property
    def admin(self) -> Admin: ...
    def start(self) -> None: ...
    def kill(self) -> None: ...
    def stop(self) -> None: ...


@dataclass(frozen=True)
class Servers:
    """Running servers; the two processes are None where somebody else runs the servers."""

    postgres: Postgres
    broker: Broker
    postgres_process: Server[Postgres] | None = None
    broker_process: Server[Broker] | None = None

    @property
    def postgres_url(self) -> str:
        return self.postgres.url

    @property
    def broker_url(self) -> str:
        return self.broker.url

    @property
    def management_url(self) -> str:
        return self.broker.management_url


@contextmanager
def running_servers(say: Say, *, restartable: bool = False) -> Iterator[Servers]:
    """Give servers and stop what was started, however the session ends.

    ``restartable`` leaves out the servers that somebody else runs.
    """
    ways = (from_environment, from_containers, from_programs, from_packages)
    with ExitStack() as started:
        for way in ways[1:] if restartable else ways:
            servers = way(started, say)
            if servers is not None:
                break
        else:
            raise NoServers(NOTHING_FOUND)
        yield servers


def from_environment(started: ExitStack, say: Say) -> Servers | None:
    values = [os.environ.get(name, "") for name in VARIABLES]
    if not any(values):
        return None
    if not all(values):
        raise NoServers(f"Set all of {', '.join(VARIABLES)}, or none of them.")
    say(f"Test servers: those that {VARIABLES[0]} and its like name.")
    postgres_url, broker_url, management_url = values
    return Servers(Postgres(postgres_url), Broker(broker_url, management_url.rstrip("/")))


def from_containers(started: ExitStack, say: Say) -> Servers | None:
    if not docker_answers():
        return None
    for image in (POSTGRES_IMAGE, RABBITMQ_IMAGE):
        if not image_is_had(image):
            say(f"Test servers: Docker answers, but has no {image} and cannot pull it.")
            return None
    say(f"Test servers: containers of {POSTGRES_IMAGE} and {RABBITMQ_IMAGE}.")
    fit_testcontainers()
    return start_both(started, container_postgres(), container_rabbitmq())


def from_programs(started: ExitStack, say: Say) -> Servers | None:
    programs, script, epmd = postgres_folder(), rabbitmq_script(), epmd_program()
    if programs is None or script is None or epmd is None:
        return None
    say(f"Test servers: private processes of {programs}/postgres and {script}.")
    return start_both(started, PrivatePostgres(programs), PrivateRabbitmq(script, epmd))


def from_packages(started: ExitStack, say: Say) -> Servers | None:
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0 or os.environ.get("NO_INSTALL") == "1":
        return None
    say("Test servers: installing postgresql and rabbitmq-server (NO_INSTALL=1 forbids it).")
    with services_kept_down():
        for command in (["update"], ["install", "-y", "postgresql", "rabbitmq-server"]):
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            done = subprocess.run([apt, "-q", *command], env=environment, capture_output=True)
            if done.returncode != 0:
                said = (done.stdout + done.stderr).decode(errors="replace")
                raise NoServers(f"apt-get {command[0]} failed:\n{said[-1000:]}\n{NOTHING_FOUND}")
    return from_programs(started, say)


@contextmanager
def services_kept_down(policy: Path = Path("/usr/sbin/policy-rc.d")) -> Iterator[None]:
    """Keep packages from starting their servers on the default ports while they are installed."""
    if policy.exists():
        yield
        return
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    try:
        yield
    finally:
        policy.unlink()


def start_both(started: ExitStack, postgres: Server[Postgres], rabbitmq: Server[Broker]) -> Servers:
    """Start two servers, each of which is stopped even if its start fails."""
    started.callback(postgres.stop)
    postgres.start()
    started.callback(rabbitmq.stop)
    rabbitmq.start()
    return Servers(postgres.admin, rabbitmq.admin, postgres, rabbitmq)
