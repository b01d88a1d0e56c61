"""The same people are entered by several at once, on a real PostgreSQL."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from dispatch.adapters.people import people
from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.people import PersonExists, Post, StaffNumberTaken
from dispatch.domain.people_imports import Row
from dispatch.domain.units import UnitKind
from dispatch.main import RULEBOOK
from dispatch.use_cases.people import add_person
from dispatch.use_cases.people_imports import import_people
from dispatch.use_cases.units import define_unit
from shared.database import connect, upgrade
from shared.rules import RuleBroken
from shared.testing import held_keys
from shared.transaction import Begin, beginner
from shared.web.auth import Principal

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
HR = Principal("hr", frozenset({"hr_administrator"}), "hq")
TOLD: dict[str, Any] = {
    "name": "Li Si",
    "language": "zh-CN",
    "zone": "Asia/Shanghai",
    "posts": (Post("hq", "engineer"),),
}
AT_ONCE = 6


@pytest.fixture
def sessions(database: str) -> Iterator[sessionmaker[Session]]:
    url = database.replace("postgresql://", "postgresql+psycopg://")
    engine = connect(url, application="test", pool_size=10)
    upgrade("dispatch", engine)
    yield sessionmaker(engine, expire_on_commit=False, info=held_keys())
    engine.dispose()


@pytest.fixture
def begin(sessions: sessionmaker[Session]) -> Begin[DispatchTransaction]:
    made = beginner(sessions, partial(DispatchTransaction, rulebook=RULEBOOK), "dispatch")
    with made(now=NOW) as tx:
        define_unit(tx, unit="hq", parent=None, kind=UnitKind.COMPANY, name="hq", caller=HR)
    return made


def outcomes(act: Callable[[], object]) -> Counter[str]:
    """What becomes of it when several begin at the same moment."""
    start, found = threading.Barrier(AT_ONCE), []

    def run() -> None:
        start.wait()
        try:
            act()
        except RuleBroken as refused:
            found.append(refused.code)
        else:
            found.append("done")

    threads = [threading.Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(found)


def held(sessions: sessionmaker[Session]) -> int:
    with sessions() as session:
        return session.scalars(select(func.count()).select_from(people)).one()


def test_the_same_file_enters_somebody_once(
    begin: Begin[DispatchTransaction], sessions: sessionmaker[Session]
) -> None:
    created: list[int] = []

    def take() -> None:
        with begin(now=NOW) as tx:
            row = Row(number=2, values={**TOLD, "staff_number": "S-1"})
            report = import_people(tx, [row], (), dry_run=False, caller=HR)
            created.append(report.created)

    assert outcomes(take) == {"done": AT_ONCE}
    assert (sorted(created), held(sessions)) == ([*[0] * (AT_ONCE - 1), 1], 1)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"person_id": UUID(int=7)}, PersonExists.code),
        ({"person_id": None, "staff_number": "S-1"}, StaffNumberTaken.code),
    ],
)
def test_one_id_and_one_number_stand_for_one_person(
    begin: Begin[DispatchTransaction],
    sessions: sessionmaker[Session],
    fields: dict[str, Any],
    code: str,
) -> None:
    def add() -> None:
        with begin(now=NOW) as tx:
            add_person(tx, caller=HR, **TOLD, **fields)

    assert outcomes(add) == {"done": 1, code: AT_ONCE - 1}
    assert held(sessions) == 1
