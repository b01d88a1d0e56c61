"""What stands above a unit: the units, their calendars, the packs that they follow, and which
versions of packs are stored. Nearly every command asks for all of it.

It is asked for in one query whose answer is one text. A process reads a text once, and a text that
is the same says the same: so nothing that is kept here can be out of date.
"""

import json
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from shared.working_time import Calendar


class Followed(NamedTuple):
    """The packs, highest rank first, that a unit follows from a day on."""

    unit: str
    effective_from: date
    packs: tuple[str, ...]


class Stored(NamedTuple):
    """A version of a pack that was added, and the id of its row."""

    pack: str
    version: str
    effective_from: date
    row_id: UUID


class Standing(NamedTuple):
    """``chain`` leads from the unit to the top; ``known`` are those of it that this service was
    told of. ``calendar`` is the nearest one above. ``followed`` has the earliest effective first,
    ``stored`` the version added first."""

    chain: tuple[str, ...]
    known: frozenset[str]
    calendar: Calendar | None
    followed: tuple[Followed, ...]
    stored: tuple[Stored, ...]


QUERY = """WITH RECURSIVE above(unit, parent, path, calendar) AS (
SELECT unit, parent, path, calendar FROM org_units WHERE unit = :unit
UNION ALL SELECT parents.unit, parents.parent, parents.path, parents.calendar
FROM org_units AS parents JOIN above ON parents.unit = above.parent),
followed AS (SELECT unit, effective_from, packs FROM pack_activations
WHERE unit IN (SELECT unit FROM above) ORDER BY effective_from, unit),
stored AS (SELECT pack, version, effective_from, id FROM policy_packs ORDER BY created_at, id)
SELECT CAST({array}(
(SELECT {rows}({array}(unit, path, {calendar})) FROM above),
(SELECT {rows}({array}(unit, effective_from, {packs})) FROM followed),
(SELECT {rows}({array}(pack, version, effective_from, id)) FROM stored)) AS text)"""
# By dialect, and made once: to make a statement costs more than to run it.
QUERIES = {
    "postgresql": text(
        QUERY.format(array="json_build_array", rows="json_agg", calendar="calendar", packs="packs")
    ),
    "sqlite": text(
        QUERY.format(
            array="json_array",
            rows="json_group_array",
            calendar="json(calendar)",
            packs="json(packs)",
        )
    ),
}


def look_up(session: Session, unit: str) -> Standing | None:
    """What stands above ``unit``; None where this service was not told of it."""
    connection = session.connection()
    told = connection.execute(QUERIES[connection.dialect.name], {"unit": unit}).scalar_one()
    return _read(told, unit)


@lru_cache(maxsize=512)
def _read(told: str, unit: str) -> Standing | None:
    units, followed, stored = json.loads(told)
    paths = {code: path for code, path, _ in units or ()}
    if unit not in paths:
        return None
    chain = tuple(reversed(paths[unit].rstrip("/").split("/")))
    calendars = {code: calendar for code, _, calendar in units if calendar is not None}
    nearest = next((calendars[code] for code in chain if code in calendars), None)
    return Standing(
        chain,
        frozenset(paths),
        None if nearest is None else _calendar(json.dumps(nearest)),
        tuple(_followed(*row) for row in followed or ()),
        tuple(_stored(*row) for row in stored or ()),
    )


@lru_cache(maxsize=256)
def _calendar(data: str) -> Calendar:
    # A calendar prepares tables as it is used; the same one has to come back.
    return Calendar.from_data(json.loads(data))


def _followed(unit: str, effective_from: str, packs: list[str]) -> Followed:
    return Followed(unit, date.fromisoformat(effective_from), tuple(packs))


def _stored(pack: str, version: str, effective_from: str, row_id: Any) -> Stored:
    return Stored(pack, version, date.fromisoformat(effective_from), UUID(row_id))
