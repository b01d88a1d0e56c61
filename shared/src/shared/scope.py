"""What a person may see: the things of his own organisational unit and of all units below it."""

from functools import lru_cache

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import SQLColumnExpression

from shared.org_units import known_above
from shared.tables import org_units


@lru_cache(maxsize=1024)
def visible_units(principal_unit: str) -> Select[tuple[str]]:
    """The codes of ``principal_unit`` and of the units below it; none when it is not known."""
    # Kept for a unit: to make a query costs more than to run it, and it never changes.
    own = org_units.alias("own_unit")
    # LIKE would take "_" in a code for any character, and SQLite's does not tell a from A.
    below = func.substr(org_units.c.path, 1, func.length(own.c.path)) == own.c.path
    return (
        select(org_units.c.unit)
        .join_from(own, org_units, below)
        .where(own.c.unit == principal_unit)
    )


def within(column: SQLColumnExpression[str], unit: str) -> ColumnElement[bool]:
    """The condition that ``column`` names a unit that a person of ``unit`` may see."""
    return column.in_(visible_units(unit))


def covers(
    upper: SQLColumnExpression[str], lower: SQLColumnExpression[str | None]
) -> ColumnElement[bool]:
    """The condition that ``upper`` names the unit that ``lower`` names, or one above it."""
    above, below = org_units.alias("above_unit"), org_units.alias("below_unit")
    inside = func.substr(below.c.path, 1, func.length(above.c.path)) == above.c.path
    found = select(literal(1)).where(above.c.unit == upper, below.c.unit == lower, inside)
    return found.correlate_except(above, below).exists()


def seen_units(session: Session, principal_unit: str) -> list[str]:
    """The codes of ``visible_units``, for a list: a database that is told them, and not how to find
    them, knows whether they hold few rows or nearly all, and reads only a page of either."""
    return list(session.scalars(visible_units(principal_unit)))


def may_see(session: Session, *, principal_unit: str, unit: str) -> bool:
    """Whether a person of ``principal_unit`` may see things of ``unit``."""
    return principal_unit in known_above(session, unit)
