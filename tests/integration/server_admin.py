"""What a test may ask of real servers, in one way however they came to be.

RabbitMQ is administered by its management API alone, so that a broker in a container, a private one
and one that somebody else runs behave alike.
"""

import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg
import requests
from psycopg.sql import SQL, Composed, Identifier, Literal

PATIENCE = 10.0  # seconds for one answer of a server that is up


class NotReady(Exception):
    """A server did not answer in time, or ended while it was waited for."""


def wait_until(ready: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Ask ``ready`` until it says yes; a refused connection counts as no."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            if ready():
                return
            reason = "it said no"
        except (OSError, psycopg.OperationalError) as error:
            reason = str(error)
        if time.monotonic() > deadline:
            raise NotReady(f"{what} is not ready after {seconds:.0f} s: {reason}")
        time.sleep(0.2)


def random_name(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(6)}"


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL server; ``url`` is that of a superuser."""

    url: str

    def ready(self) -> bool:
        with self._connection() as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)

    @contextmanager
    def database(self, name: str | None = None, *, owner: str | None = None) -> Iterator[str]:
        """Give the URL of a new, empty database; it is dropped whoever still uses it."""
        name = name or random_name("huiyin_test")
        owned = SQL("OWNER {}").format(Identifier(owner)) if owner else SQL("")
        self._run(SQL("CREATE DATABASE {} TEMPLATE template0 {}").format(Identifier(name), owned))
        try:
            yield self.url_of(name)
        finally:
            self._run(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))

    @contextmanager
    def role(self, name: str, password: str) -> Iterator[None]:
        """Make a login role; databases in which it owns something must be gone by the end."""
        self._run(
            SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(Identifier(name), Literal(password))
        )
        try:
            yield
        finally:
            self._run(SQL("DROP ROLE IF EXISTS {}").format(Identifier(name)))

    def url_of(self, database: str, *, user: str | None = None, password: str = "") -> str:
        """The URL of a database, for the superuser or for a role."""
        parts = urlsplit(self.url)
        netloc = parts.netloc
        if user is not None:
            netloc = f"{quote(user)}:{quote(password, safe='')}@{netloc.rpartition('@')[2]}"
        return urlunsplit(parts._replace(netloc=netloc, path=f"/{database}"))

    def _run(self, statement: Composed) -> None:
        with self._connection() as connection:
            connection.execute(statement)

    def _connection(self) -> psycopg.Connection:
        plain = self.url.replace("postgresql+psycopg://", "postgresql://", 1)
        return psycopg.connect(plain, autocommit=True, connect_timeout=int(PATIENCE))


@dataclass(frozen=True)
class Vhost:
    """A virtual host of its own; ``url`` is that of the administrator."""

    name: str
    url: str


@dataclass(frozen=True)
class Broker:
    """A RabbitMQ server; both URLs carry an administrator's name and password."""

    url: str
    management_url: str

    def ready(self) -> bool:
        overview = requests.get(f"{self.management_url}/api/overview", timeout=PATIENCE)
        return overview.ok and bool(overview.json().get("listeners"))

    @contextmanager
    def vhost(self, name: str | None = None) -> Iterator[Vhost]:
        """Make a virtual host; it goes with all that is in it, its users too."""
        name = name or random_name("huiyin-test")
        self.ask("PUT", "vhosts", name)
        try:
            self._permit(urlsplit(self.url).username or "guest", name)
            yield Vhost(name, self.url_of(name))
        finally:
            self._remove_users_of(name)
            self.ask("DELETE", "vhosts", name)

    def user(
        self,
        name: str,
        password: str,
        *,
        vhost: str,
        configure: str = "^$",
        write: str = "^$",
        read: str = "^$",
        topics: Mapping[str, tuple[str, str]] | None = None,
    ) -> str:
        """Make a user of one virtual host and give its URL; it goes with the virtual host.

        ``topics`` maps a topic exchange to the patterns of routing keys to write and to read.
        """
        self.ask("PUT", "users", name, json={"password": password, "tags": ""})
        self._permit(name, vhost, configure=configure, write=write, read=read)
        for exchange, (may_write, may_read) in (topics or {}).items():
            rights = {"exchange": exchange, "write": may_write, "read": may_read}
            self.ask("PUT", "topic-permissions", vhost, name, json=rights)
        return self.url_of(vhost, user=name, password=password)

    def purge(self, vhost: str, queue: str) -> None:
        """Empty a queue."""
        self.ask("DELETE", "queues", vhost, queue, "contents")

    def url_of(self, vhost: str, *, user: str | None = None, password: str = "") -> str:
        """The AMQP URL of a virtual host, for the administrator or for a user."""
        parts = urlsplit(self.url)
        netloc = parts.netloc
        if user is not None:
            netloc = f"{quote(user)}:{quote(password, safe='')}@{netloc.rpartition('@')[2]}"
        return urlunsplit(parts._replace(netloc=netloc, path=f"/{quote(vhost, safe='')}"))

    def ask(self, method: str, *path: str, json: object = None) -> requests.Response:
        """Call the management API; what it refuses is an error."""
        steps = "/".join(quote(step, safe="") for step in path)
        url = f"{self.management_url}/api/{steps}"
        answer = requests.request(method, url, json=json, timeout=PATIENCE)
        answer.raise_for_status()
        return answer

    def _permit(
        self, user: str, vhost: str, *, configure: str = ".*", write: str = ".*", read: str = ".*"
    ) -> None:
        rights = {"configure": configure, "write": write, "read": read}
        self.ask("PUT", "permissions", vhost, user, json=rights)

    def _remove_users_of(self, vhost: str) -> None:
        administrator = urlsplit(self.management_url).username
        for permission in self.ask("GET", "vhosts", vhost, "permissions").json():
            if permission["user"] not in {administrator, urlsplit(self.url).username}:
                self.ask("DELETE", "users", permission["user"])
