"""What `setup` makes of PostgreSQL and RabbitMQ, and what a service needs to be told."""

from collections.abc import Iterator, Mapping

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError

from deployment import Deployment, deployment_on, parts_of, service_of
from processes import run
from servers import Servers
from shared.database import check, connect, upgrade
from shared.runtime import Parts
from shared.setting_up import INSERT_ONLY
from shared.topology import SERVICES


@pytest.fixture(scope="module")
def made(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """Four services that were set up and do not run."""
    with deployment_on(servers, tmp_path_factory.mktemp("deployment")) as deployment:
        deployment.set_up()
        yield deployment


@pytest.fixture(scope="module")
def parts(made: Deployment) -> Iterator[dict[str, Parts]]:
    with parts_of(made) as found:
        yield found


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("table", INSERT_ONLY)
@pytest.mark.parametrize("deed", ["UPDATE {} SET actor = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_runtime_role_changes_nothing_that_was_recorded(
    parts: dict[str, Parts], service: str, table: str, deed: str
) -> None:
    assert "InsufficientPrivilege" == refusal(parts[service].engine, deed.format(table))


DEFINING = ("CREATE TABLE mine (id int)", "ALTER TABLE outbox ADD mine int", "DROP TABLE outbox")


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("statement", DEFINING)
def test_the_runtime_role_defines_nothing(
    parts: dict[str, Parts], service: str, statement: str
) -> None:
    assert "InsufficientPrivilege" == refusal(parts[service].engine, statement)


def test_setting_up_again_changes_nothing_and_without_an_admin_it_checks(made: Deployment) -> None:
    again = run(["dispatch", "setup"], made.setups["dispatch"])
    assert (0, "") == (again.returncode, again.stdout)
    checked = run(["dispatch", "setup"], without(made.setups["dispatch"], "ADMIN_BROKER_URL"))
    assert (0, "") == (checked.returncode, checked.stdout)


@pytest.mark.parametrize("part", ["web", "worker", "relay", "check-settings"])
def test_a_process_without_a_setting_names_it_and_ends_with_78(made: Deployment, part: str) -> None:
    ended = run(["customer", part], without(made.environments["customer"], "JWKS", "ISSUER"))
    assert 78 == ended.returncode
    assert "CUSTOMER_ISSUER: " in ended.stderr
    assert "CUSTOMER_JWKS: " in ended.stderr


@pytest.mark.parametrize("service", SERVICES)
def test_migrations_make_the_tables_that_the_code_expects(database: str, service: str) -> None:
    address = "postgresql+psycopg://" + database.partition("://")[2]
    engine = connect(address, application="test")
    try:
        for _ in range(2):
            upgrade(service_of(service).package, engine)
        check(service_of(service).package, engine)
    finally:
        engine.dispose()


def refusal(engine: Engine, statement: str) -> str:
    """The kind of error with which the database refuses ``statement``."""
    with engine.connect() as connection, pytest.raises(ProgrammingError) as refused:
        connection.execute(text(statement))
    return type(refused.value.orig).__name__


def without(environment: Mapping[str, str], *names: str) -> dict[str, str]:
    """The settings of customer or dispatch but for some."""
    return {key: value for key, value in environment.items() if not key.endswith(names)}
