"""Several dispatchers ask for the last free worker at once, and a key account is told of while
orders of his are opened, on a real PostgreSQL."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.adapters.work_orders import work_orders
from dispatch.domain.assignment import NobodySuitable
from dispatch.domain.people import Post
from dispatch.domain.units import UnitKind
from dispatch.main import RULEBOOK
from dispatch.use_cases.assignment import assign_receiver
from dispatch.use_cases.people import add_person
from dispatch.use_cases.priorities import keep_key_account
from dispatch.use_cases.units import define_unit
from dispatch.use_cases.work_orders import draft_work_order
from shared.database import connect, upgrade
from shared.policy import activate, add_pack
from shared.testing import held_keys
from shared.transaction import Begin, beginner
from shared.web.auth import Principal

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
DISPATCHER = Principal(str(UUID(int=1)), frozenset({"dispatcher"}), "hq")
CUSTOMER = UUID(int=0xC)
WORKERS, MOST_OPEN, DRAFTS = 2, 2, 7  # Of seven drafts four find somebody.


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
    people = [(1, "dispatcher"), *((2 + n, "engineer") for n in range(WORKERS))]
    with made(now=NOW) as tx:
        kind = UnitKind.COMPANY
        define_unit(tx, unit="hq", parent=None, kind=kind, name="hq", caller=DISPATCHER)
        for number, role in people:
            told = {"name": f"Person {number}", "language": "zh-CN", "zone": "Asia/Shanghai"}
            posts = (Post("hq", role),)
            add_person(tx, person_id=UUID(int=number), caller=DISPATCHER, posts=posts, **told)
        document = dict(RULEBOOK.of_builtin("property", "1").document)
        [rule] = document["sections"]["assignment"]["rules"]
        few = {**rule, "value": {**rule["value"], "most_open": MOST_OPEN}}
        sections = {**document["sections"], "assignment": {"merge": "replace", "rules": [few]}}
        add_pack(tx, {**document, "pack": "few", "sections": sections}, RULEBOOK)
        activate(tx, "hq", ["few"], NOW.date(), rulebook=RULEBOOK)
    return made


def drafted(tx: DispatchTransaction, **fields: object) -> UUID:
    due_at = NOW + timedelta(days=1)
    return draft_work_order(tx, caller=DISPATCHER, reply_due_at=due_at, **fields).id


def at_once(*acts: Callable[[], None]) -> None:
    """Let all of them begin at the same moment."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], None]) -> None:
        start.wait()
        act()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_at_once_cannot_both_take_the_last_free_worker(
    begin: Begin[DispatchTransaction], sessions: sessionmaker[Session]
) -> None:
    with begin(now=NOW) as tx:
        ids = [drafted(tx) for _ in range(DRAFTS)]
    outcomes: list[str] = []

    def assign(order_id: UUID) -> None:
        try:
            with begin(now=NOW) as tx:
                assign_receiver(tx, order_id, caller=DISPATCHER)
        except NobodySuitable as nobody:
            outcomes.append(nobody.code)
        else:
            outcomes.append("assigned")

    at_once(*(partial(assign, one) for one in ids))
    free = WORKERS * MOST_OPEN
    assert Counter(outcomes) == {"assigned": free, "nobody_suitable": DRAFTS - free}
    query = select(func.count()).where(work_orders.c.receiver_id.is_not(None))
    with sessions() as session:
        held = session.execute(query.group_by(work_orders.c.receiver_id)).scalars().all()
    assert list(held) == [MOST_OPEN] * WORKERS


@pytest.mark.parametrize("round_", range(5))
def test_an_order_that_is_opened_while_its_customer_becomes_a_key_account_stands_first(
    begin: Begin[DispatchTransaction], sessions: sessionmaker[Session], round_: int
) -> None:
    def open_one() -> None:
        with begin(now=NOW) as tx:
            drafted(tx, customer_id=CUSTOMER, category=f"repair {round_}")

    def tell() -> None:
        with begin(now=NOW) as tx:
            keep_key_account(tx, CUSTOMER, unit="hq", is_key=True, sequence=1)

    at_once(open_one, tell, open_one, open_one)
    with sessions() as session:
        places = set(session.scalars(select(work_orders.c.queue_place)))
    assert places == {99}
