"""Several processes send from one ledger: nothing twice, nothing lost, each host one at a time."""

import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

import sending_process
from notify.adapters.contacts import Contact
from notify.adapters.message_table import messages
from notify.adapters.transaction import NotifyTransaction
from notify.domain.contacts import Address, ContactKind
from notify.domain.message_states import State
from notify.domain.messages import Intent, Urgency
from notify.main import RULEBOOK
from notify.use_cases.planning import plan
from server_admin import wait_until
from shared.clock import SystemClock
from shared.database import connect, upgrade
from shared.encrypted_columns import HELD
from shared.encryption import read_encryption
from shared.ids import new_id
from shared.rules import Because
from shared.testing import KEYS, define_company
from shared.transaction import beginner

HOSTS, OF_EACH, OF_SUBJECT = 5, 12, 4
LEASE_SECONDS = 7.0  # The channel gives up after five.
BECAUSE = Because(pack="notices", version="1", clause="6.1", rule="CP-26")
CLOCK = SystemClock()
Sessions = sessionmaker[Session]


class Host(ThreadingHTTPServer):
    """Takes its time for each message and keeps how many it had at once, and the ids."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.person, self.lock = new_id(), threading.Lock()
        self.now = self.most = 0
        self.ids: list[UUID] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class Answering(BaseHTTPRequestHandler):
    server: Host

    def do_POST(self) -> None:
        host = self.server
        with host.lock:
            host.now += 1
            host.most = max(host.most, host.now)
            host.ids.append(UUID(self.headers["webhook-id"]))
        self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(0.02)
        with host.lock:
            host.now -= 1
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return None


@pytest.fixture
def hosts() -> Iterator[list[Host]]:
    with ExitStack() as stack:
        made = [stack.enter_context(Host()) for _ in range(HOSTS)]
        for one in made:
            threading.Thread(target=one.serve_forever, daemon=True).start()
            stack.callback(one.shutdown)
        yield made


@pytest.fixture
def url(database: str) -> str:
    return database.replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture
def sessions(url: str) -> Iterator[Sessions]:
    engine, keys = connect(url, application="test"), read_encryption(**KEYS)
    upgrade("notify", engine, keys)
    yield sessionmaker(engine, expire_on_commit=False, info={HELD: keys})
    engine.dispose()


@contextmanager
def sending(url: str) -> Iterator["subprocess.Popen[bytes]"]:
    program = [
        sys.executable,
        sending_process.__file__,
        url,
        str(LEASE_SECONDS),
        KEYS["field_keys"],
    ]
    with subprocess.Popen(program) as process:
        try:
            yield process
        finally:
            process.kill()


def fill(sessions: Sessions, hosts: list[Host]) -> dict[UUID, tuple[UUID, str]]:
    """Plan messages to the person of each host; to each id, whom it tells about what."""
    planned = {}
    with beginner(sessions, partial(NotifyTransaction, rulebook=RULEBOOK), "notify")(
        now=CLOCK.now()
    ) as tx:
        define_company(tx.session)
        for host in hosts:
            address = Address("webhook", host.url)
            tx.contacts.keep(person(host.person, address))
        tx.session.flush()
        for number in range(OF_EACH):
            for host in hosts:
                subject = f"visit/{number // OF_SUBJECT}"
                message = plan(tx, intent(host.person, subject, str(number), CLOCK))
                assert message is not None
                planned[message.id] = (host.person, subject)
    return planned


def person(id: UUID, address: Address) -> Contact:
    return Contact(
        id=id,
        kind=ContactKind.PERSON,
        active=True,
        name="Wang",
        language="en",
        zone="Asia/Shanghai",
        addresses=(address,),
    )


def intent(person_id: UUID, subject: str, occurrence: str, clock: SystemClock) -> Intent:
    return Intent(
        reason="visit_due",
        subject=subject,
        occurrence=occurrence,
        person_id=person_id,
        org_unit="shop-01",
        template="visit_due",
        urgency=Urgency.HIGH,  # It breaks through the quiet hours of whoever tests at night.
        route=("webhook",),
        words={"customer_id": "1", "due_on": "2026-03-31"},
        because=BECAUSE,
        expires_at=clock.now() + timedelta(days=1),
    )


def states(sessions: Sessions) -> Counter[State]:
    with sessions() as session:
        query = select(messages.c.state, func.count().label("count")).group_by(messages.c.state)
        return Counter({row.state: row.count for row in session.execute(query)})


def in_order(host: Host, planned: dict[UUID, tuple[UUID, str]]) -> bool:
    """Whether what is about one subject came in the order of planning, repetitions left out."""
    first = list(dict.fromkeys(host.ids))
    by_subject: dict[str, list[UUID]] = {}
    for one in first:
        by_subject.setdefault(planned[one][1], []).append(one)
    return all(ids == sorted(ids) for ids in by_subject.values())


def test_two_processes_send_each_message_once_in_order_and_to_a_host_one_at_a_time(
    url: str, sessions: Sessions, hosts: list[Host]
) -> None:
    planned = fill(sessions, hosts)
    with sending(url), sending(url):
        wait_until(
            lambda: states(sessions)[State.SENT] == len(planned), seconds=120, what="all messages"
        )

    assert set(planned) == {one for host in hosts for one in host.ids}
    assert len(planned) == sum(len(host.ids) for host in hosts)
    assert [1] * HOSTS == [host.most for host in hosts]
    assert all(in_order(host, planned) for host in hosts)


def test_what_a_process_had_in_hand_when_it_was_killed_is_sent_by_another(
    url: str, sessions: Sessions, hosts: list[Host]
) -> None:
    planned = fill(sessions, hosts)
    with sending(url) as first, sending(url):
        wait_until(
            lambda: states(sessions)[State.SENT] > HOSTS, seconds=60, what="the first messages"
        )
        first.kill()
        wait_until(
            lambda: states(sessions)[State.SENT] == len(planned), seconds=120, what="all messages"
        )

    came = [one for host in hosts for one in host.ids]
    assert set(planned) == set(came)
    assert len(came) - len(planned) <= sending_process.HANDS
    assert all(in_order(host, planned) for host in hosts)


def test_a_process_that_is_asked_to_end_leaves_nothing_in_hand(
    url: str, sessions: Sessions, hosts: list[Host]
) -> None:
    planned = fill(sessions, hosts)
    with sending(url) as only:
        wait_until(
            lambda: states(sessions)[State.SENT] > HOSTS, seconds=60, what="the first messages"
        )
        only.send_signal(signal.SIGTERM)
        assert only.wait(30) == 0
    found = states(sessions)

    assert found[State.SENDING] == 0
    assert found[State.SENT] == sum(len(host.ids) for host in hosts) < len(planned)
