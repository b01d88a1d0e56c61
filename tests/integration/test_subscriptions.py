"""Events of RabbitMQ come to other systems from PostgreSQL, by two workers at once."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker
from standardwebhooks import Webhook

from notify.adapters.subscriptions.calling import Caller
from notify.adapters.subscriptions.tables import deliveries
from notify.adapters.transaction import NotifyTransaction
from notify.consumers import SUBSCRIPTIONS
from notify.consumers.deliverer import Deliverer
from notify.domain.contacts import Contact, ContactKind
from notify.main import RULEBOOK
from notify.use_cases.contacts import keep_contact
from notify.use_cases.subscriptions.keeping import register
from shared.applying import Applier
from shared.clock import SystemClock
from shared.database import connect, upgrade
from shared.inbox import store
from shared.testing import define_company, held_keys
from shared.testing_inbox import delivered
from shared.transaction import Begin, beginner

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OWNER = UUID(int=0x7000_8000 << 64 | 1)
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
TYPE = "complaint.closed.v1"
SUBJECTS, EACH = 8, 15
TOO_LONG = 60.0


class Partner(ThreadingHTTPServer):
    """A receiver that verifies what comes, and is away now and then."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.taken: dict[str, list[dict[str, Any]]] = {}
        self.asked = 0
        self.lock = threading.Lock()


class Answering(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server = cast(Partner, self.server)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        told = Webhook(SECRET).verify(body, dict(self.headers))
        with server.lock:
            server.asked += 1
            away = server.asked % 7 == 0
            if not away:
                server.taken.setdefault(self.path, []).append(told)
        self.send_response(503 if away else 204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        return None


@pytest.fixture
def partner() -> Iterator[Partner]:
    server = Partner()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def sessions(database: str) -> Iterator[sessionmaker[Session]]:
    engine = connect(database.replace("postgresql:", "postgresql+psycopg:"), application="test")
    upgrade("notify", engine)
    yield sessionmaker(engine, expire_on_commit=False, info=held_keys())
    engine.dispose()


@pytest.fixture
def begin(sessions: sessionmaker[Session]) -> Begin[NotifyTransaction]:
    made = beginner(sessions, partial(NotifyTransaction, rulebook=RULEBOOK), "notify")
    with made(now=NOW) as tx:
        define_company(tx.session)
        keep_contact(
            tx,
            Contact(
                id=OWNER,
                kind=ContactKind.PERSON,
                active=True,
                name="Wang",
                language="en",
                zone="UTC",
                addresses=(),
            ),
        )
    return made


@pytest.fixture
def played(
    begin: Begin[NotifyTransaction],
    sessions: sessionmaker[Session],
    partner: Partner,
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, list[dict[str, Any]]]:
    """What two endpoints took, by their paths, of events that two appliers applied while two
    workers delivered them."""
    quick = "notify.use_cases.subscriptions.delivering.full_jitter"
    monkeypatch.setattr(quick, lambda *_, **__: 0.02)
    for path in ("strict", "loose"):
        with begin(now=NOW) as tx:
            register(
                tx,
                url=f"http://127.0.0.1:{partner.server_port}/{path}",
                org_unit="hq",
                secret=SECRET,
                caller_unit="hq",
                allow_loopback=True,
                event_types=(TYPE,),
                description=path,
                ordered=path == "strict",
                owner_id=OWNER,
            )
    stop = threading.Event()
    with ThreadPoolExecutor(4) as workers:
        running = [workers.submit(deliver, begin, sessions, stop) for _ in range(2)]
        running += [workers.submit(apply, begin, stop) for _ in range(2)]
        try:
            happen(sessions)
            until(lambda: undelivered(sessions) == (2 * SUBJECTS * EACH, 0))
        finally:
            stop.set()
        for one in running:
            one.result()
    return partner.taken


@pytest.mark.rule("XC-14")
def test_two_workers_deliver_every_event_once_and_in_order_where_that_is_wanted(
    played: dict[str, list[dict[str, Any]]],
) -> None:
    for taken in played.values():
        assert len(taken) == len({told["id"] for told in taken}) == SUBJECTS * EACH
    for number in range(SUBJECTS):
        of_one = [one for one in played["/strict"] if one["subject"] == f"complaint/{number}"]
        assert [one["sequence"] for one in of_one] == list(range(1, EACH + 1))


def happen(sessions: sessionmaker[Session]) -> None:
    for sequence in range(1, EACH + 1):
        batch = [
            delivered(TYPE, subject=f"complaint/{n}", sequence=sequence, data={}, orgunit="shop-01")
            for n in range(SUBJECTS)
        ]
        with sessions.begin() as session:
            store(session, batch, now=datetime.now(UTC))


def apply(begin: Begin[NotifyTransaction], stop: threading.Event) -> None:
    clock = SystemClock()
    applier = Applier(
        service="notify", begin=begin, subscriptions=SUBSCRIPTIONS, clock=clock, real=clock
    )
    while not stop.is_set():
        if not applier.apply_next():
            time.sleep(0.01)


def deliver(
    begin: Begin[NotifyTransaction], sessions: sessionmaker[Session], stop: threading.Event
) -> None:
    clock = SystemClock()
    deliverer = Deliverer(
        sessions=sessions,
        begin=begin,
        clock=clock,
        real=clock,
        caller=Caller(now=clock.now, allow_loopback=True),
        senders=4,
    )
    while not stop.is_set():
        if not deliverer.deliver_next(stop):
            time.sleep(0.01)


def undelivered(sessions: sessionmaker[Session]) -> tuple[int, int]:
    """How many deliveries there are, and how many of them are not delivered."""
    with sessions() as session:
        rows = session.execute(select(deliveries.c.state, func.count()).group_by("state")).all()
    counts = {state.value: count for state, count in rows}
    return sum(counts.values()), sum(counts.values()) - counts.get("delivered", 0)


def until(happened: Any) -> None:
    ends = time.monotonic() + TOO_LONG
    while not happened():
        assert time.monotonic() < ends, "it did not happen"
        time.sleep(0.1)
