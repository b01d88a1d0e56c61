"""A real, empty database, the sample company in it, and people who work there."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from joserfc.jwk import OKPKey
from sqlalchemy import Select
from sqlalchemy.orm import Session, sessionmaker

from dispatch.adapters.columns import metadata
from dispatch.adapters.transaction import DispatchTransaction
from dispatch.api.policies import PACKS, SECTIONS
from dispatch.main import create_app, create_parts
from dispatch.settings import Settings
from shared.clock import SimulatedClock
from shared.envelope import Origin
from shared.policy import Rulebook
from shared.runtime import Parts
from shared.testing import KEYS, emitted, memory
from shared.transaction import Begin, beginner

from .company import FRIDAY, HR, Asker, Cast, make_company
from .sending import ISSUER, Client


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return Rulebook.load("dispatch", SECTIONS, default=PACKS)


@pytest.fixture
def now() -> datetime:
    return FRIDAY


@pytest.fixture
def sessions() -> Iterator[sessionmaker[Session]]:
    made = memory(metadata)
    yield made
    made.kw["bind"].dispose()


@pytest.fixture
def begin(sessions: sessionmaker[Session], rulebook: Rulebook) -> Begin[DispatchTransaction]:
    return beginner(sessions, partial(DispatchTransaction, rulebook=rulebook), "dispatch")


@pytest.fixture(scope="session")
def key() -> OKPKey:
    """The key of the one who gives out tokens."""
    return OKPKey.generate_key("Ed25519", {"kid": "test", "use": "sig", "alg": "EdDSA"})


@pytest.fixture(scope="session")
def parts(key: OKPKey, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """The service as main.py puts it together, at FRIDAY."""
    folder = tmp_path_factory.mktemp("dispatch")
    jwks = folder / "jwks.json"
    jwks.write_text(json.dumps({"keys": [key.as_dict(private=False)]}))
    settings = Settings(
        database_url="sqlite://",
        broker_url="memory://",
        jwks=str(jwks),
        issuer=ISSUER,
        **KEYS,
    )
    clock = SimulatedClock(folder / "clock.json", FRIDAY)
    made = create_parts(settings, clock=clock, told=lambda: None)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="session")
def served(parts: Parts) -> Flask:
    return create_app(parts)


@pytest.fixture
def app(served: Flask, parts: Parts, founded: bytes) -> Flask:
    """The application on the founded company, as it is at the beginning of each test."""
    _database(parts.sessions).deserialize(founded)
    return served


@pytest.fixture
def send(app: Flask, key: OKPKey) -> Client:
    return Client(app, key)


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """For reading at the end of a test: there is one connection, and this holds it."""
    with sessions() as opened:
        yield opened


@pytest.fixture
def told(sessions: sessionmaker[Session]) -> Callable[[], list[tuple[str, dict[str, Any]]]]:
    """``told()``: the events in the outbox, each held against its contract."""

    def read() -> list[tuple[str, dict[str, Any]]]:
        with sessions() as session:
            return emitted(session)

    return read


@pytest.fixture
def rows(sessions: sessionmaker[Session]) -> Callable[[Select[Any]], list[Any]]:
    """``rows(query)``: what stands in the tables."""

    def read(query: Select[Any]) -> list[Any]:
        with sessions() as session:
            return list(session.execute(query))

    return read


Open = Callable[..., AbstractContextManager[DispatchTransaction]]


@pytest.fixture
def opened(begin: Begin[DispatchTransaction], now: datetime) -> Open:
    """``with opened() as tx``: a transaction at ``now``, or some time ``later``."""

    @contextmanager
    def at(*, later: timedelta = timedelta(0), by: Asker = HR) -> Iterator[DispatchTransaction]:
        with begin(now=now + later, origin=Origin(actor=by.id)) as tx:
            yield tx

    return at


@pytest.fixture(scope="session")
def founded(rulebook: Rulebook) -> bytes:
    """The database of the sample company, made once: its units, calendar and staff."""
    made = memory(metadata)
    make_company(made, rulebook)
    image = _database(made).serialize()
    made.kw["bind"].dispose()
    return image


@pytest.fixture
def company(sessions: sessionmaker[Session], founded: bytes) -> None:
    """The sample company: its units under its calendar, and one person for each of STAFF."""
    _database(sessions).deserialize(founded)


def _database(sessions: sessionmaker[Session]) -> sqlite3.Connection:
    with sessions.kw["bind"].connect() as connection:
        found: sqlite3.Connection = connection.connection.driver_connection
    return found


@pytest.fixture
def cast(company: None) -> Cast:
    return Cast()
