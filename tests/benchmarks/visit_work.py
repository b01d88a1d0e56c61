"""The daily work of visits beside ever more customers: what is due costs, what is not does not.

The same number of reminders is due among 10,000, 100,000 and 1,000,000 customers who have a visit
planned each. Claiming and firing them is measured, and asking when nothing is due.

Run it by itself: `python tests/benchmarks/visit_work.py [customers ...]`.
"""

import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).parents[1] / "integration"))

from sample_customers import empty_customer, end_in_order, fill

from customer.consumers import TIMERS
from servers import running_servers
from shared.clock import SystemClock
from shared.firing import Firing
from shared.runtime import Parts

SIZES = (10_000, 100_000, 1_000_000)
TABLES = ("customers", "memberships", "visits", "timers")
DUE, ROUNDS, IDLE = 100, 3, 50
CLOCK = SystemClock()
MAKE_DUE = """UPDATE timers SET due_at = now() - interval '1 minute' WHERE subject IN
(SELECT 'visit/' || id FROM visits WHERE state = 'planned' ORDER BY id DESC LIMIT :due)"""


def fired(parts: Parts) -> tuple[float, float]:
    """The milliseconds of one reminder, and of one look when nothing is due."""
    with parts.sessions.begin() as session:
        session.execute(text(MAKE_DUE), {"due": DUE})
    work = Firing(service="customer", begin=parts.begin, timers=TIMERS, clock=CLOCK, real=CLOCK)
    begun = perf_counter()
    done = 0
    while work.fire_next():
        done += 1
    took = perf_counter() - begun
    if done != DUE or _reminded(parts) % DUE:
        raise SystemExit(f"{done} timers fired where {DUE} were due, or not all of them reminded.")
    begun = perf_counter()
    for _ in range(IDLE):
        work.fire_next()
    return 1_000 * took / DUE, 1_000 * (perf_counter() - begun) / IDLE


def _reminded(parts: Parts) -> int:
    with parts.sessions() as session:
        found = session.execute(text("SELECT count(*) FROM visits WHERE state = 'due'"))
        return int(found.scalar_one())


def main() -> None:
    end_in_order()
    sizes = tuple(int(one) for one in sys.argv[1:]) or SIZES
    first, each = 1, []
    with (
        running_servers(lambda line: print(line, file=sys.stderr)) as servers,
        empty_customer(servers.postgres) as parts,
    ):
        for size in sizes:
            fill(parts, first, size, tables=TABLES)
            first = size + 1
            rounds = [fired(parts) for _ in range(ROUNDS)]
            each.append(median(one for one, _ in rounds))
            idle = median(one for _, one in rounds)
            print(
                f"{DUE} reminders due among {size:>9,} customers: {each[-1]:>5.1f} ms each,"
                f" {idle:>4.1f} ms to see that nothing is due"
            )
    print(f"among the most against among the fewest: {each[-1] / each[0]:.2f} (target 1.3)")


if __name__ == "__main__":
    main()
