"""The way of work orders through real processes: how soon, and a thousand a minute.

Idle: an order is issued over HTTP; when has its receiver, who asks at once, accepted it, and when
is the message to him planned in notify's ledger? Sustained: for three minutes as many orders a
minute begin as the target says, and each comes to its receiver by gunicorn: draft, issue, accept.
For three more each goes the whole way, seven commands: complete, call back, sign and archive as
well. Besides these, one in twenty is left with its receiver until its reply is overdue, which a
timer tells. Dispatch's worker and relay and notify's worker run beside it, on the same cores as the
servers and those who ask.

No number may be missing or twice, and no message lost, which is counted at the end.

Run it by itself: `python tests/benchmarks/dispatch_orders.py [--seconds n] [--rate n]`.
"""

import argparse
import json
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from itertools import count
from statistics import median
from typing import Any
from uuid import uuid4

import psutil
import psycopg
from loading import percentiles_ms
from sample_deployment import JSON, Sample, loaded, plain

from server_admin import wait_until
from servers import running_servers

RATE, SECONDS = 1_000, 180
LATE_OF = 20  # one order in so many is left until its reply is overdue
LATE_AFTER = 5.0  # seconds
AT_ONCE = 16
IDLE, BETWEEN, LOOK_EVERY = 100, 0.1, 0.0005
LOOK_AT_LAG = 2.0  # seconds
SETTLING = 120.0
MEGABYTE = 1_000_000
OURS = ("dispatch web", "dispatch worker", "dispatch relay")
RUNNING = (*OURS, "notify worker")
SIGNED = {"name": "Zhang San"}
WAYS = {False: "came to their receivers", True: "went the whole way"}

UNSENT = """SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)
FROM outbox WHERE published_at IS NULL"""
PENDING = "SELECT count(*) FROM inbox WHERE state = 'pending'"
LATENESS = """SELECT extract(epoch FROM overdue_at - reply_due_at) FROM work_orders
WHERE overdue_at IS NOT NULL"""
UNTOLD = """SELECT count(*) FROM work_orders WHERE overdue_at IS NULL AND state = 'issued'"""
PLANNED = "SELECT count(*) FROM messages WHERE reason = 'work_order_issued' AND subject = %s"
TOLD = "SELECT count(DISTINCT subject), count(*) FROM messages WHERE reason = 'work_order_issued'"
NUMBERS = """SELECT count(*), count(DISTINCT order_no),
max(substring(order_no FROM '[0-9]+$')::bigint) FROM work_orders WHERE order_no IS NOT NULL"""


@dataclass(frozen=True)
class Office:
    """Who orders and who works, and where they ask."""

    address: str
    dispatcher: str
    worker: str
    worker_id: str

    @classmethod
    def of(cls, sample: Sample) -> "Office":
        worker = sample.company.one("repair_worker")
        dispatcher = sample.company.one("dispatcher")
        web = sample.made.processes["dispatch web"]
        return cls(web.address.removeprefix("http://"), dispatcher.token, worker.token, worker.id)


class Desk:
    """One keep-alive connection, by which one order goes its way."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.connection = HTTPConnection(office.address, timeout=60)

    def post(self, token: str, path: str, body: dict[str, Any]) -> Any:
        """Raises RuntimeError for an answer that is no success."""
        headers = {**JSON, "Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid4())}
        self.connection.request("POST", path, json.dumps(body), headers)
        answer = self.connection.getresponse()
        said = answer.read()
        if answer.status not in (200, 201):
            raise RuntimeError(f"{path} answered {answer.status}: {said[:500]!r}")
        return json.loads(said)

    def draft(self, *, due_in: float = 86_400) -> str:
        """Begin an order whose reply is due in so many seconds; returns its path."""
        due_at = datetime.now(UTC) + timedelta(seconds=due_in)
        body = {
            "place": "Building 3, gate 2",
            "content": "The lock does not close",
            "requirements": "Bring a lock of the same make",
            "reply_due_at": due_at.isoformat(),
            "receiver_id": self.office.worker_id,
        }
        made = self.post(self.office.dispatcher, "/v1/work-orders", body)
        return f"/v1/work-orders/{made['work_order_id']}"

    def issue(self, path: str) -> None:
        self.post(self.office.dispatcher, f"{path}/issues", {})

    def accept(self, path: str) -> None:
        self.post(self.office.worker, f"{path}/acceptances", {"signature": SIGNED})

    def finish(self, path: str) -> None:
        """All that follows the acceptance."""
        called = {"method": "telephone", "satisfied": True, "result": "All well"}
        done = {"remarks": "Changed", "client_signature": SIGNED}
        self.post(self.office.worker, f"{path}/completions", done)
        self.post(self.office.dispatcher, f"{path}/call-backs", called)
        self.post(self.office.dispatcher, f"{path}/signatures", {"signature": SIGNED})
        self.post(self.office.dispatcher, f"{path}/archives", {})


def ask(database: psycopg.Connection, query: str, *values: object) -> tuple[Any, ...]:
    row = database.execute(query, values or None).fetchone()
    assert row is not None
    return row


def idle(office: Office, notify: psycopg.Connection) -> None:
    """Issue orders one by one. A first few only warm the processes up."""
    desk = Desk(office)
    accepted, planned = [], []
    for number in range(IDLE + IDLE // 5):
        path = desk.draft()
        begun = time.perf_counter()
        desk.issue(path)
        answered = time.perf_counter()
        desk.accept(path)
        accepted.append(time.perf_counter() - begun)
        until(notify, "work_order/" + path.rpartition("/")[2])
        planned.append(time.perf_counter() - answered)
        if number < IDLE // 5:
            accepted, planned = [], []
        time.sleep(BETWEEN)
    p50, p99 = percentiles_ms(accepted)
    print(f"issue sent to accepted by the receiver, idle: p50 {p50:.1f} ms, p99 {p99:.1f} ms")
    p50, p99 = percentiles_ms(planned)
    print(f"issue answered to his message planned, idle: p50 {p50:.1f} ms, p99 {p99:.1f} ms")


def until(notify: psycopg.Connection, subject: str) -> None:
    given_up = time.perf_counter() + SETTLING
    while not ask(notify, PLANNED, subject)[0]:
        if time.perf_counter() > given_up:
            raise RuntimeError(f"no message about {subject} comes")
        time.sleep(LOOK_EVERY)


@dataclass
class Watch:
    """What the processes held and how far behind they were, every two seconds."""

    sample: Sample
    dispatch: psycopg.Connection
    notify: psycopg.Connection
    resident: list[tuple[float, ...]] = field(default_factory=list)  # MB of each of OURS
    lags: list[tuple[float, int]] = field(default_factory=list)  # age of the outbox, inbox

    def look(self) -> None:
        made = self.sample.made.processes
        self.resident.append(tuple(held_mb(made[name].running) for name in OURS))
        age, pending = ask(self.dispatch, UNSENT)[1], ask(self.notify, PENDING)[0]
        self.lags.append((float(age), pending))

    @contextmanager
    def looking(self) -> Iterator[None]:
        ended = threading.Event()

        def look_on() -> None:
            while not ended.wait(LOOK_AT_LAG):
                self.look()

        looker = threading.Thread(target=look_on)
        looker.start()
        try:
            yield
        finally:
            ended.set()
            looker.join()


def family(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


def held_mb(process: psutil.Process) -> float:
    return float(sum(one.memory_info().rss for one in family(process))) / MEGABYTE


def spent(sample: Sample) -> dict[str, float]:
    """The processor seconds of each process and its children so far."""
    made = sample.made.processes
    return {
        name: sum(sum(one.cpu_times()[:2]) for one in family(made[name].running))
        for name in RUNNING
    }


@dataclass(frozen=True)
class Done:
    """What was done in how many seconds: what each order took, and how many were left besides."""

    seconds: float
    took: list[float]
    left: int


def sustained(office: Office, seconds: float, rate: float, *, whole: bool) -> Done:
    """Begin an order at each of its times, or as soon as a desk is free; each goes the ``whole``
    way, or to its receiver."""
    numbers, lock, begun = count(), threading.Lock(), time.perf_counter()
    took: list[float] = []
    left = 0

    def work() -> None:
        nonlocal left
        desk = Desk(office)
        while True:
            with lock:
                number = next(numbers)
            at = begun + 60 * number / rate
            if max(at, time.perf_counter()) >= begun + seconds:
                return
            time.sleep(max(0.0, at - time.perf_counter()))
            started = time.perf_counter()
            late = number % LATE_OF == LATE_OF - 1
            if late:
                desk.issue(desk.draft(due_in=LATE_AFTER))
            path = desk.draft()
            desk.issue(path)
            desk.accept(path)
            if whole:
                desk.finish(path)
            with lock:
                left += late
                took.append(time.perf_counter() - started)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for one in [pool.submit(work) for _ in range(AT_ONCE)]:
            one.result()
    return Done(time.perf_counter() - begun, took, left)


def report(
    done: Done, processors: dict[str, float], watch: Watch, rate: float, *, whole: bool
) -> None:
    orders = len(done.took)
    p50, p99 = percentiles_ms(done.took)
    print(
        f"{orders:,} orders {WAYS[whole]} in {done.seconds:.0f} s:"
        f" {60 * orders / done.seconds:,.0f} a minute (target {rate:,.0f}),"
        f" besides {done.left:,} left to be overdue"
    )
    print(f"one order: p50 {p50:.0f} ms, p99 {p99:.0f} ms")
    each = ", ".join(f"{name} {1_000 * one / orders:.1f}" for name, one in processors.items())
    print(f"CPU ms an order: {each}")
    third = max(1, len(watch.resident) // 3)
    for place, name in enumerate(OURS):
        second = median(one[place] for one in watch.resident[third : 2 * third] or watch.resident)
        last = median(one[place] for one in watch.resident[-third:])
        first = watch.resident[0][place]
        print(
            f"{name:16} holds {first:.0f} MB at first, {second:.0f} in the second third,"
            f" {last:.0f} in the last: {last / second:.3f} (target at most 1.02)"
        )
    (age, pending), (most, largest) = watch.lags[-1], map(max, zip(*watch.lags, strict=True))
    print(f"oldest unsent event: {age:.2f} s at the end, {most:.2f} s at most")
    print(f"pending in notify's inbox: {pending:,} at the end, {largest:,} at most")


def check(dispatch: psycopg.Connection, notify: psycopg.Connection, late: int) -> None:
    """Stop when a number is missing or twice, or a message: a faster loss measures nothing."""
    wait_until(lambda: not ask(dispatch, UNTOLD)[0], seconds=SETTLING, what="the overdue replies")
    found = [float(one) for (one,) in dispatch.execute(LATENESS).fetchall()]
    if len(found) != late:
        raise SystemExit(f"{len(found)} replies were told as overdue where {late} were.")
    p50, p99 = percentiles_ms(found)
    print(f"an overdue reply is told {p50:.0f} ms after it was due (median), {p99:.0f} ms (p99)")
    issued, numbers, last = ask(dispatch, NUMBERS)
    if not issued == numbers == last:
        raise SystemExit(f"{issued} orders have {numbers} numbers up to {last}.")
    begun = time.perf_counter()
    wait_until(lambda: ask(notify, TOLD)[0] >= issued, seconds=SETTLING, what="the messages")
    after = time.perf_counter() - begun
    if ask(notify, TOLD) != (issued, issued):
        raise SystemExit(f"{ask(notify, TOLD)} messages about {issued} orders.")
    print(
        f"{issued:,} orders, their numbers without a gap, {issued:,} messages: none lost, none"
        f" twice; the last came {after:.1f} s after the last order"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--rate", type=float, default=RATE, help="orders a minute")
    asked = parser.parse_args()
    with (
        running_servers(lambda line: print(line, file=sys.stderr)) as servers,
        loaded(servers, *RUNNING) as sample,
        closing(psycopg.connect(plain(sample.made.databases["dispatch"]), autocommit=True)) as ours,
        closing(psycopg.connect(plain(sample.made.databases["notify"]), autocommit=True)) as notify,
    ):
        office = Office.of(sample)
        idle(office, notify)
        left = 0
        for whole in WAYS:
            watch, before = Watch(sample, ours, notify), spent(sample)
            with watch.looking():
                done = sustained(office, asked.seconds, asked.rate, whole=whole)
            watch.look()
            processors = {name: one - before[name] for name, one in spent(sample).items()}
            report(done, processors, watch, asked.rate, whole=whole)
            left += done.left
        check(ours, notify, left)


if __name__ == "__main__":
    main()
