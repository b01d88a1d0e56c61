"""From the commit of a complaint to its effect in another service, through real processes.

Idle: twenty complaints a second; when are their events in notify's inbox, when are they handled?
Sustained: 16 connections post complaints as fast as they are answered, while the relay publishes
and notify plans the messages; and how fast a backlog of complaints runs off when nobody posts.
Nothing may be lost and nothing may happen twice, which is counted at the end.

Run it by itself: `python tests/benchmarks/end_to_end.py`.
"""

import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import psycopg
from loading import load, percentiles_ms
from sample_deployment import UNITS, Sample, complaint_target, loaded, plain, take_in

from server_admin import wait_until
from servers import running_servers

IDLE = 200
BETWEEN = 0.05  # seconds
LOOK_EVERY = 0.0005
SUSTAINED = 640
BACKLOG = 640
ROUNDS = 3
SETTLING = 300.0
RUNNING = ("complaint web", "complaint relay", "notify worker")
EVENTS = 2  # a complaint: filed, which notify ticks off, and assigned, which it acts upon

SEEN = """SELECT count(*), count(*) FILTER (WHERE state <> 'pending') FROM inbox
WHERE subject = %s"""
HANDLED = """SELECT count(*) FROM inbox
WHERE type = 'complaint.assigned.v1' AND state = 'handled'"""
SPAN = """SELECT count(*), extract(epoch FROM max(handled_at) - min(received_at)) FROM inbox
WHERE type LIKE 'complaint.%%' AND received_at > %s AND state <> 'pending'"""
NOW = "SELECT clock_timestamp()"
EFFECTS = """SELECT count(DISTINCT subject), count(*) FROM messages
WHERE reason = 'complaint_assigned'"""


def ask(notify: psycopg.Connection, query: str, *values: object) -> tuple[Any, ...]:
    row = notify.execute(query, values or None).fetchone()
    assert row is not None
    return row


def until(notify: psycopg.Connection, subject: str, column: int) -> float:
    """When all events of a complaint are in notify's inbox (0), or done with (1)."""
    given_up = time.perf_counter() + SETTLING
    while ask(notify, SEEN, subject)[column] < EVENTS:
        if time.perf_counter() > given_up:
            raise RuntimeError(f"the events of {subject} do not come")
        time.sleep(LOOK_EVERY)
    return time.perf_counter()


def idle(sample: Sample, notify: psycopg.Connection) -> None:
    arrived, handled = [], []
    for _ in range(IDLE):
        complaint = take_in(sample, sample.parts["complaint"])
        committed = time.perf_counter()
        arrived.append(until(notify, f"complaint/{complaint}", 0) - committed)
        handled.append(until(notify, f"complaint/{complaint}", 1) - committed)
        time.sleep(max(0.0, committed + BETWEEN - time.perf_counter()))
    p50, p99 = percentiles_ms(arrived)
    print(f"commit to inbox, idle: p50 {p50:.1f} ms, p99 {p99:.1f} ms (target 10 and 40)")
    p50, p99 = percentiles_ms(handled)
    print(f"commit to handled, idle: p50 {p50:.1f} ms, p99 {p99:.1f} ms")


def handled_all(notify: psycopg.Connection, count: int) -> Callable[[], bool]:
    return lambda: bool(ask(notify, HANDLED)[0] >= count)


def sustained(sample: Sample, notify: psycopg.Connection) -> list[float]:
    """Complaints a second from the first request to the last effect, posting and all."""
    rates = []
    for _ in range(ROUNDS):
        before = ask(notify, HANDLED)[0]
        begun = time.perf_counter()
        posted = len(load(complaint_target(sample, *UNITS), SUSTAINED).latencies)
        done = handled_all(notify, before + posted)
        wait_until(done, seconds=SETTLING, what="the effects")
        rates.append(posted / (time.perf_counter() - begun))
    return rates


def backlog(sample: Sample, notify: psycopg.Connection) -> list[float]:
    """Events a second while the relay finds the outbox full, by the times in notify's inbox."""
    rates = []
    for _ in range(ROUNDS):
        sample.made.crash("complaint relay")
        before, since = ask(notify, HANDLED)[0], ask(notify, NOW)[0]
        posted = len(load(complaint_target(sample, *UNITS), BACKLOG).latencies)
        sample.made.restart("complaint relay")
        done = handled_all(notify, before + posted)
        wait_until(done, seconds=SETTLING, what="the backlog")
        count, seconds = ask(notify, SPAN, since)
        rates.append(count / float(seconds))
    return rates


def check(sample: Sample, notify: psycopg.Connection) -> None:
    """Stop when an effect is missing or there twice: a faster loss measures nothing."""
    with psycopg.connect(plain(sample.made.databases["complaint"])) as complaint:
        filed = ask(complaint, "SELECT count(*) FROM complaints")[0]
    subjects, effects = ask(notify, EFFECTS)
    if (filed, filed) != (subjects, effects):
        raise RuntimeError(f"{filed} complaints, {effects} messages about {subjects}")
    print(f"{filed:,} complaints, {effects:,} messages: none lost, none twice")


def main() -> None:
    with (
        running_servers(lambda line: print(line, file=sys.stderr)) as servers,
        loaded(servers, *RUNNING) as sample,
        psycopg.connect(plain(sample.made.databases["notify"]), autocommit=True) as notify,
    ):
        idle(sample, notify)
        rate = median(sustained(sample, notify))
        print(f"posted, published, handled: {rate:.0f} complaints/s, {EVENTS * rate:.0f} events/s")
        rate = median(backlog(sample, notify))
        print(f"a backlog runs off: {rate:.0f} events/s")
        check(sample, notify)


if __name__ == "__main__":
    main()
