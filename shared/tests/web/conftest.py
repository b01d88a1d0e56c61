"""The small service of ``notes.py``, as tests want it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from shared.database import connect
from shared.tables import plumbing
from shared.testing import define_company, memory
from shared.transaction import Transaction, beginner
from shared.web.app import Kit, create_app
from shared.web.testing import Caller, Issuer, StandingClock, callers

from .notes import notes, notes_blueprint, tables


@dataclass
class House:
    """The application with what a test wants to reach behind it."""

    app: Flask
    issuer: Issuer
    sessions: sessionmaker[Session]
    clock: StandingClock

    def as_(self, subject: str, *roles: str, unit: str = "region-north") -> Caller:
        return callers(self.app, self.issuer, audience="notes")(subject, *roles, unit=unit)

    @property
    def writer(self) -> Caller:
        return self.as_("wang", "writer")

    def texts(self) -> list[str]:
        with self.sessions() as session:
            return list(session.scalars(select(notes.c.text).order_by(notes.c.text)))


Build = Callable[..., House]


def build(sessions: sessionmaker[Session], **changes: Any) -> House:
    issuer, clock = Issuer(), StandingClock()
    parts: dict[str, Any] = {
        "service": "notes",
        "sessions": sessions,
        "begin": beginner(sessions, Transaction, "notes"),
        "clock": clock,
        "verifier": issuer.verifier("notes"),
        "outbox_age": lambda: 0.0,
        "migrated": lambda _session: True,
    }
    kit = Kit(**{**parts, **changes})
    app = create_app("notes", blueprints=[notes_blueprint()], kit=kit, title="Notes")
    return House(app=app, issuer=issuer, sessions=kit.sessions, clock=clock)


def company() -> sessionmaker[Session]:
    """An empty in-memory database with the units of the sample company."""
    sessions = memory(tables)
    with sessions.begin() as session:
        define_company(session)
    return sessions


@pytest.fixture
def house() -> Iterator[House]:
    """The service on an empty in-memory database, with the sample company."""
    made = build(company())
    yield made
    made.sessions.kw["bind"].dispose()


@pytest.fixture
def stored_house(tmp_path: Path) -> Iterator[House]:
    """The service on a database file, which many threads can use at once."""
    engine = connect(f"sqlite:///{tmp_path}/notes.db", application="test")
    for metadata in (plumbing, tables):
        metadata.create_all(engine)
    sessions = sessionmaker(engine, expire_on_commit=False)
    with sessions.begin() as session:
        define_company(session)
    yield build(sessions)
    engine.dispose()


@pytest.fixture
def make_house() -> Iterator[Build]:
    """Build a service with other parts in its kit: ``make_house(outbox_age=...)``."""

    made: list[House] = []

    def make(**changes: Any) -> House:
        made.append(build(changes.pop("sessions", None) or company(), **changes))
        return made[-1]

    yield make
    for house in made:
        house.sessions.kw["bind"].dispose()
