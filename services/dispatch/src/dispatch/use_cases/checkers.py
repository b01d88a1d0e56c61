"""Who checks the orders of a unit at the end of a shift, and who may receive them (WO-17)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.daily_checks import DailyCheck, DailyCheckRule
from dispatch.domain.deadlines import INSTANT
from dispatch.domain.handovers import HandoverRule
from shared.policy import PolicyMissing
from shared.rules import Ruling


def check_rule(tx: DispatchTransaction, unit: str) -> Ruling[DailyCheckRule] | None:
    """When the list appears in a unit; None where no pack that is in force says so."""
    try:
        return tx.ruling("daily_check", unit=unit)
    except PolicyMissing:
        return None


def handover_rule(tx: DispatchTransaction, unit: str) -> Ruling[HandoverRule] | None:
    """How a unit hands over; None where no pack that is in force says so."""
    try:
        return tx.ruling("handover", unit=unit)
    except PolicyMissing:
        return None


def checkers_of(tx: DispatchTransaction, check: DailyCheck) -> tuple[UUID, ...]:
    """Who checks: those of the shift that ends who hold a role of the pack in its unit, where none
    of them is on duty all who hold one there, or else whoever is nearest."""
    unit, rule = check.org_unit, check_rule(tx, check.org_unit)
    if rule is None:
        return ()
    found = tx.daily_checks.dispatchers(unit, rule.value.roles)
    nearest = None if found else tx.people.nearest(rule.value.roles, unit=unit)
    at = min(check.made_at, check.ends_at - INSTANT)
    return (nearest.person_id,) if nearest else _on_duty(tx, found, unit=unit, at=at)


def others_than(tx: DispatchTransaction, from_id: UUID, *, unit: str) -> Sequence[UUID]:
    """Who could receive the orders of a unit from one of its dispatchers. Raises PolicyMissing."""
    roles = tx.ruling("dispatching", unit=unit).value.roles
    return [one for one in tx.daily_checks.dispatchers(unit, roles) if one != from_id]


def incoming_of(
    tx: DispatchTransaction, *, unit: str, from_id: UUID, to_id: UUID | None
) -> tuple[UUID, ...]:
    """Who is to sign second: who was named, or else any other dispatcher of the unit, those first
    who are on duty; where there is none, the only one himself or a superior, as the pack has it.
    Raises PolicyMissing."""
    if to_id is not None:
        return (to_id,)
    others = _on_duty(tx, others_than(tx, from_id, unit=unit), unit=unit, at=tx.now)
    rule: Ruling[HandoverRule] = tx.ruling("handover", unit=unit)
    if others or rule.value.alone:
        return others or (from_id,)
    above = tx.people.nearest(rule.value.superiors, unit=unit, excluding=from_id)
    return (above.person_id,) if above else ()


def _on_duty(
    tx: DispatchTransaction, found: Sequence[UUID], *, unit: str, at: datetime
) -> tuple[UUID, ...]:
    """Those of them who work a shift of the unit then, or all where none does."""
    working = set(tx.shifts.on_duty(unit, at))
    return tuple(one for one in found if one in working) or tuple(found)
