"""Several print one order at once, on a real PostgreSQL: each has a copy of his own."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import delete, exc, select, update
from sqlalchemy.orm import Session, sessionmaker

from dispatch.adapters.prints import prints
from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.calendars import CalendarPlan
from dispatch.domain.people import Post
from dispatch.domain.prints import Language, Part
from dispatch.domain.units import UnitKind
from dispatch.main import RULEBOOK
from dispatch.use_cases.calendars import set_calendar
from dispatch.use_cases.people import add_person
from dispatch.use_cases.prints import print_work_order
from dispatch.use_cases.units import define_unit
from dispatch.use_cases.work_orders import draft_work_order, issue_work_order
from shared.database import connect, upgrade
from shared.encrypted_columns import HELD
from shared.encryption import read_encryption
from shared.testing import KEYS, WEEK
from shared.transaction import Begin, beginner
from shared.web.auth import Principal

NOW = datetime(2026, 2, 13, 9, tzinfo=UTC)
PEOPLE = 8
DISPATCHER = Principal(str(UUID(int=1)), frozenset({"dispatcher"}), "hq")
PLAN = CalendarPlan(zone="Asia/Shanghai", week=WEEK, national="CN", holidays={}, workdays={})


@pytest.fixture
def sessions(database: str) -> Iterator[sessionmaker[Session]]:
    url = database.replace("postgresql://", "postgresql+psycopg://")
    engine = connect(url, application="test", pool_size=PEOPLE)
    upgrade("dispatch", engine)
    encryption = read_encryption(KEYS["field_keys"], KEYS["index_key"])
    yield sessionmaker(engine, expire_on_commit=False, info={HELD: encryption})
    engine.dispose()


@pytest.fixture
def begin(sessions: sessionmaker[Session]) -> Begin[DispatchTransaction]:
    return beginner(sessions, partial(DispatchTransaction, rulebook=RULEBOOK), "dispatch")


@pytest.fixture
def order_id(begin: Begin[DispatchTransaction]) -> UUID:
    """An order of a company of two that the second is to carry out."""
    with begin(now=NOW) as tx:
        define_unit(tx, unit="hq", parent=None, kind=UnitKind.COMPANY, name="hq", caller=DISPATCHER)
        set_calendar(tx, tx.units.known("hq"), plan=PLAN)
    with begin(now=NOW) as tx:
        for number, role in enumerate(("dispatcher", "engineer"), 1):
            add_person(
                tx,
                person_id=UUID(int=number),
                caller=DISPATCHER,
                name=role,
                language="zh-CN",
                zone="Asia/Shanghai",
                posts=(Post("hq", role),),
                addresses=(),
            )
    job = {"place": "Gate 2", "content": "The lock", "requirements": "Same make"}
    job |= {"reply_due_at": NOW + timedelta(days=1), "receiver_id": UUID(int=2)}
    with begin(now=NOW) as tx:
        made = draft_work_order(tx, caller=DISPATCHER, **job)
    with begin(now=NOW) as tx:
        issue_work_order(tx, made.id, caller=DISPATCHER)
    return made.id


def print_once(begin: Begin[DispatchTransaction], order_id: UUID) -> None:
    with begin(now=NOW) as tx:
        parts, language = tuple(Part), Language.CHINESE
        print_work_order(tx, order_id, parts=parts, language=language, caller=DISPATCHER)


def test_each_of_those_who_print_at_once_has_a_copy_of_his_own(
    begin: Begin[DispatchTransaction], sessions: sessionmaker[Session], order_id: UUID
) -> None:
    start = threading.Barrier(PEOPLE)

    def run(_: int) -> None:
        start.wait()
        print_once(begin, order_id)

    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(run, range(PEOPLE)))

    of = prints.c
    with sessions() as session:
        rows = session.execute(select(of.number, of.part, of.copy_no)).all()
    expected = [(one, part, one) for one in range(1, PEOPLE + 1) for part in Part]
    assert sorted(rows) == sorted(expected)


def test_the_log_is_only_added_to_but_its_key_may_change(
    begin: Begin[DispatchTransaction], sessions: sessionmaker[Session], order_id: UUID
) -> None:
    print_once(begin, order_id)
    for change in (
        delete(prints),
        update(prints).values(copy_no=7),
        update(prints).values(number=7),
    ):
        with pytest.raises(exc.DBAPIError, match="only added"), sessions.begin() as session:
            session.execute(change)
    with sessions.begin() as session:
        session.execute(update(prints).values(sheet=prints.c.sheet))
