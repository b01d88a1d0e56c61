from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from shared.rules import RuleBroken, WrongState
from shared.tables import journal
from shared.transaction import Transaction, beginner


class Lost(Exception):
    """Stands for the driver's error; ``sqlstate`` is what PostgreSQL would say."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__("lost")
        self.sqlstate = sqlstate


def lost(sqlstate: str = "40001", *, connection: bool = False) -> OperationalError:
    return OperationalError("SELECT", {}, Lost(sqlstate), connection_invalidated=connection)


class Failing:
    """A ``begin`` whose transactions fail: one error a try, before or after the real commit."""

    def __init__(self, house: Any, *, before: list[Any] = (), after: list[Any] = ()) -> None:
        self._begin = beginner(house.sessions, Transaction, "notes")
        self.before, self.after = list(before), list(after)
        self.tries = 0
        self.meanwhile: Callable[[], Any] = lambda: None

    @contextmanager
    def __call__(self, **given: Any) -> Iterator[Transaction]:
        self.tries += 1
        try:
            with self._begin(**given) as tx:
                yield tx
                if self.before:
                    raise self.before.pop(0)
        except RuleBroken:
            self.meanwhile()
            raise
        if self.after:
            raise self.after.pop(0)


@pytest.fixture
def failing(house: Any, make_house: Any) -> Any:
    def make(**errors: Any) -> tuple[Any, Failing]:
        begin = Failing(house, **errors)
        made = make_house(sessions=house.sessions, begin=begin)
        return made, begin

    return make


@pytest.mark.parametrize(
    "error",
    [
        lost("40001"),
        lost("40P01"),
        lost("08006", connection=True),
        IntegrityError("INSERT", {}, Lost("23505")),
        StaleDataError(),
    ],
)
def test_what_lost_against_another_is_tried_once_more(failing: Any, error: Exception) -> None:
    house, begin = failing(before=[error])
    answer = house.writer.post("/v1/notes", {"text": "tea"})
    assert (answer.status_code, begin.tries, house.texts()) == (201, 2, ["tea"])


def test_a_second_failure_is_told(failing: Any) -> None:
    house, begin = failing(before=[lost(), lost()])
    answer = house.writer.post("/v1/notes", {"text": "tea"})
    assert (answer.status_code, answer.json["code"]) == (503, "database_unavailable")
    assert (begin.tries, house.texts()) == (2, [])


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (DataError("INSERT", {}, Lost("22001")), 422, "invalid"),
        (IntegrityError("INSERT", {}, Lost("23505")), 409, "conflict"),
        (IntegrityError("INSERT", {}, Lost("23502")), 500, "internal"),
        (StaleDataError(), 412, "version_stale"),
    ],
)
def test_what_the_database_refuses_for_good_is_told_by_its_kind(
    failing: Any, error: Exception, status: int, code: str
) -> None:
    house, _ = failing(before=[error, error])
    answer = house.writer.post("/v1/notes", {"text": "tea"})
    assert (answer.status_code, answer.json["code"], house.texts()) == (status, code, [])


@pytest.mark.parametrize("sqlstate", ["57014", "55P03", "53300"])
def test_a_database_that_does_not_answer_in_time_is_not_asked_twice(
    failing: Any, sqlstate: str
) -> None:
    house, begin = failing(before=[lost(sqlstate)])
    answer = house.writer.post("/v1/notes", {"text": "tea"})
    assert (answer.status_code, answer.headers["Retry-After"], begin.tries) == (503, "2", 1)


def test_a_connection_lost_in_the_commit_is_settled_by_the_key(failing: Any) -> None:
    house, begin = failing(after=[lost("08006", connection=True)])
    answer = house.writer.post("/v1/notes", {"text": "tea"})
    assert (answer.status_code, answer.headers["Idempotency-Replayed"]) == (201, "true")
    assert (begin.tries, house.texts()) == (2, ["tea"])


def test_a_connection_lost_in_the_commit_of_another_method_is_told(
    house: Any, failing: Any
) -> None:
    note = house.writer.post("/v1/notes", {"text": "tea"}).json["id"]
    failing_house, begin = failing(after=[lost("08006", connection=True)])
    answer = failing_house.writer.put(f"/v1/notes/{note}", {"text": "coffee"}, version=1)
    assert (answer.status_code, begin.tries) == (503, 1)


def test_a_rule_that_only_the_twin_of_a_command_broke_is_not_told(house: Any, failing: Any) -> None:
    late, begin = failing(before=[WrongState("It was done a moment ago.")])
    begin.meanwhile = lambda: house.writer.post("/v1/notes", {"text": "tea"}, key="k")
    answer = late.as_("wang", "writer").post("/v1/notes", {"text": "tea"}, key="k")
    assert (answer.status_code, answer.headers["Idempotency-Replayed"]) == (201, "true")
    assert house.texts() == ["tea"]


def test_the_origin_of_a_command_is_its_caller_and_its_request(house: Any) -> None:
    seen = []

    class Remembering(Transaction):
        def flush(self) -> int:
            seen.append(self.origin)
            return super().flush()

    parts = house.app.extensions["huiyin"]
    object.__setattr__(parts, "begin", beginner(house.sessions, Remembering, "notes"))
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    house.writer.post(
        "/v1/notes", {"text": "tea"}, headers={"X-Request-ID": "r-1", "traceparent": trace}
    )
    [origin] = seen
    assert (origin.actor, origin.correlation) == ("wang", "r-1")
    assert origin.traceparent.split("-")[1] == trace.split("-")[1]
    assert origin.traceparent.split("-")[2] != trace.split("-")[2]


def test_a_command_leaves_its_note_in_the_journal(house: Any) -> None:
    house.writer.post("/v1/notes", {"text": "tea"})
    with house.sessions() as session:
        row = session.execute(select(journal)).one()
    assert (row.kind, row.actor, row.at) == ("note_written", "wang", house.clock.at)


def test_an_answer_without_content_has_none(house: Any) -> None:
    note = house.writer.post("/v1/notes", {"text": "tea"}).json["id"]
    answer = house.writer.delete(f"/v1/notes/{note}")
    assert (answer.status_code, answer.data, answer.content_type) == (204, b"", None)
    assert house.texts() == []
