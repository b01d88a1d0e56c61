"""The clocks of complaints: what is due costs, what is open does not, and each is fired in time.

The same number of deadlines passes among 1,000, 10,000 and 100,000 open complaints: what one
costs, and how late two workers are with deadlines that pass one after the other. Besides, how long
it takes to explain a clock that was held and went on again and again.

Run it by itself: `python tests/benchmarks/complaint_clocks.py [complaints ...]`.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from threading import Event
from time import perf_counter
from uuid import UUID

from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))

from sample_customers import end_in_order

from complaint.consumers import TIMERS
from complaint.domain.clock_rules import ClockRule, TimeUnit
from complaint.domain.clocks import Clock, ClockName
from complaint.domain.intake import Channel, Complainant, Details, Intake, Subject
from complaint.domain.pauses import PauseReason
from complaint.domain.staff import Caller, Role
from complaint.main import SERVICE
from complaint.settings import Settings
from complaint.use_cases.filing import file_complaint
from complaint.use_cases.handling import make_first_contact
from server_admin import Postgres
from servers import running_servers
from shared.clock import SystemClock
from shared.database import upgrade
from shared.firing import Firing
from shared.ids import new_id
from shared.rules import Because, Ruling
from shared.runtime import Parts, create_parts
from shared.testing import CALENDAR, KEYS, define_company
from shared.working_time import Calendar

SIZES = (1_000, 10_000, 100_000)
DUE, ROUNDS = 100, 3
WORKERS, PASSING, GAP = 2, 200, 0.05
EVENTS, EXPLAINED = 1_000, 20
CLOCK = SystemClock()
HANDLER, MANAGER = UUID(int=0x7000_8000 << 64 | 1), UUID(int=0x7000_8000 << 64 | 2)
STAFF = {HANDLER: Role.REGIONAL_SERVICE_ASSISTANT, MANAGER: Role.GENERAL_SERVICE_MANAGER}

# One complaint, whose progress contact is awaited, stands model for all others.
ID = "(lpad(to_hex(n), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid"
MODELS = {"cases": ("id", "number"), "complaints": ("id",), "forms": ("id", "complaint_id")}
PARTS = {"assignees": ("case_id",), "clocks": ("id", "case_id")}
TIMER = f"""INSERT INTO timers (kind, subject, due_at, data)
    SELECT 'case.wake', 'complaint/' || {ID}, now() + interval '6 days', '{{}}'::jsonb
    FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS n"""
PASS = """UPDATE clocks SET deadline_due_at = :at, deadline_warn_at = NULL, breached_at = NULL
    WHERE case_id = :case AND stopped_at IS NULL"""
WAKE = "UPDATE timers SET due_at = :at WHERE subject = 'complaint/' || CAST(:case AS text)"


@contextmanager
def one_complaint(postgres: Postgres) -> Iterator[tuple[Parts, str]]:
    """The parts of complaint on a database of its own, with a complaint in it, and its address."""
    with postgres.database() as url:
        parts = parts_on(url)
        try:
            upgrade("complaint", parts.engine)
            with parts.begin(now=datetime.now(UTC)) as tx:
                define_company(tx.session)
                for person, role in STAFF.items():
                    post = ("general-service", role)
                    tx.staff.keep(person, active=True, superior_id=None, posts=[post])
            _file(parts)
            yield parts, url
        finally:
            parts.engine.dispose()


def parts_on(url: str) -> Parts:
    """The parts of complaint on that database."""
    settings = Settings(database_url=url, broker_url="memory://", jwks="-", issuer="-", **KEYS)
    return create_parts(SERVICE, settings, told=lambda: None)


def _file(parts: Parts) -> None:
    handler = Caller(HANDLER, frozenset({Role.REGIONAL_SERVICE_ASSISTANT}), "hq")
    now = datetime.now(UTC)
    intake = Intake(
        "general-service", Complainant.CONSUMER, Channel.SMS, Subject.PRODUCT_QUALITY, now
    )
    with parts.begin(now=now) as tx:
        filed = file_complaint(tx, by=handler, intake=intake, details=Details()).id
    with parts.begin(now=now) as tx:
        make_first_contact(tx, filed, by=handler, learnt={"reason": "a", "course": "b"})


def fill(parts: Parts, first: int, last: int) -> None:
    """Put open complaints with the numbers from ``first`` to ``last`` beside the model."""
    numbers = {"first": first, "last": last}
    with parts.engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table, own in {**MODELS, **PARTS}.items():
            columns = [row[0] for row in connection.execute(text(COLUMNS), {"name": table})]
            told = ["'B-' || n" if one == "number" else ID for one in own]
            values = [*told, *(f"m.{one}" for one in columns if one not in own)]
            names = [*own, *(one for one in columns if one not in own)]
            connection.execute(text(_copies(table, names, values)), numbers)
        connection.execute(text(TIMER), numbers)
    with parts.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM ANALYZE"))
        connection.execute(text("RESET statement_timeout"))


COLUMNS = """SELECT column_name FROM information_schema.columns
    WHERE table_name = :name AND table_schema = 'public' ORDER BY ordinal_position"""


def _copies(table: str, names: list[str], values: list[str]) -> str:
    """Of a clock only the running one is copied."""
    running = "WHERE m.stopped_at IS NULL" if table == "clocks" else ""
    return f"""INSERT INTO {table} ({", ".join(names)}) SELECT {", ".join(values)}
        FROM (SELECT * FROM {table} m {running} ORDER BY 1 DESC LIMIT 1) m,
        generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS n"""


def _id(number: int) -> UUID:
    return UUID(f"{number:012x}70008000{number:012x}")


def make_due(parts: Parts, numbers: range, at: datetime, *, gap: float = 0.0) -> None:
    """The deadlines of these complaints pass at ``at``, each ``gap`` seconds behind the other."""
    rows = [
        {"case": _id(n), "at": at + timedelta(seconds=gap * place)}
        for place, n in enumerate(numbers)
    ]
    with parts.sessions.begin() as session:
        session.execute(text(PASS), rows)
        session.execute(text(WAKE), rows)


def fired(parts: Parts, numbers: range) -> float:
    """The milliseconds of one deadline that passed."""
    make_due(parts, numbers, datetime.now(UTC) - timedelta(minutes=1))
    work = Firing(service="complaint", begin=parts.begin, timers=TIMERS, clock=CLOCK, real=CLOCK)
    begun, done = perf_counter(), 0
    while work.fire_next():
        done += 1
    took = perf_counter() - begun
    if done != len(numbers):
        raise SystemExit(f"{done} timers fired where {len(numbers)} were due.")
    return 1_000 * took / done


def lateness(parts: Parts, url: str, numbers: range) -> tuple[float, float]:
    """How many milliseconds after the deadline a breach is told: the median and the 99th
    percentile, with two workers."""
    begin = datetime.now(UTC) + timedelta(seconds=8)
    make_due(parts, numbers, begin, gap=GAP)
    until = begin + timedelta(seconds=GAP * len(numbers) + 10)
    with get_context("spawn").Pool(WORKERS) as pool:
        pool.starmap(work_until, [(url, until)] * WORKERS)
    with parts.sessions() as session:
        found = session.execute(text(TOLD), {"since": begin}).scalars()
        late = [1_000 * float(one) for one in found]
    if len(late) != len(numbers):
        raise SystemExit(f"{len(late)} breaches were told where {len(numbers)} passed.")
    return median(late), quantiles(late, n=100)[98]


TOLD = """SELECT extract(epoch FROM breached_at - deadline_due_at) FROM clocks
    WHERE deadline_due_at >= :since AND breached_at IS NOT NULL"""


def work_until(url: str, until: datetime) -> None:
    """What a worker does with timers, in a process of its own."""
    parts = parts_on(url)
    work = Firing(service="complaint", begin=parts.begin, timers=TIMERS, clock=CLOCK, real=CLOCK)
    pause = Event()
    while datetime.now(UTC) < until:
        if not work.fire_next():
            pause.wait(0.2)
    parts.engine.dispose()


def explained() -> float:
    """The milliseconds of explaining a clock with a thousand events."""
    calendar = Calendar.from_data(CALENDAR)
    heeding = frozenset({PauseReason.WAITING_FOR_CUSTOMER})
    rule = ClockRule(within=999, unit=TimeUnit.WORKING_HOUR, hard=True, pauses=heeding)
    because = Because(pack="p", version="1", clause="1", rule="PT-12")
    now = datetime(2026, 1, 5, 1, tzinfo=UTC)
    clock = Clock.started(
        ClockName.REPLY,
        id=new_id(),
        level=1,
        rules=[Ruling(rule, because)],
        calendar=calendar,
        at=now,
        now=now,
    )
    for _ in range(EVENTS // 2):
        until = now + timedelta(minutes=20)
        reason = PauseReason.WAITING_FOR_CUSTOMER
        clock.hold(now + timedelta(minutes=10), reason=reason, until=until, calendar=calendar)
        now = now + timedelta(minutes=20)
        clock.release(now, calendar=calendar, now=now)
    took = []
    for _ in range(EXPLAINED):
        begun = perf_counter()
        clock.course(calendar=calendar)
        clock.deadlines(calendar=calendar)
        took.append(perf_counter() - begun)
    return 1_000 * median(took)


def main() -> None:
    end_in_order()
    sizes = tuple(int(one) for one in sys.argv[1:]) or SIZES
    first, each = 1, []
    with (
        running_servers(lambda line: print(line, file=sys.stderr)) as servers,
        one_complaint(servers.postgres) as (parts, url),
    ):
        for size in sizes:
            fill(parts, first, size)
            first = size + 1
            tops = [range(size - n * DUE - DUE + 1, size - n * DUE + 1) for n in range(ROUNDS)]
            each.append(median(fired(parts, numbers) for numbers in tops))
            print(f"{DUE} deadlines among {size:>7,} open complaints: {each[-1]:>5.1f} ms each")
        middle, late = lateness(parts, url, range(1, PASSING + 1))
        print(
            f"{PASSING} deadlines, {1 / GAP:.0f} a second, {WORKERS} workers: told"
            f" {middle:.0f} ms after they passed (median), {late:.0f} ms (p99, target 1000)"
        )
    print(f"among the most against among the fewest: {each[-1] / each[0]:.2f} (target 1.3)")
    print(f"explaining a clock of {EVENTS:,} events: {explained():.1f} ms (target 20)")


if __name__ == "__main__":
    main()
