"""Say, area by area, which rules of docs/rules.csv have a passing test.

    python tests/rules_report.py               run the marked tests and report
    python tests/rules_report.py --outcomes F  take what `pytest --rule-outcomes F` wrote
    python tests/rules_report.py --alter       also alter every pack value of the rules that are
                                               done, one rule at a time, and expect a red test

A rule that claims ``done``, or ``partial`` (some of what its sentence says), must name where it
stands and have at least one test marked with its id that ran and passed; one that is ``open`` names
no place. A mark with an unknown id is an error as well.
"""

import argparse
import csv
import multiprocessing
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
import yaml

from rule_outcomes import Outcomes

ROOT = Path(__file__).parents[1]
RULES = ROOT / "docs" / "rules.csv"
NOTHING_ALTERED = 7  # exit code of altered_packs: each alteration makes a pack that cannot be
STATUSES = ("open", "partial", "done")
SERVICES = ("customer", "complaint", "dispatch", "notify")


def read_rules() -> list[dict[str, str]]:
    """The rows of docs/rules.csv."""
    with RULES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def marked_tests() -> Outcomes:
    """Run every marked test that needs no server."""
    outcomes = Outcomes()
    places = ["shared/tests", *sorted(str(p) for p in (ROOT / "services").glob("*/tests"))]
    asked = ["-q", "--no-header", "-n", "auto", "--dist", "worksteal", "-m", "rule"]
    pytest.main([*asked, *places], plugins=[outcomes])
    return outcomes


def faults(rows: list[dict[str, str]], outcomes: Outcomes) -> Iterator[str]:
    known = {row["id"] for row in rows}
    for rule in sorted({*outcomes.passed, *outcomes.failed} - known):
        yield f"{rule}: a test is marked with it, and there is no such rule"
    for rule in sorted(outcomes.failed):
        yield f"{rule}: {outcomes.failed[rule]} marked test(s) failed"
    for row in rows:
        if row["status"] != "open" and not outcomes.passed[row["id"]]:
            yield f"{row['id']}: claims to be {row['status']} and has no passing test"
    yield from faults_of_table(rows)


def faults_of_table(rows: list[dict[str, str]]) -> Iterator[str]:
    """What can be told without running a test: tests/contracts looks at it in `make check`."""
    for row in rows:
        places = row["where"].split()
        if row["status"] not in STATUSES:
            yield f"{row['id']}: status {row['status']!r} is none of {', '.join(STATUSES)}"
        elif (row["status"] == "open") == bool(places):
            said = "says" if places else "does not say"
            yield f"{row['id']}: claims to be {row['status']} and {said} where"
        for place in places:
            if not (ROOT / place).exists():
                yield f"{row['id']}: stands in {place}, which does not exist"


def print_areas(rows: list[dict[str, str]], outcomes: Outcomes) -> None:
    areas: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        areas[row["area"]].append(row)
    print(f"\n{'area':<62} {'rules':>5} {'tested':>6} {'CORE tested':>12}")
    for area, members in areas.items():
        tested = [row for row in members if outcomes.passed[row["id"]]]
        core = [row for row in members if row["priority"] == "CORE"]
        core_tested = [row for row in tested if row["priority"] == "CORE"]
        share = f"{len(core_tested)}/{len(core)}"
        print(f"{area:<62} {len(members):>5} {len(tested):>6} {share:>12}")
    print(f"{'all':<62} {len(rows):>5} {sum(1 for r in rows if outcomes.passed[r['id']]):>6}")


def packs_by_rule() -> dict[str, set[Path]]:
    """Which services have a value of each rule in a built-in pack; a service is its folder."""
    found: dict[str, set[Path]] = defaultdict(set)
    for path in sorted((ROOT / "services").glob("*/src/*/policy/*.yaml")):
        sections = (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("sections", {})
        for section in sections.values():
            for entry in section["rules"]:
                found[entry["rule"]].add(path.parents[3])
    for path in sorted((ROOT / "shared/src/shared/policy/house").glob("*.yaml")):
        for section in yaml.safe_load(path.read_text(encoding="utf-8"))["sections"].values():
            for entry in section["rules"]:
                found[entry["rule"]].update(_naming(entry["rule"]))
    return found


def _naming(rule: str) -> Iterator[Path]:
    """The services whose tests are marked with a rule of a pack that all of them take over."""
    for service in (ROOT / "services").iterdir():
        if any(f'"{rule}"' in test.read_text() for test in service.glob("tests/test_*.py")):
            yield service


def labels(done: Iterable[str]) -> Iterator[str]:
    """The rules whose marked tests stay green when a value of one of their packs is altered.

    Each alteration has a process of its own, forked from one that has imported the services, and
    nothing that reads a pack: importing is paid once.
    """
    noticed = {1: "red", NOTHING_ALTERED: "refused when the pack is loaded"}
    held = packs_by_rule()
    pairs = [(rule, service) for rule in done for service in sorted(held.get(rule, ()))]
    forking = multiprocessing.get_context("forkserver")
    imported = [f"{service}.{part}" for service in SERVICES for part in ("api", "consumers")]
    imported += ["shared.runtime", "shared.testing", "hypothesis"]
    forking.set_forkserver_preload(imported)
    with ProcessPoolExecutor(os.cpu_count(), forking, max_tasks_per_child=1) as pool:
        ended = [pool.submit(marked_tests_with, rule, place / "tests") for rule, place in pairs]
        for (rule, service), end in zip(pairs, ended, strict=True):
            code, altered = end.result()
            found = noticed.get(code, "NOT RED")
            print(f"{rule}: {service.name}: {altered}: {found}", flush=True)
            if code not in noticed:
                yield f"{rule}: in {service.name} no marked test turns red when a value is altered"


def marked_tests_with(rule: str, tests: Path) -> tuple[int, str]:
    """Run the tests of one service that are marked with ``rule``, with a value of it altered: exit
    code, and what. Only files that name the rule are read: there are many rules."""
    naming = [str(file) for file in sorted(tests.glob("**/test_*.py")) if rule in file.read_text()]
    asked = ["-q", "-x", "-p", "no:cacheprovider", "-p", "altered_packs", "--alter-rule", rule]
    asked += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # hypothesis is imported
    said = StringIO()
    with redirect_stdout(said):
        code = pytest.main([f"--rootdir={ROOT}", *asked, *(naming or [str(tests)])])
    lines = (line for line in said.getvalue().splitlines() if line.startswith("altered"))
    return int(code), next(lines, "?")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--alter", action="store_true", help="alter each pack value")
    arguments.add_argument("--outcomes", type=Path, help="run no tests: how they ended stands here")
    asked = arguments.parse_args()
    rows = read_rules()
    outcomes = Outcomes.read(asked.outcomes) if asked.outcomes else marked_tests()
    print_areas(rows, outcomes)
    found = list(faults(rows, outcomes))
    if asked.alter:
        found += labels(row["id"] for row in rows if row["status"] != "open")
    for fault in found:
        print(f"ERROR {fault}")
    counts = ", ".join(f"{sum(r['status'] == s for r in rows)} {s}" for s in STATUSES)
    print(f"\nrules: {counts}; {len(found)} error(s)")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
