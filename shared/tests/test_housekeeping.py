"""What is old goes, what is not stays, a batch at a time."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from shared import housekeeping
from shared.housekeeping import ANSWERS, BATCH, HANDLED, PUBLISHED, Housekeeping
from shared.ids import new_id
from shared.tables import idempotency_keys, inbox, outbox
from shared.testing import memory
from shared.web.testing import StandingClock

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def sessions() -> sessionmaker[Session]:
    return memory()


@pytest.fixture
def keeping(sessions: sessionmaker[Session]) -> Housekeeping:
    return Housekeeping(sessions, StandingClock(NOW))


def answered(at: datetime) -> dict[str, object]:
    text = dict.fromkeys(("principal", "route", "digest", "body"), "-")
    return {**text, "key": str(new_id()), "status": 201, "headers": {}, "created_at": at}


def published(at: datetime | None, sequence: int) -> dict[str, object]:
    return {
        "event_id": new_id(),
        "type": "complaint.filed.v1",
        "subject": "complaint/1",
        "sequence": sequence,
        "private": False,
        "body": "{}",
        "created_at": NOW - timedelta(days=400),
        "published_at": at,
    }


def handled(at: datetime | None, sequence: int) -> dict[str, object]:
    return {
        "event_id": new_id(),
        "type": "complaint.filed.v1",
        "subject": "complaint/1",
        "sequence": sequence,
        "private": False,
        "body": "{}",
        "state": "handled" if at else "parked",
        "received_at": NOW - timedelta(days=400),
        "handled_at": at,
    }


def count(sessions: sessionmaker[Session], table: Table) -> int:
    with sessions() as session:
        return session.scalars(select(func.count()).select_from(table)).one()


def keep(sessions: sessionmaker[Session], table: Table, rows: list[dict[str, object]]) -> None:
    with sessions.begin() as session:
        session.execute(insert(table), rows)


def test_answers_are_kept_for_a_week(
    sessions: sessionmaker[Session], keeping: Housekeeping
) -> None:
    rows = [answered(NOW - ANSWERS), answered(NOW - ANSWERS - SECOND)]
    keep(sessions, idempotency_keys, rows)

    assert keeping.sweep() == 1
    assert count(sessions, idempotency_keys) == 1


def test_an_event_that_was_not_published_is_never_deleted(
    sessions: sessionmaker[Session], keeping: Housekeeping
) -> None:
    rows = [published(None, 1), published(NOW - PUBLISHED - SECOND, 2), published(NOW, 3)]
    keep(sessions, outbox, rows)

    assert keeping.sweep() == 1
    assert count(sessions, outbox) == 2


def test_an_event_that_waits_or_is_parked_is_never_deleted(
    sessions: sessionmaker[Session], keeping: Housekeeping
) -> None:
    rows = [handled(None, 1), handled(NOW - HANDLED - SECOND, 2), handled(NOW - HANDLED, 3)]
    keep(sessions, inbox, rows)

    assert keeping.sweep() == 1
    assert count(sessions, inbox) == 2


def test_work_goes_on_by_batches_and_then_rests(
    sessions: sessionmaker[Session], keeping: Housekeeping
) -> None:
    old = NOW - PUBLISHED - SECOND
    keep(sessions, outbox, [published(old, number) for number in range(BATCH + 1)])
    stopping = threading.Event()

    assert [True, True, False] == [keeping.work(stopping) for _ in range(3)]
    keep(sessions, outbox, [published(old, BATCH + 5)])
    assert keeping.work(stopping) is False
    assert housekeeping.EVERY_SECONDS == 3600


def test_after_a_failure_it_rests_instead_of_trying_at_once(
    sessions: sessionmaker[Session], keeping: Housekeeping
) -> None:
    with sessions.begin() as session:
        session.execute(text("ALTER TABLE outbox RENAME TO away"))

    with pytest.raises(OperationalError):
        keeping.work(threading.Event())
    assert keeping.work(threading.Event()) is False
