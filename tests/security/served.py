"""The four services as main.py puts them together, each on a database in memory."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from complaint.main import SERVICE as COMPLAINT
from customer.main import SERVICE as CUSTOMER
from dispatch.main import SERVICE as DISPATCH
from notify.main import SERVICE as NOTIFY
from plain_type import plain_type
from shared.database import upgrade
from shared.runtime import Parts, create_parts, create_web
from shared.testing import KEYS
from shared.web.testing import Caller, Issuer, StandingClock

from .cast import NOW, person_id

SERVICES = {one.name: one for one in (CUSTOMER, COMPLAINT, DISPATCH, NOTIFY)}
PRINTING = ("dispatch", "notify")  # They need fonts.
# What a refused or repeated request may leave behind: who was refused, and answers once given.
TRACES = frozenset({"audit", "idempotency_keys"})


@dataclass
class Served:
    """One service. ``north`` and ``south`` name the seeded rows of two sibling departments."""

    name: str
    parts: Parts
    app: Flask
    issuer: Issuer
    north: dict[str, Any] = field(default_factory=dict)
    south: dict[str, Any] = field(default_factory=dict)
    image: bytes = b""
    answers: dict[tuple[str, str, str], TestResponse] = field(default_factory=dict)
    _tokens: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def acts(self, role: str, *, unit: str, audience: str = "") -> Caller:
        """The person who has ``role`` in ``unit``, with a token that names the unit."""
        key = (role, unit, audience or self.name)
        if key not in self._tokens:
            subject = str(person_id(role, unit))
            self._tokens[key] = self.issuer.token(subject, roles=[role], unit=unit, audience=key[2])
        return Caller(self.app, self._tokens[key])

    @cached_property
    def document(self) -> dict[str, Any]:
        """The description of the interface, as it is served."""
        found: dict[str, Any] = self.app.test_client().get("/openapi.json").json
        return found

    def keep(self) -> None:
        """Remember the database as it is now."""
        self.image = self._database().serialize()

    def restore(self) -> None:
        """Put the database back to what was remembered."""
        self._database().deserialize(self.image)

    def contents(self, *, without: Iterable[str] = TRACES) -> dict[str, list[Any]]:
        """Every row of every table."""
        database = self._database()
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: database.execute(f'SELECT * FROM "{name}"').fetchall()
            for (name,) in names
            if name not in without
        }

    def columns(self) -> set[str]:
        """The names of all columns of all tables."""
        database = self._database()
        return {
            row[1]
            for name in self.contents(without=())
            for row in database.execute(f'PRAGMA table_info("{name}")')
        }

    def _database(self) -> sqlite3.Connection:
        with self.parts.engine.connect() as connection:
            found = connection.connection.driver_connection
        assert isinstance(found, sqlite3.Connection)
        return found


def serve(name: str, issuer: Issuer, folder: Path) -> Served:
    """The service on a migrated and otherwise empty database, at the time of the cast."""
    jwks = folder / "jwks.json"
    jwks.write_bytes(issuer.jwks())
    service = SERVICES[name]
    settings = service.settings(
        database_url="sqlite://",
        broker_url="memory://",
        jwks=str(jwks),
        issuer=issuer.name,
        **KEYS,
        **({"font_paths": str(plain_type(folder))} if name in PRINTING else {}),
    )
    parts = create_parts(service, settings, clock=StandingClock(NOW), told=lambda: None)
    upgrade(service.package, parts.engine)
    return Served(name, parts, create_web(parts), issuer)
