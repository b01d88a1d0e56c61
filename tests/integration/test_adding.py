"""Rows of several tables, added at once on PostgreSQL and one table after the other on SQLite: what
stands there afterwards is the same."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, Table, create_engine, event, select
from sqlalchemy.exc import DataError, IntegrityError, StatementError

from shared import timers
from shared.adding import AT_ONCE, Into, add
from shared.database import connect
from shared.tables import audit, idempotency_keys, journal, outbox, plumbing
from shared.timers import Due

AT = datetime(2026, 3, 2, 9, 0, 41, 500_123, tzinfo=UTC)
SHANGHAI = timezone(timedelta(hours=8))
AUDIT, JOURNAL, OUTBOX, ANSWERS = map(Into, (audit, journal, outbox, idempotency_keys))
TEXT = '回音 "quoted" \\ %s %(rows_0)s {"a": 1}\n'


@pytest.fixture(params=["postgresql", "sqlite"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    url = "sqlite://"
    if request.param == "postgresql":
        bare: str = request.getfixturevalue("database")
        url = bare.replace("postgresql:", "postgresql+psycopg:")
    made = connect(url, application="test")
    plumbing.create_all(made)
    yield made
    made.dispose()


def entry(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "subject": "work_order/1",
        "kind": f"noted_{number}",
        "at": AT.astimezone(SHANGHAI),
        "actor": "system",
        "event_id": UUID(int=number),
        "data": {"text": TEXT, "count": number, "share": 0.1, "none": None, "list": [1, "2"]},
        "because": None,
        **fields,
    }


def sent(number: int) -> dict[str, Any]:
    return {
        "event_id": UUID(int=number),
        "type": "dispatch.work_order_issued.v1",
        "subject": "work_order/1",
        "sequence": number,
        "private": number % 2 == 0,
        "body": TEXT,
        "created_at": AT,
    }


def answer(key: str) -> dict[str, Any]:
    return {
        "key": key,
        "principal": "somebody",
        "route": "/v1/work-orders",
        "digest": "d" * 64,
        "status": 201,
        "headers": {"ETag": '"1"'},
        "body": TEXT,
        "created_at": AT,
    }


def held(engine: Engine, table: Table) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        rows = connection.execute(select(table).order_by(*table.primary_key.columns))
        return [dict(row._mapping) for row in rows]


def test_rows_of_all_tables_stand_as_they_were_given(engine: Engine) -> None:
    record = {"at": AT, "actor": "a", "action": "read", "subject": "person/1", "detail": {"n": 1}}
    due = {("work_order.wake", "work_order/1"): Due(AT, {"work_order_id": "1"})}

    with engine.begin() as connection:
        add(
            connection,
            {
                timers.INTO: timers.rows(due),
                OUTBOX: [sent(2), sent(1)],
                JOURNAL: [entry(1), entry(2, because={"clause": "5.1.1"}, event_id=None)],
                AUDIT: [record],
                ANSWERS: [answer("one")],
            },
        )

    (timer,) = held(engine, timers.INTO.table)
    assert (timer["due_at"], timer["data"]) == (AT, {"work_order_id": "1"})
    assert (timer["attempts"], timer["parked"], timer["retry_at"]) == (0, False, None)
    told = held(engine, outbox)
    assert [row["sequence"] for row in told] == [2, 1]
    assert [row["private"] for row in told] == [True, False]
    assert [(row["body"], row["created_at"], row["published_at"]) for row in told] == [
        (TEXT, AT, None),
        (TEXT, AT, None),
    ]
    assert [row | {"position": 0} for row in held(engine, journal)] == [
        entry(1) | {"position": 0},
        entry(2, because={"clause": "5.1.1"}, event_id=None) | {"position": 0},
    ]
    assert [row | {"position": 0} for row in held(engine, audit)] == [record | {"position": 0}]
    assert held(engine, idempotency_keys) == [answer("one")]


def test_positions_follow_the_order_in_which_rows_are_given(engine: Engine) -> None:
    count = 2 * AT_ONCE + 3

    with engine.begin() as connection:
        add(connection, {JOURNAL: [entry(n) for n in range(count)], OUTBOX: [sent(7)]})

    assert [row["kind"] for row in held(engine, journal)] == [f"noted_{n}" for n in range(count)]
    assert len(held(engine, outbox)) == 1


def test_a_timer_that_is_pending_is_replaced_as_a_whole(engine: Engine) -> None:
    key = ("work_order.wake", "work_order/1")
    table = timers.INTO.table
    with engine.begin() as connection:
        add(connection, {timers.INTO: timers.rows({key: Due(AT, {"n": 1})})})
        connection.execute(table.update().values(attempts=3, parked=True, retry_at=AT))

    later = AT + timedelta(hours=1)
    with engine.begin() as connection:
        add(connection, {timers.INTO: timers.rows({key: Due(later, {"n": 2})})})

    (timer,) = held(engine, table)
    assert (timer["due_at"], timer["data"]) == (later, {"n": 2})
    assert (timer["attempts"], timer["parked"], timer["retry_at"]) == (0, False, None)


def test_a_key_that_is_there_adds_no_row_of_any_table(engine: Engine) -> None:
    with engine.begin() as connection:
        add(connection, {ANSWERS: [answer("one")]})

    with pytest.raises(IntegrityError), engine.begin() as connection:
        add(connection, {JOURNAL: [entry(1)], ANSWERS: [answer("one")]})

    assert held(engine, journal) == []


def test_what_no_column_holds_is_refused(engine: Engine) -> None:
    naive = entry(1, at=datetime(2026, 3, 2))  # noqa: DTZ001
    with pytest.raises((ValueError, StatementError)), engine.begin() as connection:
        add(connection, {JOURNAL: [naive]})
    if engine.dialect.name == "postgresql":
        for wrong in (entry(1, actor="a" * 81), entry(1, actor="\0")):
            with pytest.raises(DataError), engine.begin() as connection:
                add(connection, {JOURNAL: [wrong]})
    assert held(engine, journal) == []


def test_on_postgresql_one_statement_adds_them_all(database: str) -> None:
    made = create_engine(database.replace("postgresql:", "postgresql+psycopg:"))
    plumbing.create_all(made)
    statements: list[str] = []
    event.listen(made, "before_cursor_execute", lambda *told: statements.append(told[2]))

    with made.begin() as connection:
        add(connection, {JOURNAL: [entry(1), entry(2)], OUTBOX: [sent(1)], ANSWERS: [answer("k")]})

    made.dispose()
    assert len(statements) == 1
