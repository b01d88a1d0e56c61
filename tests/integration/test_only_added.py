"""What is only added to stays as it is, on a real PostgreSQL as it is migrated."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Update, delete, exc, insert, select, update
from sqlalchemy.orm import Session, sessionmaker

from customer.adapters.erasures import WRITTEN
from customer.adapters.tables import customers, file_snapshots
from customer.domain.kinds import Kind
from customer.domain.snapshots import Cause
from shared.database import connect, upgrade
from shared.ids import new_id

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
COPY = update(file_snapshots)


@pytest.fixture
def sessions(database: str) -> Iterator[sessionmaker[Session]]:
    """A database with one copy of a file."""
    engine = connect(database.replace("postgresql://", "postgresql+psycopg://"), application="test")
    upgrade("customer", engine)
    made = sessionmaker(engine, expire_on_commit=False)
    whose = {"id": new_id(), "number": "P-1", "name": "A builder", "name_key": "abuilder"}
    whose |= {"kind": Kind.PARTNER, "org_unit": "shop-01", "registered_at": NOW, "version": 1}
    copy = {"id": new_id(), "customer_id": whose["id"], "cause": Cause.SPECIAL, "taken_at": NOW}
    copy |= {"reason": "a lawsuit", "taken_by": "office", "content": [{"field": "budget"}]}
    with made.begin() as session:
        session.execute(insert(customers), whose)
        session.execute(insert(file_snapshots), copy)
    yield made
    engine.dispose()


@pytest.mark.parametrize(
    "change",
    [
        delete(file_snapshots),
        COPY.values(reason="another"),
        COPY.values(content={}),
        COPY.values(content={}, reason=None, taken_by="nobody"),
    ],
)
def test_a_copy_of_a_file_stays(sessions: sessionmaker[Session], change: Update) -> None:
    with pytest.raises(exc.DBAPIError, match="only added"), sessions.begin() as session:
        session.execute(change)


def test_a_copy_is_emptied_when_a_person_is_erased(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        session.execute(COPY.values(**WRITTEN[file_snapshots]))

    with sessions() as session:
        assert {} == session.scalar(select(file_snapshots.c.content))
