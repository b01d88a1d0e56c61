"""The four services on real servers: a database and two roles each, users of the broker with few
rights, and a process for every part, told by the environment alone."""

import os
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from embedded.keys import ISSUER, DevelopmentKeys
from private_process import free_port
from processes import Process, run
from server_admin import Vhost, random_name
from servers import Servers
from shared.definitions import SETUP_USER, consumer_user, definitions, relay_user
from shared.runtime import Parts, Service, create_parts
from shared.topology import SERVICES

HOST = "127.0.0.1"
PARTS = ("web", "worker", "relay")


def service_of(name: str) -> Service:
    """The declaration of a service, as its own ``main`` makes it."""
    found: Service = import_module(f"{name}.main").SERVICE
    return found


@dataclass
class Deployment:
    """Everything of one deployment. ``processes`` are named ``complaint web`` and so on."""

    folder: Path
    vhost: Vhost
    keys: DevelopmentKeys
    environments: dict[str, dict[str, str]] = field(default_factory=dict)
    setups: dict[str, dict[str, str]] = field(default_factory=dict)  # with the rights of an owner
    databases: dict[str, str] = field(default_factory=dict)  # URLs of the runtime roles
    processes: dict[str, Process] = field(default_factory=dict)

    @property
    def bases(self) -> dict[str, str]:
        """The address of each service's API."""
        return {name: self.processes[f"{name} web"].address for name in SERVICES}

    def set_up(self) -> None:
        """Run the four ``setup`` at once, as the jobs of a release do."""
        with ThreadPoolExecutor() as pool:
            for done in pool.map(lambda name: run([name, "setup"], self.setups[name]), SERVICES):
                assert done.returncode == 0, done.stderr[-3000:]

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start every process and wait until all of them are ready; none is left at the end."""
        try:
            self.restart(*self.processes)
            yield
        finally:
            for process in self.processes.values():
                process.clear()

    def crash(self, *names: str) -> None:
        for name in names:
            self.processes[name].kill()

    def restart(self, *names: str) -> None:
        for name in names:
            self.processes[name].start()
        for name in names:
            self.processes[name].wait()


@contextmanager
def deployment_on(servers: Servers, folder: Path) -> Iterator[Deployment]:
    """Databases, roles, users and settings of four services; nothing of it is left."""
    with ExitStack() as stack:
        vhost = stack.enter_context(servers.broker.vhost())
        made = Deployment(folder, vhost, DevelopmentKeys(folder / "keys"))
        users = _broker_users(servers, vhost)
        for name in SERVICES:
            _add(made, name, _databases(servers, name, stack), users)
        yield made


def _databases(servers: Servers, service: str, stack: ExitStack) -> dict[str, str]:
    postgres, database = servers.postgres, random_name(f"huiyin_{service}")
    owner, runtime = f"{database}_owner", f"{database}_runtime"
    password = secrets.token_urlsafe()
    for role in (owner, runtime):
        stack.enter_context(postgres.role(role, password))
    stack.enter_context(postgres.database(database, owner=owner))
    urls = {
        "OWNER_DATABASE_URL": postgres.url_of(database, user=owner, password=password),
        "DATABASE_URL": postgres.url_of(database, user=runtime, password=password),
    }
    return {name: _with_driver(url) for name, url in urls.items()}


def _with_driver(url: str) -> str:
    return "postgresql+psycopg://" + url.partition("://")[2]


def _broker_users(servers: Servers, vhost: Vhost) -> dict[str, str]:
    """URLs by user of the topology. On a server that others use too, names get a suffix."""
    suffix = "" if servers.broker_process else random_name("-test")
    rights = definitions({})
    for exchange in rights["exchanges"]:  # Rights by routing keys are given on those that stand.
        kind = {name: exchange[name] for name in ("type", "durable", "internal")}
        servers.broker.ask("PUT", "exchanges", vhost.name, exchange["name"], json=kind)
    urls = {}
    for one in rights["permissions"]:
        allowed = {name: one[name] for name in ("configure", "write", "read")}
        topics = {
            topic["exchange"]: (topic["write"], topic["read"])
            for topic in rights["topic_permissions"]
            if topic["user"] == one["user"]
        }
        urls[one["user"]] = servers.broker.user(
            one["user"] + suffix,
            secrets.token_urlsafe(),
            vhost=vhost.name,
            topics=topics,
            **allowed,
        )
    return urls


def _add(made: Deployment, name: str, databases: dict[str, str], users: dict[str, str]) -> None:
    """Write the settings of a service and say which processes it has."""
    secret = made.folder / f"{name}-database-url"
    secret.write_text(databases["DATABASE_URL"] + "\n")
    settings = {
        "DATABASE_URL_FILE": str(secret),
        "BROKER_URL": users[consumer_user(name)],
        "RELAY_BROKER_URL": users[relay_user(name)],
        "TRUSTED_PUBLISHERS": _renamed(users),
        "JWKS": str(made.keys.jwks),
        "ISSUER": ISSUER,
        "HTTP_BIND": f"{HOST}:{free_port()}",
        **{key.upper(): value for key, value in made.keys.of_fields(name).items()},
    }
    environment = {"PATH": os.environ["PATH"]}
    environment |= {f"{name.upper()}_{key}": value for key, value in settings.items()}
    made.environments[name] = environment
    made.setups[name] = environment | {
        f"{name.upper()}_OWNER_DATABASE_URL": databases["OWNER_DATABASE_URL"],
        f"{name.upper()}_ADMIN_BROKER_URL": users[SETUP_USER],
    }
    made.databases[name] = databases["DATABASE_URL"]
    for part in PARTS:
        made.processes[f"{name} {part}"] = _process(made, name, part)


def _renamed(users: dict[str, str]) -> str:
    """The relays that have another name in the broker than a service expects."""
    names = {relay_user(name): users[relay_user(name)] for name in SERVICES}
    actual = {user: url.partition("://")[2].partition(":")[0] for user, url in names.items()}
    return ",".join(name for user, name in actual.items() if name != user)


def _process(made: Deployment, name: str, part: str) -> Process:
    environment = dict(made.environments[name])
    address = environment[f"{name.upper()}_HTTP_BIND"]
    if part != "web":
        address = environment[f"{name.upper()}_SIDE_BIND"] = f"{HOST}:{free_port()}"
    output = made.folder / f"{name}-{part}.log"
    return Process((name, part), environment, output, f"http://{address}")


@contextmanager
def parts_of(made: Deployment) -> Iterator[dict[str, Parts]]:
    """What a test needs to look into the databases, as the runtime roles see them."""
    parts = {}
    for name in SERVICES:
        service = service_of(name)
        settings = service.settings(
            database_url=made.databases[name],
            broker_url="memory://",
            jwks="-",
            issuer="-",
            **made.keys.of_fields(name),
        )
        parts[name] = create_parts(service, settings)
    try:
        yield parts
    finally:
        for one in parts.values():
            one.engine.dispose()
