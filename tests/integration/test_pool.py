"""Connections that die in the pool of a process, on a real PostgreSQL."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from shared import database as databases

OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()"""
ONE = text("SELECT 1")


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    url = database.replace("postgresql:", "postgresql+psycopg:")
    made = databases.connect(url, application="test")
    with made.connect() as first, made.connect() as second:
        assert (first.scalar(ONE), second.scalar(ONE)) == (1, 1)
    yield made
    made.dispose()


def cut(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        assert connection.execute(OTHERS).fetchall() == [(True,), (True,)]


def test_one_that_died_while_it_rested_is_not_given_out(
    engine: Engine, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "RESTED_SECONDS", 0.0)
    cut(database)
    with engine.connect() as first, engine.connect() as second:
        assert (first.scalar(ONE), second.scalar(ONE)) == (1, 1)


def test_one_that_died_a_moment_after_its_use_fails_once_for_all(
    engine: Engine, database: str
) -> None:
    cut(database)
    with pytest.raises(OperationalError) as failed, engine.connect() as connection:
        connection.execute(ONE)
    assert failed.value.connection_invalidated
    with engine.connect() as first, engine.connect() as second:
        assert (first.scalar(ONE), second.scalar(ONE)) == (1, 1)
