"""Remind of a list that is not finished when the shift has ended, and tell superiors of it, one
after the other (WO-17)."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.daily_checks import DailyCheck
from dispatch.domain.deadlines import INSTANT
from dispatch.domain.events import DailyCheckReminded
from dispatch.domain.handovers import Handover
from dispatch.use_cases.checkers import checkers_of, handover_rule, incoming_of
from dispatch.use_cases.deadlines import UNRULED
from shared.rules import given

REMINDER = "unit.handover"


class Missing(StrEnum):
    """What a list waits for."""

    REASONS = "reasons"
    PROPOSAL = "proposal"
    SIGNATURE = "signature"


def follow_list(tx: DispatchTransaction, check: DailyCheck) -> None:
    """Look at the list when its shift ends; at one that was made later, when it is due."""
    at = _due_at(tx, check) + INSTANT if check.late else check.ends_at
    _look_again(tx, check, at)


def leave_list(tx: DispatchTransaction, check: DailyCheck) -> None:
    """Nobody is reminded of a list that both have signed."""
    tx.cancel_timer(REMINDER, f"org_unit/{check.org_unit}")


def remind_of_list(tx: DispatchTransaction, check_id: UUID) -> None:
    """Tell what the last list of a unit still waits for: missing reasons from the end of the shift
    on, and all else when the hand-over is overdue. Where nothing is open there is nothing to do."""
    check = tx.daily_checks.known(check_id)
    tx.daily_checks.lock_round(check.org_unit)
    handover = tx.handovers.waiting(check.org_unit)
    missing = tx.daily_checks.unanswered(check)
    if check.handed_over_at or not (handover or tx.daily_checks.open_orders(check.org_unit)):
        return
    wanted = Missing.REASONS if missing else Missing.PROPOSAL
    wanted = Missing.SIGNATURE if handover else wanted
    due_at = _due_at(tx, check)
    if wanted is Missing.REASONS or tx.now > due_at:
        _tell(tx, check, wanted, handover, missing=len(missing))
    rule = handover_rule(tx, check.org_unit)
    again = tx.now + UNRULED
    if rule is not None:
        clock = rule.value.clock
        again = clock.ahead(clock.again, tx.now, tx.calendar(check.org_unit))
    _look_again(tx, check, due_at + INSTANT if tx.now <= due_at else again)


def _tell(
    tx: DispatchTransaction,
    check: DailyCheck,
    wanted: Missing,
    handover: Handover | None,
    *,
    missing: int,
) -> None:
    told = DailyCheckReminded(
        daily_check_id=check.id,
        org_unit=check.org_unit,
        day=check.day,
        awaited=wanted,
        unanswered=missing,
        reminder=check.told + 1,
        owner_ids=_owners(tx, check, handover),
        superior_id=_superior(tx, check, wanted),
    )
    rule = handover_rule(tx, check.org_unit)
    tx.emit(told, because=rule.because if rule else None)
    check.told += 1


def _owners(
    tx: DispatchTransaction, check: DailyCheck, handover: Handover | None
) -> tuple[UUID, ...]:
    if handover is None:
        return checkers_of(tx, check)
    return incoming_of(tx, unit=check.org_unit, from_id=handover.from_id, to_id=handover.to_id)


def _superior(tx: DispatchTransaction, check: DailyCheck, wanted: Missing) -> UUID | None:
    """Of missing reasons a superior is told at once, of all else with the second reminder; then one
    climbs, and the last of them stays."""
    rule = handover_rule(tx, check.org_unit)
    level = check.told if wanted is Missing.REASONS else check.told - 1
    if rule is None or level < 0:
        return None
    superiors = rule.value.superiors
    above = superiors[min(level, len(superiors) - 1) :] + superiors
    found = tx.people.nearest(above, unit=check.org_unit)
    return found.person_id if found else None


def _due_at(tx: DispatchTransaction, check: DailyCheck) -> datetime:
    """When both are to have signed."""
    since = check.made_at if check.late else check.ends_at
    rule = handover_rule(tx, check.org_unit)
    if rule is None:
        return since + UNRULED
    clock = rule.value.clock
    within = given(clock.within, "the schema of packs asks for it.")
    return clock.ahead(within, since, tx.calendar(check.org_unit))


def _look_again(tx: DispatchTransaction, check: DailyCheck, at: datetime) -> None:
    tx.set_timer(REMINDER, f"org_unit/{check.org_unit}", at, daily_check_id=check.id)
