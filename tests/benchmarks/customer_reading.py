"""Reading among a million customers, against bare SQL by SQLAlchemy that finds the same rows.

Each request goes through the whole HTTP application in this process: token, scope, query, masking,
JSON. The bare SQL is what one would write by hand, scope and grades included; both take turns.

Run it by itself: `python tests/benchmarks/customer_reading.py [customers]`.
"""

import json
import sys
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))

from loading import percentiles_ms
from sample_customers import SMALL_SHOP, VISITOR, customer_id, empty_customer, end_in_order, fill

from customer import api
from customer.main import RULEBOOK
from servers import running_servers
from shared.runtime import Parts
from shared.transaction import reading
from shared.web.app import create_app
from shared.web.kit import Kit
from shared.web.paging import make_cursor
from shared.web.testing import Caller, Issuer, callers

CUSTOMERS = 1_000_000
ROUNDS, SECONDS = 300, 8.0  # so often, or for so long
ON_A_PAGE = 51

UNITS = """SELECT below.unit FROM org_units AS own JOIN org_units AS below
ON starts_with(below.path, own.path) WHERE own.unit = :unit"""
SEEN = """EXISTS (SELECT 1 FROM memberships AS m
WHERE m.customer_id = c.id AND m.customer_id > :after AND m.unit = ANY(:units))"""
ONE = f"SELECT c.* FROM customers AS c WHERE c.id = :id AND {SEEN}"
PAGE = f"""SELECT c.* FROM customers AS c WHERE c.id > :after AND {SEEN}
ORDER BY c.id LIMIT {ON_A_PAGE}"""
BY_UNIT = f"""SELECT c.* FROM customers AS c JOIN memberships AS m ON m.customer_id = c.id
WHERE m.unit = :unit AND m.customer_id > :after ORDER BY m.customer_id LIMIT {ON_A_PAGE}"""
BY_GRADE = f"""SELECT c.* FROM customers AS c JOIN grades AS g ON g.customer_id = c.id
WHERE g.scheme = 'size' AND g.grade = :grade AND c.id > :after AND {SEEN}
ORDER BY c.id LIMIT {ON_A_PAGE}"""
BY_NUMBER = f"SELECT c.* FROM customers AS c WHERE c.number = :number AND {SEEN}"
BY_NAME = f"""SELECT c.* FROM customers AS c WHERE name_grams(c.name) @> name_grams(:part)
AND c.name LIKE '%' || :part || '%' AND {SEEN} ORDER BY c.id LIMIT 101"""
GRADES = "SELECT * FROM grades WHERE customer_id = ANY(:ids)"
VISITS = f"""SELECT v.* FROM visits AS v WHERE v.org_unit = ANY(:units)
ORDER BY v.due_on, v.id LIMIT {ON_A_PAGE}"""
MINE = f"""SELECT v.* FROM visits AS v WHERE v.visitor_id = :visitor
ORDER BY v.due_on, v.id LIMIT {ON_A_PAGE}"""


@dataclass(frozen=True)
class Case:
    """What is asked for from ``unit``, and the bare SQL that finds the same; {n} in the path is
    the id of another customer each time. What has a body is posted."""

    name: str
    path: str
    sql: str
    unit: str = "hq"
    graded: bool = True
    bound: tuple[tuple[str, Any], ...] = ()
    body: Mapping[str, str] | None = None


def cases(count: int) -> list[Case]:
    """Everything that is measured among ``count`` customers."""
    return [
        Case("point read, company", "/v1/customers/{n}", ONE),
        Case("point read, small shop", "/v1/customers/{n}", ONE, SMALL_SHOP),
        Case("first page, company", "/v1/customers", PAGE),
        Case("first page, one shop", "/v1/customers", BY_UNIT, "bench-3"),
        Case("first page, small shop", "/v1/customers", BY_UNIT, SMALL_SHOP),
        Case("deep page, company", "/v1/customers", PAGE, bound=_after(count * 9 // 10)),
        Case("deep page, one shop", "/v1/customers", BY_UNIT, "bench-3", bound=_after(count // 2)),
        Case(
            "page of one shop, company",
            "/v1/customers?unit=bench-3",
            BY_UNIT,
            bound=(("unit", "bench-3"),),
        ),
        Case(
            "page of a rare grade",
            "/v1/customers?grade=size:large",
            BY_GRADE,
            bound=_grade("large"),
        ),
        Case(
            "page of a common grade",
            "/v1/customers?grade=size:small",
            BY_GRADE,
            bound=_grade("small"),
        ),
        Case(
            "a rare grade, small shop",
            "/v1/customers?grade=size:large",
            BY_GRADE,
            SMALL_SHOP,
            bound=_grade("large"),
        ),
        Case("by number", "/v1/customers?number=B-77", BY_NUMBER, bound=(("number", "B-77"),)),
        Case(
            "search by part of the name",
            "/v1/customers/searches",
            BY_NAME,
            bound=(("part", "er 7731"),),
            body={"name": "er 7731"},
        ),
        Case(
            "search by a part of all names",
            "/v1/customers/searches",
            BY_NAME,
            bound=(("part", "Custom"),),
            body={"name": "Custom"},
        ),
        Case("visits by due day, company", "/v1/visits", VISITS, graded=False),
        Case("visits by due day, small shop", "/v1/visits", VISITS, SMALL_SHOP, graded=False),
        Case(
            "visits of one visitor",
            "/v1/visits?visitor=me",
            MINE,
            graded=False,
            bound=(("visitor", VISITOR),),
        ),
        Case("overview (no limit set)", "/v1/customers/{n}/overview", ONE),
    ]


def _after(number: int) -> tuple[tuple[str, Any], ...]:
    return (("after", customer_id(number)),)


def _grade(code: str) -> tuple[tuple[str, Any], ...]:
    return (("grade", code),)


def application(parts: Parts, issuer: Issuer) -> Callable[..., Caller]:
    """The HTTP application of customer, and callers of it."""
    kit = Kit(
        service="customer",
        sessions=parts.sessions,
        begin=parts.begin,
        clock=parts.clock,
        verifier=issuer.verifier("customer"),
        outbox_age=lambda: 0.0,
    )
    blueprints = api.blueprints(RULEBOOK)(kit)
    app = create_app("customer", blueprints=blueprints, kit=kit, title="Huiyin customer")
    return callers(app, issuer, audience="customer")


def bare(parts: Parts, case: Case, number: int) -> None:
    """Read the rows by hand-written SQL, in a transaction as a request has one."""
    given = {"unit": case.unit, "id": customer_id(number), "after": customer_id(0)}
    with reading(parts.sessions) as session:
        units = session.scalars(text(UNITS), given).all()
        bound = {**given, "units": units, **dict(case.bound)}
        found = session.execute(text(case.sql), bound).all()
        if case.graded:
            session.execute(text(GRADES), {"ids": [row.id for row in found]}).all()


def ours(caller: Caller, case: Case, path: str, number: int) -> None:
    """Read them by a request."""
    path = path.replace("{n}", str(customer_id(number)))
    answer = caller.get(path) if case.body is None else caller.post(path, case.body)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}: {answer.text[:300]}")


def path_of(case: Case, caller: Caller) -> str:
    """The path of a case; that of a deep page has a cursor as the page before it would give."""
    after = dict(case.bound).get("after")
    if after is None:
        return case.path
    given = caller.get(case.path).json["next_cursor"]
    mark, _ = json.loads(urlsafe_b64decode(given + "=" * (-len(given) % 4)))
    return f"{case.path}?cursor={make_cursor([after], mark)}"


def measure(parts: Parts, case: Case, caller: Caller, count: int) -> tuple[list[float], ...]:
    """The seconds that each reading took: the bare ones and ours, in turns."""
    path, took = path_of(case, caller), ([], [])
    highest = 40 if case.unit == SMALL_SHOP else count
    ends = perf_counter() + SECONDS
    for turn in range(-5, ROUNDS):
        number = turn * 7919 % highest + 1
        for mine, read in (
            (took[0], lambda n=number: bare(parts, case, n)),
            (took[1], lambda n=number: ours(caller, case, path, n)),
        ):
            begun = perf_counter()
            read()
            if turn >= 0:
                mine.append(perf_counter() - begun)
        if perf_counter() > ends and turn > 10:
            break
    return took


def main() -> None:
    end_in_order()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else CUSTOMERS
    with (
        running_servers(lambda line: print(line, file=sys.stderr)) as servers,
        empty_customer(servers.postgres) as parts,
    ):
        begun = perf_counter()
        fill(parts, 1, count)
        print(f"{count:,} customers made in {perf_counter() - begun:,.0f} s")
        print(f"{'':<30}  bare p50  p99 ms  ours p50  p99 ms  p50 ratio  p99 ratio (target 3)")
        issuer = Issuer()
        known = application(parts, issuer)
        for case in cases(count):
            caller = known(str(VISITOR), "sales_team", unit=case.unit)
            report(case, *measure(parts, case, caller, count))


def report(case: Case, bare_took: list[float], our_took: list[float]) -> None:
    """Print one line."""
    (bare50, bare99), (our50, our99) = percentiles_ms(bare_took), percentiles_ms(our_took)
    print(
        f"{case.name:<30} {bare50:>9.1f} {bare99:>7.1f} {our50:>9.1f} {our99:>7.1f}"
        f" {our50 / bare50:>10.1f} {our99 / bare99:>10.1f}"
    )


if __name__ == "__main__":
    main()
