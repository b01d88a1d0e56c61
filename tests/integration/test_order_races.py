"""An order is issued while its customer is being barred: whichever comes first, nothing is lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from dispatch.adapters.work_orders import work_orders
from dispatch.domain.barring import CustomerBlacklisted
from dispatch.domain.callers import Caller
from dispatch.domain.people import Person, Post
from dispatch.main import SERVICE
from dispatch.settings import Settings
from dispatch.use_cases.barring import bar_customer
from dispatch.use_cases.work_orders import draft_work_order, issue_work_order
from shared.database import upgrade
from shared.ids import new_id
from shared.runtime import Parts, create_parts
from shared.tables import journal
from shared.testing import KEYS, define_company
from shared.web.auth import Principal

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
DISPATCHER, WORKER, CUSTOMER = UUID(int=1), UUID(int=2), UUID(int=3)
BY: Caller = Principal(id=str(DISPATCHER), roles=frozenset({"dispatcher"}), unit="hq")


@pytest.fixture
def parts(database: str) -> Iterator[Parts]:
    url = database.replace("postgresql:", "postgresql+psycopg:")
    settings = Settings(database_url=url, broker_url="memory://", jwks="-", issuer="-", **KEYS)
    made = create_parts(SERVICE, settings, told=lambda: None)
    upgrade("dispatch", made.engine)
    with made.begin(now=NOW) as tx:
        define_company(tx.session)
        for person_id, role in ((DISPATCHER, "dispatcher"), (WORKER, "repair_worker")):
            tx.people.keep(
                Person(
                    id=person_id,
                    name="Zhang San",
                    language="zh-CN",
                    zone="Asia/Shanghai",
                    posts=(Post("dispatch-centre", role),),
                )
            )
    yield made
    made.engine.dispose()


def draft(parts: Parts) -> UUID:
    with parts.begin(now=NOW) as tx:
        made: UUID = draft_work_order(
            tx,
            caller=BY,
            place="Gate 2",
            content="Lock",
            requirements="Same make",
            reply_due_at=NOW + timedelta(days=1),
            receiver_id=WORKER,
            customer_id=CUSTOMER,
        ).id
    return made


def bar(parts: Parts) -> None:
    with parts.begin(now=NOW) as tx:
        bar_customer(tx, entry_id=new_id(), customer_id=CUSTOMER, scope="company", unit=None)


@pytest.mark.rule("AD-16")
def test_an_order_that_is_issued_while_its_customer_is_barred_says_so(parts: Parts) -> None:
    first, second = draft(parts), draft(parts)

    with parts.begin(now=NOW) as tx:
        issue_work_order(tx, first, caller=BY)
        bar(parts)
    with pytest.raises(CustomerBlacklisted), parts.begin(now=NOW) as tx:
        issue_work_order(tx, second, caller=BY)

    with parts.sessions() as session:
        rows = session.execute(select(work_orders.c.id, work_orders.c.state))
        states = {row.id: row.state for row in rows}
        of = journal.c.kind == "customer_blacklisted"
        told = set(session.scalars(select(journal.c.subject).where(of)))
    assert [states[first], states[second]] == ["issued", "draft"]
    assert told == {f"work_order/{first}", f"work_order/{second}"}
