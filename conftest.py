"""What holds for every session of tests.

pytest calls the tests of the folder `shared/tests` `shared.tests.*` and would put an empty package
`shared` in the place of the real one, were that not imported already.
"""

import importlib
from pathlib import Path

import pytest

from rule_outcomes import MARK, Outcomes

importlib.import_module("shared")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rule-outcomes", type=Path, help="write how marked tests ended, by rule id")


def pytest_configure(config: pytest.Config) -> None:
    kept_in = config.getoption("--rule-outcomes")
    if kept_in and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Outcomes(kept_in=kept_in))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Write the rules of each test into its reports."""
    for item in items:
        for mark in item.iter_markers(MARK):
            item.user_properties += [(MARK, rule) for rule in mark.args]
