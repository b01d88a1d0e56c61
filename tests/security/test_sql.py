"""No text of a caller becomes part of a statement (S41), and no filter widens what he sees (S3)."""

import ast
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from .answers import allowed, parameters
from .cast import NORTH
from .matrix import QUERIES, ROUTES
from .served import Served
from .test_scope import names_of

ROOT = Path(__file__).parents[2]
TAKES_SQL = frozenset({"text", "literal_column", "execute", "executemany", "exec_driver_sql"})
# Statements that are not one literal, and why nothing of a caller can be in them.
MADE = {
    "shared/src/shared/adding.py: statement": "names and types of columns of our own tables",
    "shared/src/shared/standing.py: QUERY.format(array='json_build_array', rows='json_agg', "
    "calendar='calendar', packs='packs')": "constants of the same module",
    "shared/src/shared/standing.py: QUERY.format(array='json_array', rows='json_group_array', "
    "calendar='json(calendar)', packs='json(packs)')": "constants of the same module",
    "shared/src/shared/database.py: f'PRAGMA {pragma}'": "three constants of the same function",
    "shared/src/shared/database.py: f'SELECT pg_advisory_xact_lock({MIGRATION_LOCK})'": (
        "a constant number"
    ),
    "shared/src/shared/hints.py: f'LISTEN {CHANNEL}'": "a constant name",
    "shared/src/shared/hints.py: f'NOTIFY {CHANNEL}'": "a constant name",
    "shared/src/shared/setting_up.py: statement": "grants on names that were quoted",
    "shared/src/shared/tables.py: condition": "conditions of indexes, literals of the same module",
    **{
        f"services/{one}/src/{one}/migrations/versions/0001_first_tables.py: condition": (
            "conditions of indexes, literals of the same function"
        )
        for one in ("complaint", "customer", "dispatch", "notify")
    },
    "services/notify/src/notify/migrations/versions/0010_lanes.py: condition": (
        "conditions of indexes, literals of the same module"
    ),
    "services/notify/src/notify/migrations/versions/0015_care_calendar.py: OPEN": (
        "a literal of the same module"
    ),
    "services/customer/src/customer/adapters/tables/admission.py: "
    "f\"state NOT IN ({', '.join(map(repr, ENDED))})\"": "an enum's values",
    **{
        "services/customer/src/customer/adapters/tables/blacklist.py: "
        f"f\"scope = '{scope}' AND state IN ({{_STATES}})\"": "an enum's values"
        for scope in ("company", "department")
    },
    "services/customer/src/customer/migrations/versions/0019_indexes_of_lists.py: "
    "f'ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 1000'": (
        "constants of the same function"
    ),
    "services/dispatch/src/dispatch/migrations/versions/0015_proofs.py: "
    "f'CREATE FUNCTION {name}_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION {raised}; END $$'": "names of the same module",
    "services/dispatch/src/dispatch/migrations/versions/0015_proofs.py: "
    "f'CREATE TRIGGER {name}_no_{act} BEFORE {act} ON {name} FOR EACH ROW {guard} EXECUTE FUNCTION "
    "{name}_stays()'": "names of the same module",
    "services/dispatch/src/dispatch/migrations/versions/0015_proofs.py: "
    "f'CREATE TRIGGER {name}_no_{act} BEFORE {act} ON {name} {guard} BEGIN SELECT RAISE(ABORT, "
    "{raised}); END'": "names of the same module",
    "services/customer/src/customer/adapters/tables/visits.py: "
    "f\"state IN ({', '.join((repr(state.value) for state in OPEN))})\"": "an enum's values",
}
FRAGMENTS = (
    "'",
    "' OR '1'='1",
    "x') UNION SELECT name FROM sqlite_master--",
    "1; DROP TABLE outbox",
    "%",
    "shop-0_",
    "region-%",
    "*",
    '"\\',
)
# Read as numbers, dates or marks, or not at all.
PLAIN = ("limit", "cursor", "on", "org_unit", "sort", "order_by")


def statements(path: Path) -> Iterator[str]:
    """What is handed to the database as text and is not one literal."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    from_sqlalchemy = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            is_text = name in ("text", "literal_column", "exec_driver_sql") and (
                name in from_sqlalchemy or isinstance(node.func, ast.Attribute)
            )
            composed = is_composed(node.args[0]) or (
                is_text and isinstance(node.args[0], ast.Name | ast.Attribute)
            )
            if name in TAKES_SQL and composed and (is_text or name not in ("text",)):
                yield f"{path.relative_to(ROOT)}: {ast.unparse(node.args[0])}"


def is_composed(node: ast.expr) -> bool:
    """Whether a text is put together of parts."""
    match node:
        case ast.JoinedStr():
            return any(isinstance(part, ast.FormattedValue) for part in node.values)
        case ast.BinOp(op=ast.Add() | ast.Mod()):
            return True
        case ast.Call(func=ast.Attribute(attr="format" | "join" | "replace" | "format_map")):
            return True
    return False


# S41: bound parameters only.
def test_no_statement_is_put_together_of_texts() -> None:
    sources = [*ROOT.glob("services/*/src/**/*.py"), *ROOT.glob("shared/src/**/*.py")]
    assert sources
    assert sorted(MADE) == sorted({one for path in sources for one in statements(path)})


# S41
@pytest.mark.parametrize(
    "line",
    [
        'session.execute(f"SELECT {name}")',
        'session.execute("SELECT " + name)',
        'session.execute("SELECT %s" % name)',
        'session.execute("SELECT {}".format(name))',
        'from sqlalchemy import text\nsession.execute(text(f"SELECT {name}"))',
        "from sqlalchemy import text\nsession.execute(text(name))",
        "from sqlalchemy import literal_column\nselect(literal_column(name))",
    ],
)
def test_a_statement_of_parts_is_found(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source.py"
    source.write_text(line)
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    assert len(list(statements(source))) >= 1


# S3, S41: whatever stands in a query, the answer is a plain one about the caller's own things.
@pytest.mark.parametrize(("service", "endpoint"), QUERIES)
def test_no_query_shows_or_breaks_anything_else(
    house: dict[str, Served], service: str, endpoint: str
) -> None:
    served, route = house[service], ROUTES[service][endpoint]
    before, foreign = served.contents(), names_of(served.south, served.north)
    caller = served.acts(min(allowed(served, endpoint)), unit=NORTH)
    filters = [name for name in parameters(served, endpoint) if name not in PLAIN]
    tried = [(name, value) for name in filters for value in (*FRAGMENTS, *sorted(foreign))]
    tried += [(name, value) for name in PLAIN for value in (FRAGMENTS[1], served.south["unit"])]
    for name, value in tried:
        answer = route.ask(caller, served.north, **{name: value})
        told = answer.text.replace(value, "")
        assert answer.status_code in (200, 400, 404, 422), (name, value)
        assert [one for one in foreign if one in told] == [], (name, value)
    assert served.contents() == before


# S41: the same for names in the address.
@pytest.mark.parametrize(("service", "endpoint"), QUERIES)
def test_no_name_in_an_address_shows_or_breaks_anything_else(
    house: dict[str, Served], service: str, endpoint: str
) -> None:
    served, route = house[service], ROUTES[service][endpoint]
    foreign = names_of(served.south, served.north)
    caller = served.acts(min(allowed(served, endpoint)), unit=NORTH)
    for value in FRAGMENTS if route.names_in_path else ():
        answer = route.send(caller, dict.fromkeys(served.north, quote(value, safe="")))
        assert (answer.status_code, answer.json["code"]) == (404, "not_found"), value
        assert [one for one in foreign if one in answer.text] == [], value
