"""An import of customers against PostgreSQL's own rate for the same rows, inserted in batches.

The peer writes every row of every table that the import wrote, in batches of the same size, a
commit each. Run it by itself: `python tests/benchmarks/customer_import.py [rows]`.
"""

import csv
import io
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Table, create_engine, insert, select

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))

from customer.adapters.tables import metadata
from customer.api.import_runs import BATCH
from customer.domain.import_cells import COLUMNS
from customer.main import SERVICE
from servers import Servers, running_servers
from shared.clock import SystemClock
from shared.database import upgrade
from shared.runtime import Parts, create_parts, create_web
from shared.tables import plumbing
from shared.testing import KEYS, define_company
from shared.web.testing import Issuer, callers

ROWS = 20_000
SHOPS = ("shop-01", "shop-02", "shop-03", "shop-04")
VISITOR = UUID(int=0x7000_8000 << 64 | 1)


def content(rows: int) -> Iterator[bytes]:
    """A file of customers, each with a contact, in pieces."""
    text = io.StringIO()
    csv.writer(text).writerow(COLUMNS)
    for n in range(rows):
        cells = dict.fromkeys(COLUMNS, "") | {
            "number": f"B-{n:07}",
            "name": f"河畔家居 {n}",
            "kind": "franchisee",
            "annual_amount": str(n % 900),
            "org_unit": SHOPS[n % len(SHOPS)],
            "since": "2024-05-31",
            "contact_name": f"李华 {n}",
            "phone": f"138{n:08}",
            "email": f"li{n}@example.com",
        }
        csv.writer(text).writerow(cells.values())
        if text.tell() > 1 << 16:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


@contextmanager
def company(url: str) -> Iterator[Parts]:
    """The service on an empty database, with units and one visitor."""
    database = "postgresql+psycopg://" + url.partition("://")[2]
    settings = SERVICE.settings(
        database_url=database, broker_url="memory://", jwks="unused", issuer="tests", **KEYS
    )
    parts = create_parts(SERVICE, settings, told=lambda: None)
    upgrade("customer", parts.engine)
    with parts.begin(now=SystemClock().now()) as tx:
        define_company(tx.session)
        posts = [("sales-centre", "customer_service_team")]
        tx.staff.keep(VISITOR, active=True, superior_id=None, posts=posts)
    yield parts
    parts.engine.dispose()


def imported(parts: Parts, rows: int, folder: Path) -> tuple[float, dict[str, Any]]:
    """How many seconds the import took, and its report."""
    issuer = Issuer()
    jwks = folder / "jwks.json"
    jwks.write_bytes(issuer.jwks())
    object.__setattr__(parts.settings, "jwks", str(jwks))
    office = callers(create_web(parts), issuer, audience="customer")(
        str(VISITOR), "sales_back_office", unit="hq"
    )
    file = folder / "customers.csv"
    with file.open("wb") as written:
        written.writelines(content(rows))
    with file.open("rb") as read:
        started = time.perf_counter()
        answer = office.post(
            "/v1/customers/imports",
            input_stream=read,
            content_length=file.stat().st_size,
            content_type="text/csv",
        )
        seconds = time.perf_counter() - started
    if answer.status_code != 200 or answer.json["created"] != rows:
        raise RuntimeError(answer.text[:500])
    return seconds, answer.json


def tables() -> list[Table]:
    return [*metadata.sorted_tables, *plumbing.sorted_tables]


def copied(parts: Parts, url: str, rows: int) -> tuple[float, int]:
    """How many seconds PostgreSQL takes for the same rows in as many batches, and how many rows."""
    engine = create_engine("postgresql+psycopg://" + url.partition("://")[2])
    upgrade("customer", engine)
    batches = -(-rows // BATCH)
    seconds, written = 0.0, 0
    shares = []
    with parts.engine.connect() as connection:
        for table in tables():
            found = [dict(row) for row in connection.execute(select(table)).mappings()]
            size = max(1, -(-len(found) // batches))
            shares.append((table, [found[n : n + size] for n in range(0, len(found), size)]))
            written += len(found)
    for number in range(batches):
        started = time.perf_counter()
        with engine.begin() as connection:
            for table, share in shares:
                if number < len(share):
                    connection.execute(insert(table), share[number])
        seconds += time.perf_counter() - started
    engine.dispose()
    return seconds, written


def measured(servers: Servers, rows: int) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        servers.postgres.database() as ours,
        servers.postgres.database() as theirs,
        company(ours) as parts,
    ):
        took, _ = imported(parts, rows, Path(folder))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # The peer reads all rows.
        peer, written = copied(parts, theirs, rows)
    print(f"import: {rows} rows in {took:.1f} s, {rows / took:,.0f}/s")
    print(f"the same {written} rows of all tables by SQL: {peer:.1f} s, {rows / peer:,.0f}/s")
    print(f"import / SQL: {peer / took:.2f} (target 0.50); peak memory of the import {peak:.0f} MB")


def main() -> None:
    rows = int(next(islice(sys.argv, 1, None), ROWS))
    with running_servers(lambda line: print(line, file=sys.stderr)) as servers:
        measured(servers, rows)


if __name__ == "__main__":
    main()
