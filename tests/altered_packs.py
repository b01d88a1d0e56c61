"""A pytest plugin that alters one value of one rule in the built-in packs before they are read.

    PYTHONPATH=tests pytest -p altered_packs --alter-rule CP-17 services/complaint/tests

Only tests that are marked with the rule run; one that stays green then is a label and no test.
"""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from shared.policy import PackFault, builtin

# What tells people what a value is and decides nothing is altered when nothing else is there.
DESCRIBING = frozenset({"title", "ground", "group", "definition"})
NOTHING_ALTERED = 7  # exit code: every alteration makes a pack that is refused when it is loaded
NOTHING_READ = 8  # exit code: no pack with a value of the rule was read


class Alteration:
    """Replaces the reader of built-in packs; remembers what it altered."""

    def __init__(self, rule: str) -> None:
        self.rule = rule
        self.done = ""
        self.read = False
        self._parse = builtin.parse
        builtin.parse = self.parse

    def parse(self, document: Mapping[str, Any], *arguments: Any, **options: Any) -> Any:
        """The pack, altered in one place: the same place each time that the pack is read."""
        for where, altered in alterations(document, self.rule):
            self.read = True
            here = f"{document['pack']}: {where}"
            if self.done not in ("", here):
                continue
            try:
                pack = self._parse(altered, *arguments, **options)
            except PackFault:
                continue
            self.done = here
            return pack
        return self._parse(document, *arguments, **options)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out every test that is not marked with the rule."""
        items[:] = [
            item
            for item in items
            if any(self.rule in mark.args for mark in item.iter_markers("rule"))
        ]

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        terminalreporter.write_line(f"altered {self.done or 'nothing'}")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if not self.done:
            session.exitstatus = NOTHING_ALTERED if self.read else NOTHING_READ


def alterations(document: Mapping[str, Any], rule: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Copies of a pack with one value of ``rule`` altered, and where it was."""
    for section, content in document.get("sections", {}).items():
        for number, entry in enumerate(content["rules"]):
            if entry["rule"] != rule:
                continue
            leaves = _leaves(entry["value"], ("value",))
            for path, leaf in sorted(leaves, key=lambda one: one[0][-1] in DESCRIBING):
                altered = copy.deepcopy(dict(document))
                _put(altered["sections"][section]["rules"][number], path, _other(leaf))
                yield f"{section}.{number}.{'.'.join(map(str, path))}", altered


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list) and len(value) > 1 and not isinstance(value[0], dict | list):
        yield path, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, index))
    else:
        yield path, value


def _other(leaf: Any) -> Any:
    match leaf:
        case bool():
            return not leaf
        case int() | float():
            return leaf + 1
        case list():
            return leaf[1:]
        case None:
            return 1
    return f"{leaf}x"


def _put(value: Any, path: tuple[Any, ...], leaf: Any) -> None:
    for key in path[:-1]:
        value = value[key]
    value[path[-1]] = leaf


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--alter-rule", help="id of the rule whose pack value is altered")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Before any conftest: one that imports a service reads its packs."""
    rule = early_config.known_args_namespace.alter_rule
    if rule:
        early_config.pluginmanager.register(Alteration(rule))
