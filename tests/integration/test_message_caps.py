"""Several plan what one person is to be told at once: the cap of the day holds."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from notify.adapters.message_table import messages
from notify.adapters.transaction import NotifyTransaction
from notify.domain.contacts import Address, Contact, ContactKind
from notify.domain.message_states import State, Why
from notify.domain.messages import Intent, Purpose, Urgency
from notify.main import RULEBOOK
from notify.use_cases.contacts import keep_contact
from notify.use_cases.planning import plan
from shared.database import connect, upgrade
from shared.encrypted_columns import HELD
from shared.encryption import read_encryption
from shared.ids import new_id
from shared.rules import Because
from shared.testing import KEYS, define_company
from shared.transaction import Begin, beginner

NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)  # noon in Shanghai
CONTACT, CUSTOMER = new_id(), new_id()
BECAUSE = Because(pack="care", version="1", clause="1", rule="CM-02")
AT_ONCE = 8
MOST = 2  # courtesies a day, by the pack of the house


@pytest.fixture(params=["sqlite", "postgresql"])
def sessions(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sessionmaker[Session]]:
    keys = read_encryption(**KEYS)
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'notify.db'}"
        engine = connect(url, application="test")
    else:
        url = request.getfixturevalue("database").replace("postgresql:", "postgresql+psycopg:")
        engine = connect(url, application="test", pool_size=AT_ONCE)
    upgrade("notify", engine, keys)
    yield sessionmaker(engine, expire_on_commit=False, info={HELD: keys})
    engine.dispose()


@pytest.fixture
def begin(sessions: sessionmaker[Session]) -> Begin[NotifyTransaction]:
    made = beginner(sessions, partial(NotifyTransaction, rulebook=RULEBOOK), "notify")
    with made(now=NOW) as tx:
        define_company(tx.session)
    with made(now=NOW) as tx:
        keep_contact(tx, known())
    return made


def known() -> Contact:
    return Contact(
        id=CONTACT,
        kind=ContactKind.CUSTOMER_CONTACT,
        active=True,
        name="One of many",
        language="en",
        zone="Asia/Shanghai",
        addresses=(Address("smtp", "one@example.com"),),
        org_unit="shop-01",
        customer_id=CUSTOMER,
    )


def offer(number: int) -> Intent:
    return Intent(
        reason="offer",
        subject=f"contact/{CONTACT}",
        occurrence=str(number),
        person_id=CONTACT,
        org_unit="shop-01",
        template="birthday_greeting",
        urgency=Urgency.NORMAL,
        route=("smtp",),
        words={},
        because=BECAUSE,
        expires_at=NOW + timedelta(days=3),
        customer_id=CUSTOMER,
        purpose=Purpose.CARE,
    )


def test_several_who_plan_at_once_do_not_go_over_the_cap(
    begin: Begin[NotifyTransaction], sessions: sessionmaker[Session]
) -> None:
    start = threading.Barrier(AT_ONCE)

    def say(number: int) -> None:
        start.wait()
        with begin(now=NOW) as tx:
            plan(tx, offer(number))

    threads = [threading.Thread(target=say, args=(one,)) for one in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with sessions() as session:
        rows = session.execute(select(messages.c.state, messages.c.state_reason)).all()
    assert sorted(map(tuple, rows), key=str) == sorted(
        [(State.PLANNED, None)] * MOST + [(State.HELD, Why.CAP_REACHED)] * (AT_ONCE - MOST),
        key=str,
    )
