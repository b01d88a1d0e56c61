"""The ledger of messages, to a sink in this process, and what a receiver that hangs costs others.

Rate: messages that are planned are claimed, handed over and concluded by notify's sender, against
the same statements in transactions of the same size by psycopg, in turns. Every message is counted:
one that the sink did not get, or got twice, is an error.

Delay: messages to some hosts, without and with another that hangs and for which messages were
planned before; how long does it take until the last of the others has gone out?

Run it by itself: `python tests/benchmarks/message_sending.py`.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))

from notify.adapters.contacts import Contact
from notify.adapters.messages import Message
from notify.adapters.transaction import NotifyTransaction
from notify.consumers.sender import Sender
from notify.domain.contacts import Address, ContactKind
from notify.domain.delivery import Desk, Outcome, Parcel, Result
from notify.domain.lanes import lane_of
from notify.domain.messages import Intent, Urgency
from notify.domain.templates import Template, Wording
from notify.main import RULEBOOK
from notify.settings import Settings
from servers import running_servers
from shared.clock import SystemClock
from shared.database import connect, upgrade
from shared.encrypted_columns import HELD
from shared.encryption import read_encryption
from shared.ids import new_id
from shared.rules import Because
from shared.testing import KEYS, define_company
from shared.transaction import Begin, beginner

ROUNDS, MESSAGES, PERSONS = 3, 600, 100
HOSTS, OF_HOST, OF_HANGING, HANGING_SECONDS = 20, 5, 3, 2.0
HANDS = Settings.senders
CLOCK = SystemClock()
BECAUSE = Because(pack="notices", version="1", clause="6.1", rule="CP-26")
TEMPLATE = Template(
    code="visit_due", language="en", version=0, wording=Wording(title="A visit", body="It is due.")
)
EMPTY = "TRUNCATE messages, contacts, journal"

TURN = "SELECT pg_advisory_xact_lock(4873207)"
NEXT = """SELECT id FROM messages WHERE state = 'planned' AND retry_at IS NULL AND lane = 'log'
ORDER BY urgency, queued_at, id LIMIT %s"""
LOCK = "SELECT * FROM messages WHERE id = ANY(%s) FOR UPDATE SKIP LOCKED"
READ = "SELECT * FROM contacts WHERE id = ANY(%s)"
WISHES = "SELECT * FROM preferences WHERE person_id = ANY(%s)"
CLAIM = """UPDATE messages SET channel = 'log', state = 'sending', changed_at = now(),
attempts = attempts + 1, lease_until = now() + interval '60 s', version = version + 1
WHERE id = %s AND version = 1"""
CONCLUDE = """UPDATE messages SET state = 'sent', changed_at = now(), sent_at = now(),
version = version + 1 WHERE id = %s AND version = 2"""
NOTE = """INSERT INTO journal (subject, kind, at, actor, data, because)
SELECT subject, %s, now(), 'system', '{"channel": "log", "attempts": 1, "reason": null}',
'{"pack": "notices", "version": "1", "clause": "6.1", "rule": "CP-26"}'
FROM unnest(%s::text[]) AS subject"""

Sessions = sessionmaker[Session]


class Sink:
    """A channel in this process that keeps what it was given and when; ``slow`` persons hang."""

    repeatable = True

    def __init__(self, slow: UUID | None = None, *, needs_address: bool = False) -> None:
        self.needs_address = needs_address
        self.slow = slow
        self.got: list[tuple[UUID, float]] = []
        self._lock = threading.Lock()

    def send(self, parcel: Parcel) -> Outcome:
        if parcel.person_id == self.slow:
            sleep(HANGING_SECONDS)
            return Outcome(Result.DELIVERED)
        with self._lock:
            self.got.append((parcel.message_id, perf_counter()))
        return Outcome(Result.DELIVERED)


def begin_of(sessions: Sessions) -> Begin[NotifyTransaction]:
    return beginner(sessions, partial(NotifyTransaction, rulebook=RULEBOOK), "notify")


def person(address: str | None) -> Contact:
    return Contact(
        id=new_id(),
        kind=ContactKind.PERSON,
        active=True,
        name="Wang",
        language="en",
        zone="UTC",
        addresses=(Address("webhook", address),) if address else (),
    )


def planned(to: Contact, number: int) -> Message:
    """A message that has its words, as it waits for the sender."""
    now = CLOCK.now()
    intent = Intent(
        reason="visit_due",
        subject=f"visit/{number}",
        occurrence="1",
        person_id=to.id,
        org_unit="shop-01",
        template="visit_due",
        urgency=Urgency.HIGH,
        route=("webhook", "log"),
        words={},
        because=BECAUSE,
        expires_at=now + timedelta(days=1),
    )
    message = Message.of(intent, id=new_id(), now=now)
    channel, address = ("webhook", to.address_on("webhook")) if to.addresses else ("log", None)
    message.release(TEMPLATE, TEMPLATE.wording, (channel,), now)
    message.lane = lane_of(channel, address, person_id=to.id)
    return message


def fill(sessions: Sessions, persons: list[Contact], of_each: int) -> None:
    with sessions.begin() as session:
        session.execute(text(EMPTY))
    with begin_of(sessions)(now=CLOCK.now()) as tx:
        tx.session.execute(text("SET LOCAL statement_timeout = 0"))
        tx.session.add_all(persons)
        tx.session.add_all(planned(one, n) for n in range(of_each) for one in persons)


def send(sessions: Sessions, name: str, sink: Sink) -> float:
    """Send all that is planned; returns when that began."""
    sender = Sender(
        sessions=sessions,
        begin=begin_of(sessions),
        clock=CLOCK,
        real=CLOCK,
        desk=Desk({name: sink}, ("log",) if name == "log" else ()),
        hands=HANDS,
    )
    begun = perf_counter()
    while sender.send_next(threading.Event()):
        continue
    return begun


def ours(sessions: Sessions) -> float:
    """Messages a second by the sender."""
    fill(sessions, [person(None) for _ in range(PERSONS)], MESSAGES // PERSONS)
    sink = Sink()
    begun = send(sessions, "log", sink)
    took = perf_counter() - begun
    if not MESSAGES == len(sink.got) == len({one for one, _ in sink.got}):
        raise SystemExit(f"{len(sink.got)} messages went out of {MESSAGES}.")
    return MESSAGES / took


def bare(sessions: Sessions, url: str) -> float:
    """Messages a second by psycopg, in turns of as many."""
    fill(sessions, [person(None) for _ in range(PERSONS)], MESSAGES // PERSONS)
    with psycopg.connect(url, autocommit=True) as connection:
        begun = perf_counter()
        in_hand: list[Any] = []
        done = 0
        while True:
            with connection.transaction():
                conclude(connection, in_hand)
                done += len(in_hand)
                in_hand = claim(connection)
            if not in_hand:
                break
        took = perf_counter() - begun
    if done != MESSAGES:
        raise SystemExit(f"{done} messages were concluded by SQL.")
    return MESSAGES / took


def conclude(connection: psycopg.Connection, ids: list[UUID]) -> None:
    if ids:
        connection.execute(LOCK, (ids,)).fetchall()
        write(connection, CONCLUDE, ids, "message.sent")


def claim(connection: psycopg.Connection) -> list[UUID]:
    connection.execute(TURN)
    ids = [one for (one,) in connection.execute(NEXT, (HANDS,)).fetchall()]
    if ids:
        connection.execute(LOCK, (ids,)).fetchall()
        connection.execute(READ, (ids,)).fetchall()
        connection.execute(WISHES, (ids,)).fetchall()
        write(connection, CLAIM, ids, "message.sending")
    return ids


def write(connection: psycopg.Connection, update: str, ids: list[UUID], kind: str) -> None:
    for one in ids:
        connection.execute(update, (one,))
    connection.execute(NOTE, (kind, [f"message/{one}" for one in ids]))


def until_others_went(sessions: Sessions, *, hanging: bool) -> float:
    """Seconds until the last message to a host that is well went out."""
    others = [person(f"https://host-{n}.example.com/hook") for n in range(HOSTS)]
    slow = person("https://slow.example.com/hook")
    fill(sessions, others, OF_HOST)
    if hanging:
        with begin_of(sessions)(now=CLOCK.now() - timedelta(minutes=1)) as tx:
            tx.session.add(slow)
            tx.session.add_all(planned(slow, n) for n in range(OF_HANGING))
    sink = Sink(slow.id, needs_address=True)
    begun = send(sessions, "webhook", sink)
    if len(sink.got) != HOSTS * OF_HOST:
        raise SystemExit(f"{len(sink.got)} messages went to {HOSTS} hosts.")
    return max(at for _, at in sink.got) - begun


@contextmanager
def ledger(url: str) -> Iterator[Sessions]:
    engine, keys = connect(url, application="bench"), read_encryption(**KEYS)
    upgrade("notify", engine, keys)
    sessions = sessionmaker(engine, expire_on_commit=False, info={HELD: keys})
    with begin_of(sessions)(now=CLOCK.now()) as tx:
        define_company(tx.session)
    yield sessions
    engine.dispose()


def main() -> None:
    with (
        running_servers(lambda line: print(line, file=sys.stderr)) as servers,
        servers.postgres.database() as found,
    ):
        plain = found.replace("postgresql+psycopg://", "postgresql://")
        with ledger(plain.replace("postgresql://", "postgresql+psycopg://")) as sessions:
            report(sessions, plain)


def report(sessions: Sessions, url: str) -> None:
    rates = [(bare(sessions, url), ours(sessions)) for _ in range(ROUNDS)]
    by_sql, by_sender = (median(one) for one in zip(*rates, strict=True))
    print(f"the statements by psycopg  {by_sql:>8,.0f} messages/s")
    print(f"the sender to a sink       {by_sender:>8,.0f} messages/s")
    print(f"sender against the statements: {by_sender / by_sql:.2f} (target 0.50)")
    times = [
        [until_others_went(sessions, hanging=hanging) for hanging in (False, True)]
        for _ in range(ROUNDS)
    ]
    without, beside = (median(one) for one in zip(*times, strict=True))
    print(
        f"{HOSTS * OF_HOST} messages to {HOSTS} hosts: {1_000 * without:,.0f} ms, beside one that"
        f" hangs {HANGING_SECONDS:.0f} s for each of its {OF_HANGING}: {1_000 * beside:,.0f} ms"
    )
    print(f"others beside a host that hangs: {beside / without:.2f} of the time (target 1.30)")


if __name__ == "__main__":
    main()
