"""Real servers for the tests that ask for them.

Whatever uses `servers`, directly or not, is marked `integration`; `make unit` leaves it out.
"""

import fcntl
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from server_admin import Vhost
from servers import NoServers, Servers, running_servers


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "servers" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.integration)


@pytest.fixture(scope="session")
def servers(pytestconfig: pytest.Config) -> Iterator[Servers]:
    """PostgreSQL and RabbitMQ, for the whole session."""
    yield from provided(pytestconfig, restartable=False)


@pytest.fixture(scope="session")
def restartable_servers(pytestconfig: pytest.Config, servers: Servers) -> Iterator[Servers]:
    """Servers with processes to kill and start: those of the session, or else some more."""
    if servers.postgres_process and servers.broker_process:
        yield servers
    else:
        yield from provided(pytestconfig, restartable=True)


def provided(config: pytest.Config, *, restartable: bool) -> Iterator[Servers]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    capture = config.pluginmanager.get_plugin("capturemanager")

    def say(line: str) -> None:
        with capture.global_and_fixture_disabled():
            if reporter:
                reporter.write_line(line)
            else:  # one of several processes that share the tests
                print(line, file=sys.stderr)

    with ExitStack() as stopping:
        try:
            with one_at_a_time():  # programs are installed once
                found = stopping.enter_context(running_servers(say, restartable=restartable))
        except NoServers as reason:
            pytest.fail(str(reason), pytrace=False)
        yield found


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Keep out the other processes that share the tests of this checkout."""
    with Path(__file__).open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


@pytest.fixture
def vhost(servers: Servers) -> Iterator[Vhost]:
    """A virtual host of the test's own."""
    with servers.broker.vhost() as made:
        yield made


@pytest.fixture
def database(servers: Servers) -> Iterator[str]:
    """The URL of a new, empty database of the test's own."""
    with servers.postgres.database() as url:
        yield url
