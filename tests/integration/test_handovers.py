"""An order changes, or appears, while the second signature is written, on a real PostgreSQL: what
both have signed is what the orders were at that moment (WO-17)."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from services.dispatch.tests.company import DISPATCHER, ORDER, SIGNED, WORKER, make_company
from services.dispatch.tests.shift_end import SECOND, WHY, ShiftEnd
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.daily_checks import HandedOver
from dispatch.domain.handovers import State
from dispatch.main import RULEBOOK
from dispatch.use_cases.execution import start_work_order
from dispatch.use_cases.handovers import sign_handover
from dispatch.use_cases.open_reasons import give_reason
from dispatch.use_cases.work_orders import draft_work_order
from shared.database import connect, upgrade
from shared.rules import WrongState
from shared.testing import held_keys

APPEARS = datetime(2026, 2, 13, 9, 50, tzinfo=UTC)
WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid <> pg_backend_pid()")
LOOKS = 20_000

Act = Callable[[DispatchTransaction], Any]


@pytest.fixture
def sessions(database: str) -> Iterator[sessionmaker[Session]]:
    url = database.replace("postgresql://", "postgresql+psycopg://")
    engine = connect(url, application="test", pool_size=10)
    upgrade("dispatch", engine)
    yield sessionmaker(engine, expire_on_commit=False, info=held_keys())
    engine.dispose()


@pytest.fixture
def office(sessions: sessionmaker[Session]) -> ShiftEnd:
    """An accepted order, on the list and with its reason; the first dispatcher has signed."""
    make_company(sessions, RULEBOOK)
    office = ShiftEnd(sessions, RULEBOOK)
    office.issue()
    office.accept()
    office.until(APPEARS)
    office.answer()
    office.propose()
    return office


def sign(office: ShiftEnd) -> Act:
    how: dict[str, Any] = {"signed": SIGNED, "digest": office.handover.digest, "caller": SECOND}
    return lambda tx: sign_handover(tx, office.handover.id, **how)


def start(office: ShiftEnd) -> Act:
    return lambda tx: start_work_order(tx, office.order_id, caller=WORKER)


def draft(_: ShiftEnd) -> Act:
    fields: dict[str, Any] = {**ORDER, "receiver_id": UUID(WORKER.id)}
    return lambda tx: draft_work_order(tx, caller=DISPATCHER, **fields)


def meanwhile(office: ShiftEnd, first: Act, second: Act) -> tuple[Any, Future[Any]]:
    """``first`` is done and not committed yet when ``second`` begins, which has to wait for it."""

    def do(act: Act) -> Any:
        with office.begin(now=office.now) as tx:
            return act(tx)

    def tried() -> Any:
        try:
            return do(second)
        except StaleDataError:  # What a request does that lost: it is tried once more.
            return do(second)

    with ThreadPoolExecutor(1) as pool, office.begin(now=office.now) as tx:
        done = first(tx)
        tx.flush()
        later = pool.submit(tried)
        assert waits(office.sessions)
    return done, later


def waits(sessions: sessionmaker[Session]) -> bool:
    """Whether somebody comes to wait for a lock."""
    with sessions() as session:
        session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
        return any(session.scalar(WAITING) for _ in range(LOOKS))


@pytest.mark.parametrize("change", [start, draft])
def test_a_change_that_comes_first_voids_the_handover(
    office: ShiftEnd, change: Callable[[ShiftEnd], Act]
) -> None:
    changed, later = meanwhile(office, change(office), sign(office))

    handover = later.result()
    assert (handover.state, handover.incoming) == (State.VOIDED, None)
    assert handover.differing == (changed.id,)
    assert office.last().handed_over_at is None


@pytest.mark.parametrize("change", [start, draft])
def test_a_change_that_comes_second_waits_for_the_signature(
    office: ShiftEnd, change: Callable[[ShiftEnd], Act]
) -> None:
    handover, later = meanwhile(office, sign(office), change(office))

    assert (handover.state, later.result().state) == (
        State.SIGNED,
        "in_progress" if change is start else "draft",
    )
    assert '"state": "accepted"' in handover.text
    assert [line.work_order_id for line in handover.lines] == [office.order_id]
    assert office.found().dispatcher_id == UUID(SECOND.id)


def test_a_reason_that_is_changed_after_the_signature_comes_too_late(office: ShiftEnd) -> None:
    list_id, order_id = office.list_id, office.order_id

    def answer(tx: DispatchTransaction) -> Any:
        return give_reason(tx, list_id, order_id, answer=WHY, caller=DISPATCHER)

    _, later = meanwhile(office, sign(office), answer)
    with pytest.raises(HandedOver):
        later.result()


def test_two_who_sign_at_once_do_not_both_sign(office: ShiftEnd) -> None:
    handover, later = meanwhile(office, sign(office), sign(office))

    assert handover.state is State.SIGNED
    with pytest.raises(WrongState):
        later.result()
