"""Customers are found by a part of their name by an index of PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import event, insert, text, update
from sqlalchemy.orm import Session, sessionmaker

from customer.adapters.customers import Customers
from customer.adapters.tables import customers, memberships
from customer.domain.duplicates import name_key
from customer.domain.kinds import Kind
from customer.domain.memberships import Standing
from shared.database import connect, upgrade
from shared.testing import define_company

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
NAMES = {
    1: ("青岛河畔家居有限公司", Kind.COMPANY),
    2: ("青岛海边家居有限公司", Kind.COMPANY),
    3: ("河畔家", Kind.CONSUMER),
    4: ("100% River_Shop", Kind.SHOP),
    5: ("X", Kind.SHOP),
}


@pytest.fixture
def sessions(database: str) -> Iterator[sessionmaker[Session]]:
    engine = connect(database.replace("postgresql:", "postgresql+psycopg:"), application="test")
    upgrade("customer", engine)
    with Session(engine) as session, session.begin():
        define_company(session)
        for number, (name, kind) in NAMES.items():
            row = {"id": UUID(int=number), "number": str(number), "name": name, "kind": kind}
            row |= {"name_key": name_key(name), "org_unit": "shop-01", "registered_at": NOW}
            session.execute(insert(customers), row | {"version": 1})
            stands = {"customer_id": row["id"], "unit": "shop-01", "standing": Standing.ENTERED}
            session.execute(insert(memberships), {**stands, "since": NOW, "version": 1})
    yield sessionmaker(engine)
    engine.dispose()


def found(session: Session, name: str) -> list[int]:
    return [one.id.int for one in Customers(session).found(unit="hq", most=9, name=name)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("河畔", [1]),
        ("家居", [1, 2]),
        ("青岛有限", []),
        ("河畔家", [1, 3]),
        ("0% R", [4]),
        ("__", []),
        ("river", []),
    ],
)
def test_a_part_of_a_name_finds_whom_it_is_a_part_of(
    sessions: sessionmaker[Session], name: str, expected: list[int]
) -> None:
    with sessions() as session:
        assert expected == found(session, name)


def test_the_index_follows_the_name_and_is_asked(sessions: sessionmaker[Session]) -> None:
    with sessions() as session:
        session.execute(update(customers).where(customers.c.number == "1").values(name="山林"))
        assert ([1], [], [2]) == (
            found(session, "山林"),
            found(session, "河畔"),
            found(session, "家居"),
        )

        asked: list[tuple[str, object]] = []
        event.listen(
            session.connection(), "before_cursor_execute", lambda *its: asked.append(its[2:4])
        )
        found(session, "家居")
        statement, given = next(one for one in asked if "name_grams" in one[0])
        session.execute(text("SET LOCAL enable_seqscan = off"))
        session.execute(text("SET LOCAL enable_indexscan = off"))
        plan = session.connection().exec_driver_sql(f"EXPLAIN {statement}", given).scalars().all()
        assert any("ix_customers_name_grams" in line for line in plan), plan
