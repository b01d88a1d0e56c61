from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from shared.tables import timers
from shared.testing import memory
from shared.transaction import Begin, Transaction, beginner

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SOON, LATER = NOW + timedelta(hours=1), NOW + timedelta(days=1)


@pytest.fixture
def sessions() -> Iterator[sessionmaker[Session]]:
    made = memory()
    yield made
    made.kw["bind"].dispose()


@pytest.fixture
def begin(sessions: sessionmaker[Session]) -> Begin[Transaction]:
    return beginner(sessions, Transaction, "dispatch")


def pending(sessions: sessionmaker[Session]) -> dict[tuple[str, str], tuple[datetime, object]]:
    with sessions() as session:
        rows = session.execute(select(timers)).all()
    return {(row.kind, row.subject): (row.due_at, row.data) for row in rows}


def test_a_timer_that_is_set_again_is_due_when_it_was_set_to_last(
    begin: Begin[Transaction], sessions: sessionmaker[Session]
) -> None:
    with begin(now=NOW) as tx:
        tx.set_timer("remind", "order/1", SOON, step=1)
    with begin(now=NOW) as tx:
        tx.set_timer("remind", "order/1", SOON, step=2)
        tx.set_timer("remind", "order/1", LATER, step=3)
    assert {("remind", "order/1"): (LATER, {"step": 3})} == pending(sessions)


def test_the_last_word_about_a_timer_counts(
    begin: Begin[Transaction], sessions: sessionmaker[Session]
) -> None:
    with begin(now=NOW) as tx:
        tx.set_timer("remind", "order/1", SOON)
        tx.set_timer("warn", "order/1", SOON)
        tx.cancel_timer("remind", "order/1")
        tx.cancel_timer("warn", "order/1")
        tx.set_timer("warn", "order/1", LATER)
    assert {("warn", "order/1"): (LATER, {})} == pending(sessions)


def test_a_cancelled_timer_is_gone_and_others_stay(
    begin: Begin[Transaction], sessions: sessionmaker[Session]
) -> None:
    with begin(now=NOW) as tx:
        tx.set_timer("remind", "order/1", SOON)
        tx.set_timer("remind", "order/2", SOON)
    with begin(now=NOW) as tx:
        tx.cancel_timer("remind", "order/1")
    assert {("remind", "order/2"): (SOON, {})} == pending(sessions)


def test_a_timer_that_a_failed_handler_set_is_forgotten(
    begin: Begin[Transaction], sessions: sessionmaker[Session]
) -> None:
    with begin(now=NOW) as tx:
        tx.set_timer("remind", "order/1", SOON)
        tx.flush()
        tx.set_timer("remind", "order/2", SOON)
        tx.forget()
    assert {("remind", "order/1"): (SOON, {})} == pending(sessions)
