"""A day of greetings beside ever more contacts: who has his birthday costs, who has not does not.

The same number of birthdays falls on a day among 10,000, 100,000 and 1,000,000 contacts who are
awaited each on some other day. Claiming the timer, planning the greeting and awaiting the next year
is measured.

Run it by itself: `python tests/benchmarks/care_planning.py [contacts ...]`.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))

from sample_customers import end_in_order

from notify.consumers import TIMERS
from notify.domain.birthdays import Birthday, BirthdayCalendar
from notify.domain.contacts import Address, Contact, ContactKind
from notify.main import SERVICE
from notify.settings import Settings
from notify.use_cases.contacts import keep_contact
from server_admin import Postgres
from servers import running_servers
from shared.clock import SystemClock
from shared.database import upgrade
from shared.firing import Firing
from shared.ids import new_id
from shared.runtime import Parts, create_parts
from shared.testing import KEYS, define_company
from shared.web.testing import StandingClock

SIZES = (10_000, 100_000, 1_000_000)
DUE, ROUNDS = 100, 3
NOON = datetime(2026, 6, 2, 4, tzinfo=UTC)  # In Shanghai; no festival is on that day.
TODAY = Birthday(BirthdayCalendar.SOLAR, 6, 2)
CONTACTS = """INSERT INTO contacts
    (id, kind, active, name, language, zone, org_unit, customer_id, birthday)
SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'customer_contact', true,
    'Contact', 'zh-CN', 'Asia/Shanghai', 'shop-01', gen_random_uuid(),
    '{"calendar": "solar", "month": 7, "day": 1, "leap_month": false}'
FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS n"""
AWAITED = """INSERT INTO timers (kind, subject, due_at, data)
SELECT 'care.birthday', 'contact/00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'),
    timestamptz '2026-07-01 01:00+00' + (n % 300) * interval '1 day', '{"on": "2026-07-01"}'
FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS n"""


@contextmanager
def empty_notify(postgres: Postgres) -> Iterator[Parts]:
    """The parts of notify on a database of its own with the sample company; dropped at the end."""
    with postgres.database() as url:
        settings = Settings(database_url=url, broker_url="memory://", jwks="-", issuer="-", **KEYS)
        parts = create_parts(SERVICE, settings, told=lambda: None)
        try:
            upgrade("notify", parts.engine)
            with parts.sessions.begin() as session:
                define_company(session)
            yield parts
        finally:
            parts.engine.dispose()


def fill(parts: Parts, first: int, last: int) -> None:
    """Contacts number ``first`` to ``last``, each awaited on another day than today."""
    with parts.engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        for statement in (CONTACTS, AWAITED):
            connection.execute(text(statement), {"first": first, "last": last})
    with parts.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def greeted(parts: Parts) -> float:
    """The milliseconds of one greeting of a day on which DUE contacts have their birthday."""
    for _ in range(DUE):
        with parts.begin(now=NOON) as tx:
            keep_contact(tx, born_today())
    before = _greetings(parts)
    work = Firing(
        service="notify",
        begin=parts.begin,
        timers=TIMERS,
        clock=StandingClock(NOON),
        real=SystemClock(),
    )
    begun = perf_counter()
    while work.fire_next():
        continue
    took = perf_counter() - begun
    if _greetings(parts) - before != DUE:
        raise SystemExit(f"{_greetings(parts) - before} were greeted where {DUE} were due.")
    return 1_000 * took / DUE


def born_today() -> Contact:
    id_ = new_id()
    return Contact(
        id=id_,
        kind=ContactKind.CUSTOMER_CONTACT,
        active=True,
        name="Contact",
        language="zh-CN",
        zone="Asia/Shanghai",
        addresses=(Address("log", str(id_)),),
        birthday=TODAY,
        org_unit="shop-01",
        customer_id=new_id(),
    )


def _greetings(parts: Parts) -> int:
    with parts.sessions() as session:
        found = session.execute(text("SELECT count(*) FROM messages WHERE reason = 'birthday'"))
        return int(found.scalar_one())


def main() -> None:
    end_in_order()
    sizes = tuple(int(one) for one in sys.argv[1:]) or SIZES
    first, each = 1, []
    with (
        running_servers(lambda line: print(line, file=sys.stderr)) as servers,
        empty_notify(servers.postgres) as parts,
    ):
        for size in sizes:
            fill(parts, first, size)
            first = size + 1
            each.append(median(greeted(parts) for _ in range(ROUNDS)))
            print(f"{DUE} birthdays among {size:>9,} contacts: {each[-1]:>5.1f} ms each")
    print(f"among the most against among the fewest: {each[-1] / each[0]:.2f} (target 1.3)")


if __name__ == "__main__":
    main()
