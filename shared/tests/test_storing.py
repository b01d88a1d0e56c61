"""Whether anything can be stored is found out by storing, before the broker is asked for more."""

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from shared.clock import SystemClock
from shared.storing import Storer
from shared.tables import inbox_quarantine
from shared.testing import memory


@pytest.fixture
def sessions() -> Iterator[sessionmaker[Session]]:
    made = memory()
    yield made
    made.kw["bind"].dispose()


@pytest.fixture
def storer(sessions: sessionmaker[Session]) -> Storer:
    return Storer(service="notes", sessions=sessions, real=SystemClock(), wake=lambda: None)


def test_the_trial_leaves_nothing(storer: Storer, sessions: sessionmaker[Session]) -> None:
    storer.check()

    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(inbox_quarantine)) == 0


def test_a_database_that_answers_and_takes_nothing_is_found_out(
    storer: Storer, sessions: sessionmaker[Session]
) -> None:
    with sessions() as session:
        session.execute(text("PRAGMA query_only = ON"))
        session.rollback()

    with pytest.raises(OperationalError):
        storer.check()
