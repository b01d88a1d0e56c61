"""Real servers for the tests that ask for them.

Whatever uses `servers`, directly or not, is marked `integration`; `make unit` leaves it out.
"""

from collections.abc import Iterator

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
            reporter.write_line(line)

    try:
        with running_servers(say, restartable=restartable) as found:
            yield found
    except NoServers as reason:
        pytest.fail(str(reason), pytrace=False)


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
