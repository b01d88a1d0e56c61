"""Engines for SQLite (embedded) and PostgreSQL, and the running of a service's migrations."""

import time
from functools import cache
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, make_url, text
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from shared.encryption import Encryption

POOL_SIZE = 5
POOL_WAIT_SECONDS = 2
RESTED_SECONDS = 1.0
RESTING_SINCE = "resting_since"  # In the info of a connection in the pool.
MIGRATION_LOCK = 4_873_201  # any number, the same for everybody who migrates this database


def connect(url: str, *, application: str, pool_size: int = POOL_SIZE) -> Engine:
    """An engine for ``url``. Statements are limited to 5 s, waits for locks to 2 s (PostgreSQL)."""
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url)
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_WAIT_SECONDS,
        pool_recycle=1800,
        hide_parameters=True,
        connect_args={
            "connect_timeout": 3,
            "tcp_user_timeout": 10_000,
            "keepalives_idle": 10,
            "keepalives_interval": 3,
            "keepalives_count": 3,
            "application_name": application,
            "options": "-c timezone=UTC -c statement_timeout=5s -c lock_timeout=2s"
            " -c idle_in_transaction_session_timeout=30s",
        },
    )
    _look_at_the_rested(engine)
    return engine


def _look_at_the_rested(engine: Engine) -> None:
    """Give out no connection that died while it rested for long; the whole pool goes with one.

    One that was in use a moment ago is given out as it is: a question to the server for every
    command costs as much as a statement. Who finds such a one dead tries again, as for one that
    dies while it is used.
    """

    @event.listens_for(engine, "checkin")
    def _rest(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info[RESTING_SINCE] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _look(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
        since = record.info.get(RESTING_SINCE)
        if since is None or time.monotonic() - since < RESTED_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            if not engine.dialect.is_disconnect(error, connection, None):
                raise
            raise InvalidatePoolError from error


def _sqlite(url: str) -> Engine:
    memory = make_url(url).database in (None, "", ":memory:")
    options: dict[str, Any] = {"poolclass": StaticPool} if memory else {}
    engine = create_engine(
        url, hide_parameters=True, connect_args={"check_same_thread": False}, **options
    )

    @event.listens_for(engine, "connect")
    def _pragmas(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # BEGIN is ours, below
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("PRAGMA busy_timeout=15000")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def upgrade(
    package: str, engine: Engine, encryption: Encryption | None = None, *, to: str = "head"
) -> None:
    """Bring the schema of ``package`` to its newest version; safe when several try at once.

    ``encryption`` is for migrations that encrypt what stands in a table. Raises KeysMissing.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = '60s'"))
            connection.execute(text("SET LOCAL lock_timeout = '30s'"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
            connection.execute(text("SET LOCAL lock_timeout = '2s'"))
        config = _config(package, connection)
        config.attributes["encryption"] = encryption or Encryption({})
        command.upgrade(config, to)


def check(package: str, engine: Engine) -> None:
    """Raise alembic's CommandError when tables and migrations of ``package`` disagree."""
    with engine.begin() as connection:
        command.check(_config(package, connection))


def at_head(package: str, connection: Connection) -> bool:
    """Whether every migration of ``package`` was applied, and none that it does not know."""
    applied = MigrationContext.configure(connection).get_current_heads()
    return frozenset(applied) == _heads(package)


@cache
def _heads(package: str) -> frozenset[str]:
    config = Config()
    config.set_main_option("script_location", f"{package}:migrations")
    return frozenset(ScriptDirectory.from_config(config).get_heads())


def revise(package: str, engine: Engine, message: str) -> None:
    """Write a new migration from the difference between the tables and the database."""
    with engine.begin() as connection:
        command.revision(_config(package, connection), message, autogenerate=True)


def _config(package: str, connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", f"{package}:migrations")
    config.attributes["connection"] = connection
    return config
