"""A phone sends its queue over two connections at once, on a real PostgreSQL."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.api.field_acts import carry_out
from dispatch.domain.people import Address, Post
from dispatch.domain.queued_commands import SentCommand
from dispatch.domain.work_order_states import Command, State
from dispatch.main import RULEBOOK
from dispatch.use_cases.command_queues import take_commands
from dispatch.use_cases.people import add_person
from dispatch.use_cases.work_orders import draft_work_order, issue_work_order
from shared.database import connect, upgrade
from shared.tables import journal
from shared.testing import define_company, held_keys
from shared.transaction import Begin, beginner
from shared.web.auth import Principal
from test_duplicates import NOW

CONNECTIONS = 4
DEVICE = UUID(int=900)
DISPATCHER = Principal(str(UUID(int=1)), frozenset({"dispatcher"}), "hq")
WORKER = Principal(str(UUID(int=2)), frozenset({"repair_worker"}), "hq")
HR = Principal(str(UUID(int=3)), frozenset({"hr_administrator"}), "hq")
REPORT = {"text": "Half", "percent": 50, "expected_at": "2026-03-09T09:00:00+08:00"}


@pytest.fixture
def begin(database: str) -> Iterator[Begin[DispatchTransaction]]:
    url = database.replace("postgresql://", "postgresql+psycopg://")
    engine = connect(url, application="test", pool_size=CONNECTIONS)
    upgrade("dispatch", engine)
    sessions = sessionmaker(engine, expire_on_commit=False, info=held_keys())
    made = beginner(sessions, partial(DispatchTransaction, rulebook=RULEBOOK), "dispatch")
    with made(now=NOW) as tx:
        define_company(tx.session)
    with made(now=NOW) as tx:
        for one in (DISPATCHER, WORKER, HR):
            add_person(
                tx,
                person_id=UUID(one.id),
                caller=HR,
                name="Li",
                language="zh-CN",
                zone="Asia/Shanghai",
                posts=tuple(Post(one.unit, role) for role in one.roles),
                addresses=(Address("log", "desk"),),
            )
    yield made
    engine.dispose()


@pytest.fixture
def queue(begin: Begin[DispatchTransaction]) -> list[SentCommand]:
    """An order, and what the worker did with it in the dead spot."""
    with begin(now=NOW) as tx:
        order = draft_work_order(
            tx,
            caller=DISPATCHER,
            place="Gate 2",
            content="The lock does not close",
            requirements="Same make",
            reply_due_at=NOW + timedelta(days=1),
            receiver_id=UUID(WORKER.id),
        )
        issue_work_order(tx, order.id, caller=DISPATCHER)
        tx.session.flush()
        seen = order.version
    steps = [
        (Command.ACCEPT, {"signature": {"name": "Li"}}),
        (Command.START, {}),
        (Command.REPORT_PROGRESS, REPORT),
        (Command.REPORT_PROGRESS, REPORT),
    ]
    return [
        SentCommand(
            command_id=UUID(int=1000 + number),
            sequence=number,
            client_at=NOW,
            order_id=order.id,
            command=command,
            body=body,
            seen_version=seen,
        )
        for number, (command, body) in enumerate(steps, start=1)
    ]


def test_a_queue_that_is_sent_at_once_several_times_has_one_effect(
    begin: Begin[DispatchTransaction], queue: list[SentCommand]
) -> None:
    start = threading.Barrier(CONNECTIONS)
    answers: list[list[str]] = []

    def send(n: int) -> None:
        batch = queue if n % 2 else list(reversed(queue))
        start.wait()
        with begin(now=NOW) as tx:
            done = take_commands(tx, DEVICE, batch, carry_out=carry_out, caller=WORKER)
            said = sorted((one.sent.sequence, one.command) for one in done.answers if one.command)
        answers.append([command.outcome.value for _, command in said])

    threads = [threading.Thread(target=send, args=(n,)) for n in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [["applied"] * 4] * CONNECTIONS
    with begin(now=NOW) as tx:
        order = tx.work_orders.known(queue[0].order_id)
        assert (order.state, len(order.progress_reports)) == (State.PROGRESS_REPORTED, 2)
        query = select(journal.c.kind).where(journal.c.kind == "made_in_the_field")
        assert len(tx.session.scalars(query).all()) == 4


def test_two_halves_of_a_queue_that_cross_come_to_its_end(
    begin: Begin[DispatchTransaction], queue: list[SentCommand]
) -> None:
    start = threading.Barrier(2)

    def send(batch: list[SentCommand]) -> None:
        start.wait()
        with begin(now=NOW) as tx:
            take_commands(tx, DEVICE, batch, carry_out=carry_out, caller=WORKER)

    halves = (queue[::2], queue[1::2])
    threads = [threading.Thread(target=send, args=(half,)) for half in halves]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with begin(now=NOW) as tx:
        assert len(tx.work_orders.known(queue[0].order_id).progress_reports) == 2
        assert tx.queued_commands.waiting(DEVICE) == 0
