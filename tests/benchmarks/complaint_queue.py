"""The queue of open complaints: a page of it costs what it shows, however many are open.

Each request goes through the whole HTTP application in this process. Nine of ten complaints are in
the hands of one person; one shop has few. Pages among 1,000, 10,000 and 100,000 open complaints.

Run it by itself: `python tests/benchmarks/complaint_queue.py [complaints ...]`.
"""

import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))

from complaint_clocks import HANDLER, MANAGER, fill, one_complaint
from sample_customers import end_in_order

from complaint import api
from complaint.domain.staff import Role
from complaint.main import RULEBOOK
from servers import running_servers
from shared.runtime import Parts
from shared.web.app import create_app
from shared.web.kit import Kit
from shared.web.testing import Caller, Issuer, callers

SIZES = (1_000, 10_000, 100_000)
ROUNDS = 30
PAGES = {
    "complaints of the company": ("/v1/complaints?order=queue", "hq"),
    "complaints of a small shop": ("/v1/complaints?order=queue", "shop-03"),
    "complaints of who has most": ("/v1/complaints?order=queue&assigned_to=me", "hq"),
    "complaints of who has few": ("/v1/complaints?order=queue&assigned_to=me", "shop-03"),
    "cases of the company": ("/v1/cases", "hq"),
}

# One in a thousand is of the small shop, and in the hands of a person of it.
SPREAD = """UPDATE cases SET
    level = 1 + n % 3,
    queue_place = (98 - n % 3) * 100 + n * 7 % 5,
    next_due_at = next_due_at + n * 7919 % 100000 * interval '1 second',
    org_unit = CASE WHEN n % 1000 = 0 THEN 'shop-03' ELSE 'shop-0' || 1 + n % 2 END
    FROM (SELECT id AS numbered, row_number() OVER (ORDER BY id) AS n FROM cases) AS counted
    WHERE numbered = id"""
HANDS = """UPDATE assignees SET person_id = :few FROM cases
    WHERE case_id = cases.id AND org_unit = 'shop-03'"""


def spread(parts: Parts) -> None:
    """Let the copies differ in level, standing, due time, unit and person."""
    with parts.engine.begin() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text(SPREAD))
        connection.execute(text(HANDS), {"few": MANAGER})
    with parts.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM ANALYZE"))
        connection.execute(text("RESET statement_timeout"))


def readers(parts: Parts) -> dict[str, Caller]:
    """Who asks for each of the pages."""
    issuer = Issuer()
    kit = Kit(
        service="complaint",
        sessions=parts.sessions,
        begin=parts.begin,
        clock=parts.clock,
        verifier=issuer.verifier("complaint"),
        outbox_age=lambda: 0.0,
    )
    blueprints = api.blueprints(RULEBOOK)(kit)
    app = create_app("complaint", blueprints=blueprints, kit=kit, title="Huiyin complaint")
    known = callers(app, issuer, audience="complaint")
    role = Role.GENERAL_SERVICE_MANAGER.value
    return {
        name: known(str(HANDLER if unit == "hq" else MANAGER), role, unit=unit)
        for name, (_, unit) in PAGES.items()
    }


def measured(caller: Caller, path: str) -> tuple[float, float]:
    """The milliseconds of a first page, and of the one behind it."""
    took: tuple[list[float], list[float]] = ([], [])
    for turn in range(-2, ROUNDS):
        found = _read(caller, path, took[0], turn)
        cursor = found["next_cursor"]
        _read(caller, f"{path}{'&' if '?' in path else '?'}cursor={cursor}", took[1], turn)
    return 1_000 * median(took[0]), 1_000 * median(took[1])


def _read(caller: Caller, path: str, took: list[float], turn: int) -> dict[str, str]:
    begun = perf_counter()
    answer = caller.get(path.removesuffix("&cursor=None").removesuffix("?cursor=None"))
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}: {answer.text[:300]}")
    if turn >= 0:
        took.append(perf_counter() - begun)
    found: dict[str, str] = answer.json
    return found


def main() -> None:
    end_in_order()
    sizes = tuple(int(one) for one in sys.argv[1:]) or SIZES
    first = 1
    each: dict[str, list[float]] = {name: [] for name in PAGES}
    with (
        running_servers(lambda line: print(line, file=sys.stderr)) as servers,
        one_complaint(servers.postgres) as (parts, _),
    ):
        known = readers(parts)
        for size in sizes:
            fill(parts, first, size)
            spread(parts)
            first = size + 1
            for name, (path, _) in PAGES.items():
                page, behind = measured(known[name], path)
                each[name].append(page)
                print(
                    f"{name:<28} {size:>7,} open: {page:>6.1f} ms a first page,"
                    f" {behind:>6.1f} ms the next"
                )
    for name, took in each.items():
        print(f"{name:<28} among the most against among the fewest: {took[-1] / took[0]:.2f}")


if __name__ == "__main__":
    main()
