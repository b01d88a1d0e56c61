"""Several units plan the meeting of the year at once, on a real PostgreSQL."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

import pytest
from sqlalchemy.orm import sessionmaker

from customer.adapters.transaction import CustomerTransaction
from customer.domain.gatherings import Kind, YearTaken
from customer.main import RULEBOOK
from customer.use_cases.gatherings import draft_gathering
from shared.database import connect, upgrade
from shared.policy import activate
from shared.testing import define_company, held_keys
from shared.transaction import Begin, beginner

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
UNITS = ("region-north", "region-south", "shop-01", "shop-03", "sales-centre")


@dataclass(frozen=True)
class Division:
    """Who plans for several departments."""

    id: str = "00000000-0000-7000-8000-0000000000ff"
    unit: str = "hq"
    roles: frozenset[str] = frozenset({"marketing_division"})


@pytest.fixture
def begin(database: str) -> Iterator[Begin[CustomerTransaction]]:
    url = database.replace("postgresql://", "postgresql+psycopg://")
    engine = connect(url, application="test", pool_size=len(UNITS))
    upgrade("customer", engine)
    sessions = sessionmaker(engine, expire_on_commit=False, info=held_keys())
    made = beginner(sessions, partial(CustomerTransaction, rulebook=RULEBOOK), "customer")
    with made(now=NOW) as tx:
        define_company(tx.session)
        activate(tx, "hq", ["medical", "generic"], date(2026, 1, 1), rulebook=RULEBOOK)
    yield made
    engine.dispose()


def test_of_several_units_that_plan_the_meeting_of_the_year_one_succeeds(
    begin: Begin[CustomerTransaction],
) -> None:
    start = threading.Barrier(len(UNITS))
    outcomes: list[str] = []

    def plan(unit: str) -> None:
        start.wait()
        try:
            with begin(now=NOW) as tx:
                draft_gathering(
                    tx,
                    caller=Division(),
                    org_unit=unit,
                    kind=Kind.THANK_YOU,
                    title="Thank-you meeting",
                    plan="in the hall",
                    agenda=[],
                    planned_on=date(2026, 12, 20),
                    attendees=40,
                    customers=[],
                    joint_units=[],
                    invited_units=[],
                )
            outcomes.append("planned")
        except YearTaken as taken:
            outcomes.append(taken.code)

    threads = [threading.Thread(target=plan, args=(unit,)) for unit in UNITS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ["planned", *["year_taken"] * (len(UNITS) - 1)] == sorted(outcomes)
