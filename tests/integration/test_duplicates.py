"""Several enter the same customer at once, on a real PostgreSQL."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy.orm import sessionmaker

from customer.adapters.transaction import CustomerTransaction
from customer.domain.duplicates import DuplicateSuspected
from customer.domain.kinds import Kind
from customer.main import RULEBOOK
from customer.use_cases.customers import register_customer
from shared.database import connect, upgrade
from shared.testing import define_company, held_keys
from shared.transaction import Begin, beginner

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
CLERKS = 5


@dataclass(frozen=True)
class Clerk:
    """Who enters customers."""

    id: str = "00000000-0000-7000-8000-0000000000ff"
    unit: str = "hq"


@pytest.fixture
def begin(database: str) -> Iterator[Begin[CustomerTransaction]]:
    url = database.replace("postgresql://", "postgresql+psycopg://")
    engine = connect(url, application="test", pool_size=CLERKS)
    upgrade("customer", engine)
    sessions = sessionmaker(engine, expire_on_commit=False, info=held_keys())
    made = beginner(sessions, partial(CustomerTransaction, rulebook=RULEBOOK), "customer")
    with made(now=NOW) as tx:
        define_company(tx.session)
    yield made
    engine.dispose()


@pytest.mark.parametrize("mark", ["name", "phone"])
def test_of_several_who_enter_a_customer_at_once_one_succeeds(
    begin: Begin[CustomerTransaction], mark: str
) -> None:
    start = threading.Barrier(CLERKS)
    outcomes: list[str] = []

    def enter(n: int) -> None:
        name = "River Shop" if mark == "name" else f"Shop {n}"
        contacts = [{"name": "Li", "phone": "13800001234"}] if mark == "phone" else []
        given = {"name": name, "kind": Kind.SHOP, "org_unit": "shop-01", "contacts": contacts}
        start.wait()
        try:
            with begin(now=NOW) as tx:
                register_customer(tx, caller=Clerk(), number=f"F-{n}", **given)
            outcomes.append("entered")
        except DuplicateSuspected as suspected:
            outcomes.append(suspected.extra["candidates"][0]["marks"][0])

    threads = [threading.Thread(target=enter, args=(n,)) for n in range(CLERKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(["entered", *[mark] * (CLERKS - 1)]) == sorted(outcomes)
