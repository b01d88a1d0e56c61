"""The worker against PostgreSQL doing the same statements by a bare driver.

Consumer: messages of a queue into the inbox, against the same rows inserted in the same batches.
Appliers: against the same statements in the same transactions, sent by psycopg.
Timers: what a firing costs beside 1,000 and beside 100,000 that are pending.

Run it by itself: `python tests/benchmarks/worker.py`.
"""

import sys
import threading
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

import pika
import psycopg
from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session, sessionmaker

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))

from effects_worker import Reading, database_of, on_filed, on_remind
from servers import running_servers
from shared import topology
from shared.applying import Applier
from shared.clock import SystemClock
from shared.consuming import Consumer
from shared.firing import Firing
from shared.inbox import store
from shared.reading_envelopes import Delivery
from shared.storing import Storer
from shared.subscriptions import Subscription
from shared.tables import inbox, timers
from shared.testing_inbox import delivered
from shared.transaction import Transaction, beginner

ROUNDS = 5
EVENTS = 6_000
SUBJECTS = 500
APPLIED = 1_000
FIRED = 300
BATCH = 200
EMPTY = "TRUNCATE inbox, inbox_subjects, inbox_quarantine, timers, effects, firings"

Sessions = sessionmaker[Session]
CLOCK = SystemClock()

INSERT = """INSERT INTO inbox (event_id, type, subject, sequence, private, body, state, received_at)
VALUES (%s, %s, %s, %s, false, %s, 'pending', now()) ON CONFLICT DO NOTHING"""
WAKE = """INSERT INTO inbox_subjects (subject, applied, due_at, parked) VALUES (%s, 0, now(), false)
ON CONFLICT (subject) DO UPDATE SET due_at = coalesce(inbox_subjects.due_at, now())"""
CLAIM = """SELECT subject, applied, gap_since FROM inbox_subjects WHERE due_at <= now()
ORDER BY due_at LIMIT 10 FOR UPDATE SKIP LOCKED"""
ROWS = """(SELECT subject, event_id, type, sequence, state, attempts, body FROM inbox
WHERE subject = %s AND sequence > %s ORDER BY sequence LIMIT 21)"""
EFFECT = "INSERT INTO effects (subject, sequence) VALUES (%s, %s)"
TICK = """UPDATE inbox SET state = 'handled', handled_at = now(),
body = CASE WHEN private THEN '' ELSE body END WHERE event_id = ANY(%s)"""
MOVE = """UPDATE inbox_subjects SET applied = %s, gap_since = NULL,
due_at = CASE WHEN %s THEN now() END WHERE subject = %s"""


def events(count: int, subjects: int) -> list[Delivery]:
    """Return messages of about 1 kB, the subjects taking turns."""
    data = {"text": "喂" * 200}
    return [
        delivered(subject=f"complaint/{n % subjects}", sequence=n // subjects + 1, data=data)
        for n in range(count)
    ]


def bare_insert(url: str, deliveries: Sequence[Delivery]) -> float:
    """Insert by psycopg in transactions of a batch; return events a second."""
    rows = [
        (one.message_id, one.routing_key, f"complaint/{n % SUBJECTS}", n // SUBJECTS + 1,
         one.raw.decode())
        for n, one in enumerate(deliveries)
    ]  # fmt: skip
    with psycopg.connect(url, autocommit=True) as connection, connection.cursor() as cursor:
        begun = perf_counter()
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            with connection.transaction():
                cursor.executemany(INSERT, batch)
                cursor.executemany(WAKE, [(subject,) for _, _, subject, _, _ in batch])
        return len(rows) / (perf_counter() - begun)


def publish(url: str, deliveries: Sequence[Delivery]) -> None:
    """Fill the inbox queue of dispatch."""
    with pika.BlockingConnection(pika.URLParameters(url)) as connection:
        channel = connection.channel()
        for one in deliveries:
            properties = pika.BasicProperties(
                content_type=one.content_type, message_id=one.message_id, delivery_mode=2
            )
            channel.basic_publish(topology.EVENTS, str(one.routing_key), one.raw, properties)
        while channel.queue_declare("dispatch.inbox", passive=True).method.message_count < len(
            deliveries
        ):
            sleep(0.05)


def consume(sessions: Sessions, broker: str, deliveries: Sequence[Delivery]) -> float:
    """Take the messages of the queue into the inbox; return events a second."""
    publish(broker, deliveries)
    left = [len(deliveries)]
    done = threading.Event()

    def count(stored: Sequence[object]) -> None:
        left[0] -= len(stored)
        if left[0] <= 0:
            done.set()

    storer = Storer(
        service="dispatch",
        sessions=sessions,
        real=CLOCK,
        wake=lambda: None,
        on_stored=count,
        trusted_users=["guest"],
    )
    consumer = Consumer(service="dispatch", url=broker, storer=storer)
    thread = threading.Thread(target=consumer.run)
    begun = perf_counter()
    thread.start()
    done.wait()
    took = perf_counter() - begun
    consumer.stop()
    thread.join()
    return len(deliveries) / took


def bare_apply(url: str) -> float:
    """Send by psycopg what an applier sends, and nothing else; return events a second."""
    applied = 0
    with psycopg.connect(url, autocommit=True) as connection:
        begun = perf_counter()
        while done := bare_transaction(connection):
            applied += done
        return applied / (perf_counter() - begun)


def bare_transaction(connection: psycopg.Connection) -> int:
    """Take ten subjects and at most twenty events; return how many were applied."""
    ids, moves = [], []
    with connection.transaction():
        claimed = connection.execute(CLAIM).fetchall()
        if not claimed:
            return 0
        connection.execute("SELECT clock_timestamp()").fetchone()
        ask = " UNION ALL ".join([ROWS] * len(claimed))
        asked = [value for subject, applied, _ in claimed for value in (subject, applied)]
        behind: dict[str, list[tuple]] = {subject: [] for subject, _, _ in claimed}
        for row in connection.execute(ask, asked):
            behind[row[0]].append(row)
        for subject, applied, _ in claimed:
            taken = behind[subject][: 20 - len(ids)]
            for row in taken:
                connection.execute(EFFECT, (subject, row[3]))
            ids += [row[1] for row in taken]
            moves.append((applied + len(taken), len(behind[subject]) > len(taken), subject))
            if len(ids) == 20:
                break
        connection.execute(TICK, (ids,))
        connection.cursor().executemany(MOVE, moves)
    return len(ids)


def apply(sessions: Sessions) -> float:
    """Apply by one applier; return events a second."""
    applier = Applier(
        service="dispatch",
        begin=beginner(sessions, Transaction, "dispatch"),
        subscriptions={"complaint.filed.v1": Subscription(Reading(), on_filed)},
        clock=CLOCK,
        real=CLOCK,
    )
    begun = perf_counter()
    while applier.apply_next():
        continue
    return APPLIED / (perf_counter() - begun)


def applying(sessions: Sessions, url: str, subjects: int) -> tuple[float, float]:
    """Apply the same events both ways; return the bare rate and ours."""
    rates: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for mine, how in ((0, lambda: bare_apply(url)), (1, lambda: apply(sessions))):
            empty(sessions)
            with sessions.begin() as session:
                store(session, events(APPLIED, subjects), now=CLOCK.now())
            rates[mine].append(how())
    return median(rates[0]), median(rates[1])


def firing(sessions: Sessions, pending: int) -> float:
    """Return the milliseconds that one firing takes beside ``pending`` timers."""
    empty(sessions)
    now = CLOCK.now()
    far = [
        {"kind": "remind", "subject": f"far/{n}", "due_at": now + timedelta(days=1 + n), "data": {}}
        for n in range(pending)
    ]
    near = [
        {"kind": "remind", "subject": f"near/{n}", "due_at": now - timedelta(seconds=n), "data": {}}
        for n in range(FIRED)
    ]
    with sessions.begin() as session:
        session.execute(text("SET LOCAL statement_timeout = 0"))
        session.execute(insert(timers), far + near)
    begin = beginner(sessions, Transaction, "dispatch")
    fires = Firing(
        service="dispatch", begin=begin, timers={"remind": on_remind}, clock=CLOCK, real=CLOCK
    )
    begun = perf_counter()
    while fires.fire_next():
        continue
    return 1_000 * (perf_counter() - begun) / FIRED


def empty(sessions: Sessions) -> None:
    with sessions.begin() as session:
        session.execute(text(EMPTY))


def consuming(sessions: Sessions, url: str, broker: str) -> tuple[float, float]:
    """Store the same messages both ways; return the bare rate and ours."""
    bare, ours = [], []
    for _ in range(ROUNDS):
        empty(sessions)
        bare.append(bare_insert(url, events(EVENTS, SUBJECTS)))
        empty(sessions)
        ours.append(consume(sessions, broker, events(EVENTS, SUBJECTS)))
        with sessions() as session:
            if session.scalar(select(func.count()).select_from(inbox)) != EVENTS:
                raise SystemExit("The consumer did not store every message.")
    return median(bare), median(ours)


def main() -> None:
    with (
        running_servers(lambda line: print(line, file=sys.stderr)) as servers,
        servers.postgres.database() as url,
        servers.broker.vhost() as vhost,
        database_of(url) as sessions,
    ):
        topology.declare(vhost.url)
        plain = url.replace("postgresql+psycopg://", "postgresql://")
        report(sessions, plain, vhost.url)


def report(sessions: Sessions, url: str, broker: str) -> None:
    bare, ours = consuming(sessions, url, broker)
    print(f"batched inserts by psycopg   {bare:>8,.0f} events/s")
    print(f"consumer into the inbox      {ours:>8,.0f} events/s")
    print(f"consumer against the inserts: {ours / bare:.2f} (target 0.60)")
    for name, subjects in (("one event a subject", APPLIED), ("runs of twenty", APPLIED // 20)):
        bare, ours = applying(sessions, url, subjects)
        print(f"{name}: bare statements {bare:,.0f}, applier {ours:,.0f} events/s")
        print(f"applier against the statements, {name}: {ours / bare:.2f} (target 0.70)")
    few, many = (median(firing(sessions, n) for _ in range(3)) for n in (1_000, 100_000))
    print(f"a firing beside 1,000 timers {few:.2f} ms, beside 100,000 {many:.2f} ms")
    print(f"cost beside 100,000 against 1,000: {many / few:.2f} (target flat, 1.00)")


if __name__ == "__main__":
    main()
