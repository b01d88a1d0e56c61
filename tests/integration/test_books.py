"""Several use books of blank orders at once, on a real PostgreSQL: no gap, and nothing twice."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, exc, select
from sqlalchemy.orm import Session, sessionmaker

from dispatch.adapters.book_movements import book_movements
from dispatch.adapters.books import book_pages, books
from dispatch.adapters.penalties import penalties
from dispatch.adapters.transaction import DispatchTransaction
from dispatch.adapters.work_orders import work_orders
from dispatch.domain.book_rules import PageTaken
from dispatch.domain.book_states import BookState
from dispatch.domain.people import Post
from dispatch.domain.units import UnitKind
from dispatch.main import RULEBOOK
from dispatch.use_cases.book_counts import count_book
from dispatch.use_cases.books import issue_book, purchase_book, return_book
from dispatch.use_cases.people import add_person
from dispatch.use_cases.units import define_unit
from dispatch.use_cases.work_orders import draft_work_order, issue_work_order
from shared.database import connect, upgrade
from shared.encrypted_columns import HELD
from shared.encryption import read_encryption
from shared.rules import RuleBroken
from shared.testing import KEYS, UNITS
from shared.transaction import beginner

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
CENTRE, AT_ONCE, PAGES = "dispatch-centre", 8, 24


@dataclass(frozen=True)
class Asker:
    """As much of a token as a use case sees."""

    number: int
    unit: str
    roles: frozenset[str]

    @property
    def id(self) -> str:
        return str(self.key)

    @property
    def key(self) -> UUID:
        return UUID(int=self.number)


ARCHIVIST = Asker(1, "hq", frozenset({"archivist"}))
DISPATCHER = Asker(2, CENTRE, frozenset({"dispatcher"}))
WORKER = Asker(3, "region-north", frozenset({"repair_worker"}))


class Archive:
    """A company that keeps books; each act is a transaction of its own."""

    def __init__(self, sessions: sessionmaker[Session]) -> None:
        self.sessions = sessions
        self._begin = beginner(
            sessions, partial(DispatchTransaction, rulebook=RULEBOOK), "dispatch"
        )

    def act(
        self, command: Callable[..., Any], *args: Any, caller: Asker = ARCHIVIST, **how: Any
    ) -> Any:
        with self._begin(now=NOW) as tx:
            return command(tx, *args, caller=caller, **how)

    def found(self) -> None:
        for unit, parent, kind in UNITS:
            how = {"unit": unit, "parent": parent, "kind": UnitKind(kind), "name": unit}
            self.act(define_unit, **how)
        for one in (ARCHIVIST, DISPATCHER, WORKER):
            posts = tuple(Post(one.unit, role) for role in one.roles)
            how = {"name": "Somebody", "language": "zh-CN", "zone": "Asia/Shanghai", "posts": posts}
            self.act(add_person, person_id=one.key, **how)

    def buy(self, book_no: str, first_page: int, last_page: int) -> UUID:
        how = {"org_unit": CENTRE, "first_page": first_page, "last_page": last_page}
        return self.act(purchase_book, book_no=book_no, **how).id

    def give(self, book_id: UUID) -> None:
        self.act(issue_book, book_id, holder_id=DISPATCHER.key)

    def draft(self) -> UUID:
        job = {"place": "Gate 2", "content": "A lock", "requirements": "Of the same make"}
        when = {"reply_due_at": NOW + timedelta(days=1), "receiver_id": WORKER.key}
        return self.act(draft_work_order, caller=DISPATCHER, **job, **when).id

    def rows(self, query: Any) -> Sequence[Any]:
        with self.sessions() as session:
            return session.execute(query).all()


@pytest.fixture
def archive(database: str) -> Iterator[Archive]:
    url = database.replace("postgresql://", "postgresql+psycopg://")
    engine = connect(url, application="test", pool_size=AT_ONCE + 1)
    upgrade("dispatch", engine)
    encryption = read_encryption(KEYS["field_keys"], KEYS["index_key"])
    made = Archive(sessionmaker(engine, expire_on_commit=False, info={HELD: encryption}))
    made.found()
    yield made
    engine.dispose()


def at_once(work: Callable[[int], None]) -> list[RuleBroken]:
    """Let so many do the work at the same time; what each of them is refused with."""
    start = threading.Barrier(AT_ONCE)
    refused: list[RuleBroken] = []

    def run(number: int) -> None:
        start.wait()
        try:
            work(number)
        except RuleBroken as no:
            refused.append(no)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


class Undone(Exception):
    """The transaction ends without a commit."""


def test_the_numbers_of_a_unit_have_no_gap_and_no_double(archive: Archive) -> None:
    drafts = [[archive.draft() for _ in range(5)] for _ in range(AT_ONCE)]

    def fail(tx: DispatchTransaction, order_id: UUID, *, caller: Asker) -> None:
        issue_work_order(tx, order_id, caller=caller)
        raise Undone

    def work(number: int) -> None:
        for order_id in drafts[number]:
            with pytest.raises(Undone):
                archive.act(fail, order_id, caller=DISPATCHER)
            archive.act(issue_work_order, order_id, caller=DISPATCHER)

    assert at_once(work) == []
    numbers = sorted(number for (number,) in archive.rows(select(work_orders.c.order_no)))
    assert numbers == [f"{CENTRE}-{n:06d}" for n in range(1, 5 * AT_ONCE + 1)]


def test_each_page_of_a_book_is_used_once_whoever_reaches_for_it(archive: Archive) -> None:
    archive.give(archive.buy("1", 1, PAGES))
    drafts = [[archive.draft() for _ in range(PAGES)] for _ in range(AT_ONCE)]
    written: list[int] = []

    def work(number: int) -> None:
        for offset in range(PAGES):
            page = (number + offset) % PAGES + 1
            how = {"from_paper": True, "book_no": "1", "page_no": page}
            try:
                archive.act(issue_work_order, drafts[number][offset], caller=DISPATCHER, **how)
            except PageTaken:
                continue
            written.append(page)

    assert at_once(work) == []
    assert sorted(written) == list(range(1, PAGES + 1))
    pages = sorted(page for (page,) in archive.rows(select(book_pages.c.page_no)))
    assert pages == list(range(1, PAGES + 1))
    query = select(work_orders.c.order_no).where(work_orders.c.order_no.is_not(None))
    numbers = {number for (number,) in archive.rows(query)}
    assert numbers == {f"{CENTRE}:1:{page}" for page in range(1, PAGES + 1)}


def test_nobody_gets_two_books_at_once(archive: Archive) -> None:
    bought = [archive.buy(str(n), 10 * n + 1, 10 * n + 4) for n in range(AT_ONCE)]

    refused = at_once(lambda number: archive.give(bought[number]))

    assert [no.code for no in refused] == ["books_outstanding"] * (AT_ONCE - 1)
    states = [state for (state,) in archive.rows(select(books.c.state))]
    assert states.count(BookState.ISSUED) == 1


def test_no_page_is_bought_twice(archive: Archive) -> None:
    refused = at_once(lambda number: archive.buy(str(number), number + 1, number + 50) and None)

    assert [no.code for no in refused] == ["pages_overlap"] * (AT_ONCE - 1)
    assert len(archive.rows(select(books.c.id))) == 1


def test_however_often_stubs_are_counted_at_once_there_is_one_penalty(archive: Archive) -> None:
    book_id = archive.buy("1", 1, AT_ONCE + 1)
    archive.give(book_id)
    archive.act(return_book, book_id)

    def work(number: int) -> None:
        present = list(range(1, number + 2))
        archive.act(count_book, book_id, present=present, damaged=(), blank_from=None)

    assert at_once(work) == []
    ((count,),) = archive.rows(select(books.c.counted))
    (penalty,) = archive.rows(select(penalties))
    assert (penalty.state, penalty.quantity) == ("proposed", len(count.missing))
    assert penalty.lowest == 30 * len(count.missing)


def test_the_ledger_is_only_added_to(archive: Archive) -> None:
    archive.buy("1", 1, 4)
    for change in (delete(book_movements), book_movements.update().values(pages=0)):
        with (
            pytest.raises(exc.DBAPIError, match="only added"),
            archive.sessions.begin() as session,
        ):
            session.execute(change)
