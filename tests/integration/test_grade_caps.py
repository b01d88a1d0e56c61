"""Several take the last place of a grade at once, on a real PostgreSQL."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import delete, exc, func, insert, select
from sqlalchemy.orm import Session, sessionmaker

from customer.adapters.mapping import Grading
from customer.adapters.tables import customers, grade_history, grades, memberships
from customer.adapters.transaction import CustomerTransaction
from customer.domain.grade_caps import CapReached
from customer.domain.kinds import Kind
from customer.domain.memberships import Standing
from customer.main import RULEBOOK
from customer.use_cases.gradings import _let_hold, scheme_of
from shared.database import connect, upgrade
from shared.ids import new_id
from shared.policy import activate
from shared.testing import define_company
from shared.transaction import Begin, beginner

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
NORTH = "region-north"
PEOPLE = 7  # Of seven customers one may be VIP.


@pytest.fixture
def sessions(database: str) -> Iterator[sessionmaker[Session]]:
    url = database.replace("postgresql://", "postgresql+psycopg://")
    engine = connect(url, application="test", pool_size=10)
    upgrade("customer", engine)
    yield sessionmaker(engine, expire_on_commit=False)
    engine.dispose()


@pytest.fixture
def begin(sessions: sessionmaker[Session]) -> Begin[CustomerTransaction]:
    made = beginner(sessions, partial(CustomerTransaction, rulebook=RULEBOOK), "customer")
    with made(now=NOW) as tx:
        define_company(tx.session)
        activate(tx, NORTH, ["medical", "generic"], date(2026, 1, 1), rulebook=RULEBOOK)
        for _ in range(PEOPLE):
            id_ = new_id()
            row = {"id": id_, "number": str(id_), "name": "One of many", "version": 1}
            row |= {"kind": Kind.COMPANY, "org_unit": NORTH, "registered_at": NOW, "name_key": ""}
            tx.session.execute(insert(customers), row)
            stands = {"customer_id": id_, "unit": NORTH, "standing": Standing.ENTERED}
            tx.session.execute(insert(memberships), {**stands, "since": NOW, "version": 1})
    return made


def test_two_at_once_cannot_both_take_the_last_place(
    begin: Begin[CustomerTransaction], sessions: sessionmaker[Session]
) -> None:
    with sessions() as session:
        ids = list(session.scalars(select(customers.c.id)))
    start = threading.Barrier(len(ids))
    outcomes: list[str] = []

    def give(customer_id: UUID) -> None:
        start.wait()
        try:
            with begin(now=NOW) as tx:
                customer = tx.customers.known(customer_id)
                found = scheme_of(tx, "medical", unit=NORTH)
                grading = Grading(
                    id=new_id(),
                    customer_id=customer.id,
                    unit=NORTH,
                    scheme="medical",
                    product="",
                    grade="vip",
                    because=found.because,
                    proposed_by="a",
                    proposed_at=NOW,
                    approvers=(),
                    evidence="form",
                )
                tx.gradings.add(grading)
                _let_hold(tx, customer, grading, found.value)
            outcomes.append("given")
        except CapReached:
            outcomes.append("refused")

    threads = [threading.Thread(target=give, args=(one,)) for one in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ["given"] + ["refused"] * (PEOPLE - 1) == sorted(outcomes)
    with sessions() as session:
        holders = select(func.count()).select_from(grades).where(grades.c.grade == "vip")
        assert 1 == session.scalar(holders)
    with pytest.raises(exc.DBAPIError, match="only added"), sessions.begin() as session:
        session.execute(delete(grade_history))
