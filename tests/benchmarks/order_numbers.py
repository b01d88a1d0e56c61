"""What a series of numbers without a gap costs, when eight issue orders at once.

Eight processes issue drafts of one unit, each in a transaction of its own, by the use case itself;
in turns with the same, where the number comes from a sequence of PostgreSQL, which leaves a gap
when a transaction rolls back and makes nobody wait. Every tenth transaction is rolled back.

At the end the numbers are counted: one that is missing or there twice is an error.

Run it by itself: `python tests/benchmarks/order_numbers.py`.
"""

import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import monotonic, sleep
from uuid import UUID

from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))
sys.path.insert(0, str(Path(__file__).parents[2] / "services" / "dispatch"))

from tests.company import DISPATCHER, ORDER, WORKER, make_company

from dispatch.main import RULEBOOK, SERVICE
from dispatch.settings import Settings
from dispatch.use_cases.work_orders import draft_work_order, issue_work_order
from server_admin import Postgres
from servers import running_servers
from shared import numbers
from shared.clock import SystemClock
from shared.database import upgrade
from shared.runtime import Parts, create_parts
from shared.testing import KEYS

ISSUERS, ROUNDS, EACH = 8, 5, 40  # orders of one issuer in a round
UNDONE_OF = 10  # one transaction in so many is rolled back
SEQUENCE = "ungapped"
CLOCK = SystemClock()
FIRST_OF_SEQUENCE = 10_000_000
MADE = f"CREATE SEQUENCE {SEQUENCE} START WITH {FIRST_OF_SEQUENCE}"
COUNTED = f"""SELECT count(*), count(DISTINCT number), max(number) FROM
(SELECT substring(order_no FROM '[0-9]+$')::bigint AS number FROM work_orders) AS numbered
WHERE number < {FIRST_OF_SEQUENCE}"""
HELD: list[Parts] = []


class Undone(Exception):
    """A transaction that is given up after its order had a number."""


def parts_on(url: str, keys: dict[str, str]) -> Parts:
    """The parts of dispatch on that database."""
    settings = Settings(database_url=url, broker_url="memory://", jwks="-", issuer="-", **keys)
    return create_parts(SERVICE, settings, told=lambda: None)


def connect(url: str, keys: dict[str, str]) -> None:
    """Each issuer's own connections."""
    HELD.append(parts_on(url, keys))


def draft(parts: Parts, count: int) -> list[UUID]:
    """Orders that only have to be issued."""
    due_at = CLOCK.now() + timedelta(days=1)
    fields = {**ORDER, "receiver_id": UUID(WORKER.id), "reply_due_at": due_at}
    with parts.begin(now=CLOCK.now()) as tx:
        return [draft_work_order(tx, caller=DISPATCHER, **fields).id for _ in range(count)]


def issue(order_ids: list[UUID], begin_at: float, *, gapless: bool) -> tuple[float, float]:
    """When the first of these orders was begun, and when the last was issued."""
    parts = HELD[0]
    sleep(max(0.0, begin_at - monotonic()))
    begun = monotonic()
    with numbered(gapless=gapless):
        for place, order_id in enumerate(order_ids):
            if place % UNDONE_OF == 0:
                give_up(parts, order_id)
            with parts.begin(now=CLOCK.now()) as tx:
                issue_work_order(tx, order_id, caller=DISPATCHER)
    return begun, monotonic()


def give_up(parts: Parts, order_id: UUID) -> None:
    try:
        with parts.begin(now=CLOCK.now()) as tx:
            issue_work_order(tx, order_id, caller=DISPATCHER)
            raise Undone
    except Undone:
        return


@contextmanager
def numbered(*, gapless: bool) -> Iterator[None]:
    """Numbers come from the series, or from a sequence instead; all else stays as it is."""
    taking = numbers.taking
    if not gapless:
        numbers.taking = lambda _dialect: text(f"SELECT nextval('{SEQUENCE}')")
    try:
        yield
    finally:
        numbers.taking = taking


def rate(pool: ProcessPoolExecutor, parts: Parts, *, gapless: bool) -> float:
    """Orders a second, issued by all at once."""
    shares = [draft(parts, EACH) for _ in range(ISSUERS)]
    begin_at = monotonic() + 0.5
    running = [pool.submit(issue, share, begin_at, gapless=gapless) for share in shares]
    spans = [one.result() for one in running]
    seconds = max(end for _, end in spans) - min(begun for begun, _ in spans)
    return ISSUERS * EACH / seconds


@contextmanager
def company(postgres: Postgres) -> Iterator[tuple[Parts, str]]:
    """The parts of dispatch on a database of its own that holds the company, and its address."""
    with postgres.database() as bare:
        url = "postgresql+psycopg://" + bare.partition("://")[2]
        parts = parts_on(url, KEYS)
        try:
            upgrade("dispatch", parts.engine)
            make_company(parts.sessions, RULEBOOK)
            with parts.engine.begin() as connection:
                connection.execute(text(MADE))
            yield parts, url
        finally:
            parts.engine.dispose()


def check(parts: Parts, issued: int) -> None:
    """Stop when a number is missing or twice: a faster one measures nothing."""
    with parts.engine.connect() as connection:
        count, different, last = connection.execute(text(COUNTED)).one()
    if not count == different == last == issued:
        raise SystemExit(f"{issued} orders have {count} numbers, {different} of them up to {last}.")
    print(f"{issued:,} numbers of one series: none missing, none twice")


def main() -> None:
    spawning = get_context("spawn")
    with (
        running_servers(lambda line: print(line, file=sys.stderr)) as servers,
        company(servers.postgres) as (parts, url),
        ProcessPoolExecutor(ISSUERS, spawning, initializer=connect, initargs=(url, KEYS)) as pool,
    ):
        rates: dict[bool, list[float]] = {True: [], False: []}
        for number in range(ROUNDS + 1):
            for gapless in (True, False):
                found = rate(pool, parts, gapless=gapless)
                if number:  # The first round warms the processes up.
                    rates[gapless].append(found)
        check(parts, ISSUERS * EACH * (ROUNDS + 1))
    for gapless, name in ((True, "without a gap"), (False, "of a sequence")):
        print(f"{ISSUERS} issuers, numbers {name}: {median(rates[gapless]):>6.0f} orders/s")
    costs = [ungapped / own for own, ungapped in zip(rates[True], rates[False], strict=True)]
    print(f"what a number without a gap costs: {median(costs):.2f} (target at most 2)")


if __name__ == "__main__":
    main()
