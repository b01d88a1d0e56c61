"""How the tests that are marked with a rule ended, for each rule id.

    pytest --rule-outcomes build/rule-outcomes.json

Only tests beside the code count: a rule is held where it is built, without a server.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest

BESIDE_CODE = ("shared/", "services/")
MARK = "rule"


@dataclass(eq=False)  # pytest keeps plugins in a set
class Outcomes:
    """A pytest plugin: how many marked tests passed and failed, by rule id.

    Each test's rules stand in the properties of its report, so that reports of several processes
    come together in one.
    """

    passed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    failed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    kept_in: Path | None = None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.nodeid.startswith(BESIDE_CODE):
            return
        if report.when == "call" or report.failed:
            counts = self.passed if report.passed else self.failed
            for name, rule in report.user_properties:
                if name == MARK:
                    counts[str(rule)] += 1

    def pytest_sessionfinish(self) -> None:
        if self.kept_in:
            self.kept_in.parent.mkdir(parents=True, exist_ok=True)
            counts = {"passed": self.passed, "failed": self.failed}
            self.kept_in.write_text(json.dumps(counts, indent=1, sort_keys=True))

    @classmethod
    def read(cls, path: Path) -> "Outcomes":
        """What a session of tests kept; ``OSError`` where none did."""
        counts = json.loads(path.read_text())
        return cls(defaultdict(int, counts["passed"]), defaultdict(int, counts["failed"]))
