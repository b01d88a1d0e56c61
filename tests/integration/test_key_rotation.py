"""Keys change on PostgreSQL while contacts are entered, changed and looked for (S33)."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session, sessionmaker

from customer.adapters.customers import Customers
from customer.adapters.mapping import Contact
from customer.adapters.tables import contacts, customers, memberships
from customer.domain.kinds import Kind
from customer.domain.memberships import Standing
from shared import key_rotation
from shared.database import connect, upgrade
from shared.encrypted_columns import HELD
from shared.encryption import Encryption, fresh_key, read_encryption
from shared.key_rotation import Rotation
from shared.testing import define_company

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
OLD, NEW, INDEX = f"old:{fresh_key()}", f"new:{fresh_key()}", fresh_key()
CUSTOMER = UUID(int=1)
COUNT = 2_000


@pytest.fixture
def sessions(database: str) -> Iterator[sessionmaker[Session]]:
    """Sessions of processes that know both keys, on contacts that were encrypted under the old."""
    engine = connect(database.replace("postgresql:", "postgresql+psycopg:"), application="test")
    upgrade("customer", engine)
    before = sessionmaker(engine, info={HELD: read_encryption(OLD, INDEX)})
    with before.begin() as session:
        define_company(session)
        row = {"id": CUSTOMER, "number": "1", "name": "One", "name_key": "one", "version": 1}
        row |= {"kind": Kind.COMPANY, "org_unit": "shop-01", "registered_at": NOW}
        session.execute(insert(customers), row)
        stands = {"customer_id": CUSTOMER, "unit": "shop-01", "standing": Standing.ENTERED}
        session.execute(insert(memberships), {**stands, "since": NOW, "version": 1})
        session.add_all(contact(n) for n in range(COUNT))
    yield sessionmaker(engine, info={HELD: both()})
    engine.dispose()


def both() -> Encryption:
    return read_encryption(f"{NEW},{OLD}", INDEX)


def contact(number: int) -> Contact:
    given = {"name": "Li Hua", "language": "zh-CN", "zone": "Asia/Shanghai"}
    id_ = UUID(int=0x7000_8000 << 64 | number)
    return Contact(id=id_, customer_id=CUSTOMER, phone=f"+86138{number:08}", **given)


def work(sessions: sessionmaker[Session], stopped: threading.Event, done: dict[UUID, str]) -> None:
    """Change one contact after the other, enter new ones, and look for what was written."""
    number = 0
    while not stopped.is_set():
        number += 1
        changed = contact(number * 37 % COUNT).id
        with sessions.begin() as session:
            one = session.get_one(Contact, changed)
            one.phone = done[changed] = f"+86139{number:08}"
            fresh = contact(COUNT + number)
            session.add(fresh)
            done[fresh.id] = str(fresh.phone)
        with sessions() as session:
            phone = done[changed]
            (found,) = Customers(session).found(unit="hq", most=2, phone=phone)
            assert CUSTOMER == found.id


@pytest.mark.rule("CF-11")
def test_nothing_is_lost_when_keys_change_under_load(
    sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_rotation, "BATCH", 50)
    stopped, done = threading.Event(), {}
    rotation, rotated = Rotation(contacts, both()), 0
    with ThreadPoolExecutor() as pool, sessions() as session:
        working = pool.submit(work, sessions, stopped, done)
        try:
            while rotation.left(session):
                rotated += rotation.run(sessions)
                session.rollback()
        finally:
            stopped.set()
        working.result()

    assert done
    assert COUNT - len(done) <= rotated <= COUNT
    sessions.configure(info={HELD: read_encryption(NEW, INDEX)})
    expected = {contact(n).id: contact(n).phone for n in range(COUNT)} | done
    with sessions() as session:
        assert expected == {one.id: one.phone for one in session.scalars(select(Contact))}
        assert len(expected) == session.scalar(select(func.count(contacts.c.phone_index)))
