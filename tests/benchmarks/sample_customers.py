"""A database of customer with as many customers as wanted, made by SQL in it alone.

Most of them stand in one of 200 shops each, one of ten in a second one, and forty in a small shop.
"""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))

from customer.main import SERVICE
from customer.settings import Settings
from server_admin import Postgres
from shared import org_units
from shared.database import upgrade
from shared.runtime import Parts, create_parts
from shared.testing import KEYS, define_company

SHOPS = 200
SMALL_SHOP, SMALL = "shop-small", 40
REGIONS = ("region-north", "region-south")
BECAUSE = """'{"pack": "generic", "version": "1", "clause": "000 S3", "rule": "CL-01"}'"""
VISITOR = UUID(int=0x7000_8000 << 64 | 1)

# Ids rise with the number, as those of real life do with time.
ID = "(lpad(to_hex({of}), 12, '0') || '70008000' || lpad(to_hex({n}), 12, '0'))::uuid"
CUSTOMER = ID.format(of="n", n="n")
SHOP = f"CASE WHEN n <= {SMALL} THEN '{SMALL_SHOP}' ELSE 'bench-' || n % {SHOPS} END"
NUMBERS = "FROM generate_series(CAST(:first AS bigint), CAST(:last AS bigint)) AS n"
ROWS = {
    "customers": f"""INSERT INTO customers (id, number, name, name_key, kind, industry,
        annual_amount, org_unit, visitor_id, registered_at, version)
        SELECT {CUSTOMER}, 'B-' || n, 'Customer ' || n, 'customer' || n, 'franchisee', 'hotel',
        n % 900 * 10000, {SHOP}, '{VISITOR}', now(), 1 {NUMBERS}""",
    "memberships": f"""INSERT INTO memberships (customer_id, unit, standing, since, version)
        SELECT {CUSTOMER}, {SHOP}, 'entered', now(), 1 {NUMBERS}
        UNION ALL SELECT {CUSTOMER}, 'bench-' || (n + 7) % {SHOPS}, 'prospect', now(), 1 {NUMBERS}
        WHERE n % 10 = 0 AND n > {SMALL}""",
    "grades": f"""INSERT INTO grades (customer_id, unit, scheme, product, grade, because,
        graded_at, internal, version)
        SELECT {CUSTOMER}, {SHOP}, 'size', '',
        CASE WHEN n % 1000 = 0 THEN 'large' WHEN n % 3 = 0 THEN 'medium' ELSE 'small' END,
        {BECAUSE}, now(), false, 1 {NUMBERS}""",
    "contacts": f"""INSERT INTO contacts (id, customer_id, name, language, zone, active,
        version) SELECT {ID.format(of="n", n="n + 1")}, {CUSTOMER}, 'Li Hua', 'zh-CN',
        'Asia/Shanghai', true, 1 {NUMBERS}""",
    "visits": f"""INSERT INTO visits (id, customer_id, org_unit, activity, role, visitor_id, due_on,
        because, planned_at, state, version)
        SELECT {CUSTOMER}, {CUSTOMER}, {SHOP}, 'visit', 'customer_service_team',
        ('00000000000070008000' || lpad(to_hex(n % 997 + 1), 12, '0'))::uuid,
        current_date + 1 + (n % 365)::integer, {BECAUSE}, now(), 'planned', 1 {NUMBERS}""",
    "timers": f"""INSERT INTO timers (kind, subject, due_at, data)
        SELECT 'visit.remind', 'visit/' || {CUSTOMER}, now() + interval '1 day' * (1 + n % 365),
        jsonb_build_object('visit_id', {CUSTOMER}, 'because', {BECAUSE}::jsonb) {NUMBERS}""",
}

INDEXES = """SELECT indexname, indexdef FROM pg_indexes WHERE tablename = :name
AND indexname NOT IN (SELECT conname FROM pg_constraint)"""


@contextmanager
def empty_customer(postgres: Postgres) -> Iterator[Parts]:
    """The parts of customer on a database of its own, with its units and nobody in them; it is
    dropped at the end."""
    with postgres.database() as url:
        settings = Settings(database_url=url, broker_url="memory://", jwks="-", issuer="-", **KEYS)
        parts = create_parts(SERVICE, settings, told=lambda: None)
        try:
            upgrade("customer", parts.engine)
            with parts.sessions.begin() as session:
                _units(session)
            yield parts
        finally:
            parts.engine.dispose()


def fill(parts: Parts, first: int, last: int, *, tables: tuple[str, ...] = tuple(ROWS)) -> None:
    """Put the customers from number ``first`` to ``last`` into these tables."""
    with parts.engine.begin() as connection:
        # Whether rows refer to rows that are there is known; a crash loses the database anyway.
        _set(connection, statement_timeout="0", session_replication_role="replica")
        _set(connection, synchronous_commit="off", maintenance_work_mem="512MB")
        for table in tables:
            with _without_indexes(connection, table):
                connection.execute(text(ROWS[table]), {"first": first, "last": last})
    with parts.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM ANALYZE"))
        connection.execute(text("RESET statement_timeout"))


def end_in_order() -> None:
    """Let a request to end, as of a time limit, leave every ``with``: servers and databases go."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended before its time"))


@contextmanager
def _without_indexes(connection: Connection, table: str) -> Iterator[None]:
    """Indexes are made sooner than kept; those of primary keys grow at their end anyway."""
    found = connection.execute(text(INDEXES), {"name": table}).all()
    for name, _ in found:
        connection.execute(text(f"DROP INDEX {name}"))
    yield
    for _, made in found:
        connection.execute(text(made))


def customer_id(number: int) -> UUID:
    """The id of the customer of that number."""
    return UUID(f"{number:012x}70008000{number:012x}")


def _units(session: Session) -> None:
    define_company(session)
    shops = [(f"bench-{n}", REGIONS[n % len(REGIONS)]) for n in range(SHOPS)]
    for unit, parent in [*shops, (SMALL_SHOP, "region-north")]:
        org_units.define(session, unit=unit, parent=parent, kind="shop", name=unit, calendar=None)


def _set(connection: Connection, **options: Any) -> None:
    for name, value in options.items():
        connection.execute(text(f"SET LOCAL {name} = '{value}'"))
