"""The organisational units as this service was told of them, and what is found by them.

``path`` holds the codes from the top down (``hq/south/shop-17/``), so that all units below one are
found by its beginning. Dispatch owns the units; the other services keep what its events tell.
"""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shared.outbox import upsert
from shared.rules import Invalid, UnitUnknown
from shared.standing import Standing, look_up
from shared.tables import org_units
from shared.turns import take_turn
from shared.working_time import Calendar

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
PATH_LENGTH = 600
DEFINING = 4_873_202  # any number, the same for everybody who defines units in this database
LOOKED_UP = "org_units"  # in Session.info


class CalendarMissing(Invalid):
    """Neither the unit nor any unit above it has a calendar."""

    code = "calendar_missing"
    later = True


class UnitCycle(Invalid):
    """A unit would be above itself: so it may look while the events of two units overtake."""

    code = "unit_cycle"
    later = True


def define(
    session: Session,
    *,
    unit: str,
    parent: str | None,
    kind: str,
    name: str,
    calendar: Mapping[str, Any] | None,
) -> None:
    """Create or change a unit; the paths below it follow when it moves.

    ``calendar`` is the form of ``Calendar.to_data``; None means that of the parent. A parent that
    is told later is fine, since events of different units may overtake each other: the path is
    completed then. Raises Invalid for a code or a path that cannot be, UnitCycle for a unit above
    itself.
    """
    # A path is made of that of the parent, which nobody may move at the same time.
    take_turn(session, DEFINING)
    path = _path(session, unit, parent)
    values = {
        "parent": parent,
        "kind": kind,
        "name": name,
        "path": path,
        "calendar": dict(calendar) if calendar is not None else None,
    }
    statement = upsert(session.get_bind().dialect)(org_units).values(unit=unit, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["unit"], set_=values))
    _move_below(session, unit, path)
    forget(session)


def require(session: Session, unit: str) -> None:
    """Raise UnitUnknown unless this service was told of ``unit``."""
    chain(session, unit)


def chain(session: Session, unit: str) -> list[str]:
    """``unit``, its parent and so on to the top. Raises UnitUnknown."""
    return list(standing(session, unit).chain)


def known_above(session: Session, unit: str) -> frozenset[str]:
    """Those of ``chain`` that this service was told of; a parent may be told later than its child.
    Empty where ``unit`` itself is not known."""
    try:
        return standing(session, unit).known
    except UnitUnknown:
        return frozenset()


def tops(session: Session) -> list[str]:
    """The units that have none above them, in the order of their codes."""
    query = select(org_units.c.unit).where(org_units.c.parent.is_(None))
    return list(session.scalars(query.order_by(org_units.c.unit)))


def calendar_of(session: Session, unit: str) -> Calendar:
    """The calendar of ``unit``, or of the nearest unit above it that has one.

    Raises UnitUnknown, or CalendarMissing (``calendar_missing``) when there is none.
    """
    calendar = standing(session, unit).calendar
    if calendar is None:
        raise CalendarMissing("No calendar was given to the unit or above it.", unit=unit)
    return calendar


def standing(session: Session, unit: str) -> Standing:
    """All that stands above ``unit``, looked up once a transaction. Raises UnitUnknown."""
    known = _looked_up(session)
    if unit not in known:
        known[unit] = look_up(session, unit)
    found = known[unit]
    if found is None:
        raise UnitUnknown("The organisational unit is not known here.", unit=unit)
    return found


def forget(session: Session) -> None:
    """Look up anew what the running transaction has changed."""
    session.info.pop(LOOKED_UP, None)


def _looked_up(session: Session) -> dict[str, Standing | None]:
    """What the running transaction has looked up: a command asks for its unit many times.

    It goes with the transaction, or with the savepoint, in which it was read.
    """
    if not session.in_transaction():
        session.connection()
    running = session.get_nested_transaction() or session.get_transaction()
    held = session.info.get(LOOKED_UP)
    if held is None or held[0] is not running:
        held = session.info[LOOKED_UP] = (running, {})
    known: dict[str, Standing | None] = held[1]
    return known


def _path(session: Session, unit: str, parent: str | None) -> str:
    for code in (unit, parent):
        if code is not None and not CODE.fullmatch(code):
            raise _invalid("unit", "A code holds letters, digits, '.', '_' and '-', at most 60.")
    above = _path_of_parent(session, parent) if parent else ""
    if unit in above.split("/"):
        raise UnitCycle("The unit would be above itself.", errors={"parent": ["is below it"]})
    return _bounded(f"{above}{unit}/")


def _path_of_parent(session: Session, parent: str) -> str:
    known = session.scalar(select(org_units.c.path).where(org_units.c.unit == parent))
    return known or f"{parent}/"


def _move_below(session: Session, unit: str, path: str) -> None:
    waiting = [(unit, path)]
    while waiting:
        above, above_path = waiting.pop()
        children = session.scalars(select(org_units.c.unit).where(org_units.c.parent == above))
        for child in children.all():
            moved = _bounded(f"{above_path}{child}/")
            session.execute(update(org_units).where(org_units.c.unit == child).values(path=moved))
            waiting.append((child, moved))


def _bounded(path: str) -> str:
    if len(path) > PATH_LENGTH:
        raise _invalid("parent", "The unit would be too far down.")
    return path


def _invalid(field: str, why: str) -> Invalid:
    return Invalid("The organisational unit cannot be so.", errors={field: [why]})
