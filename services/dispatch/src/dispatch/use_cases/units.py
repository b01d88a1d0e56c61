"""Make, rename and move units."""

from typing import Any

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.units import RootUnitForeign, Unit, UnitExists, UnitKind
from dispatch.use_cases.priorities import move_orders_below
from dispatch.use_cases.rounds import lay_rounds_anew


def define_unit(
    tx: DispatchTransaction,
    *,
    unit: str,
    parent: str | None,
    kind: UnitKind,
    name: str,
    caller: Caller,
) -> Unit:
    """Make a unit below one that the caller sees, or the caller's own company.

    Raises UnitUnknown (the parent), RootUnitForeign, UnitExists, ParentInvalid.
    """
    _check_parent(tx, unit, parent, caller)
    if tx.units.exists(unit):
        raise UnitExists(f"there is a unit {unit} already")
    made = Unit(unit=unit, parent=parent, kind=kind, name=name)
    if parent is not None:
        made.check_above(tx.units.known(parent).kind)
    _keep(tx, made, "unit.defined")
    return made


def change_unit(
    tx: DispatchTransaction, unit: Unit, *, fresh: dict[str, Any], caller: Caller
) -> Unit:
    """Rename a unit or move it under another that the caller sees; open orders then stand in the
    queue where it lies from now on.

    Raises UnitUnknown, ParentInvalid, and Invalid when it would stand above itself.
    """
    if "parent" in fresh:
        tx.units.lock_all()
        tx.units.require(fresh["parent"], seen_from=caller.unit)
        unit.check_above(tx.units.known(fresh["parent"]).kind)
    before = unit.told()
    unit.change(**fresh)
    if unit.told() != before:
        _keep(tx, unit, "unit.changed")
    if "parent" in fresh:
        lay_rounds_anew(tx, below=unit.unit)
    if unit.parent != before.parent:
        move_orders_below(tx, unit.unit)
    return unit


def _check_parent(tx: DispatchTransaction, unit: str, parent: str | None, caller: Caller) -> None:
    if parent is not None:
        tx.units.require(parent, seen_from=caller.unit)
    elif unit != caller.unit:
        raise RootUnitForeign("only somebody of the company may make its unit")


def _keep(tx: DispatchTransaction, unit: Unit, action: str) -> None:
    tx.units.keep(unit)
    tx.emit(unit.told())
    tx.record(action, f"org_unit/{unit.unit}", parent=unit.parent, kind=unit.kind)
