"""Say why an order is open at the end of the shift, and what is to be done with it (WO-17)."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from dispatch.adapters.transaction import DispatchTransaction
from dispatch.domain.callers import Caller
from dispatch.domain.daily_checks import (
    Answer,
    DailyCheck,
    Entry,
    check_checker,
    check_not_ended,
    entry_of,
)
from shared.rules import RuleBroken


def give_reason(
    tx: DispatchTransaction, check_id: UUID, order_id: UUID, *, answer: Answer, caller: Caller
) -> Entry:
    """Keep reason and instruction in the book, and let the timeline of the order tell them; given
    once more they replace what was said before.

    Raises NotOnStaff, MayNotCheck, HandedOver, CheckSuperseded, OrderEnded, NotFound.
    """
    check = _open_list(tx, check_id, caller)
    return _give(tx, check, order_id, answer, by=tx.people.acting(caller).id)


def give_reasons(
    tx: DispatchTransaction, check_id: UUID, *, answers: Mapping[UUID, Answer], caller: Caller
) -> Iterable[tuple[UUID, str | None]]:
    """The same for many orders: for each of them None, or the code of what was wrong with it, which
    holds up no other.

    Raises NotOnStaff, MayNotCheck, HandedOver, CheckSuperseded.
    """
    check = _open_list(tx, check_id, caller)
    by = tx.people.acting(caller).id
    return [(one, _tried(tx, check, one, answer, by=by)) for one, answer in answers.items()]


def _tried(
    tx: DispatchTransaction, check: DailyCheck, order_id: UUID, answer: Answer, *, by: UUID
) -> str | None:
    try:
        _give(tx, check, order_id, answer, by=by)
    except RuleBroken as broken:
        return broken.code
    return None


def _open_list(tx: DispatchTransaction, check_id: UUID, caller: Caller) -> DailyCheck:
    """The list, on which nobody else writes or signs until the end of the transaction."""
    check = tx.daily_checks.get(check_id, seen_from=caller.unit)
    tx.daily_checks.lock_round(check.org_unit)
    check = tx.daily_checks.known(check_id)
    check_checker(caller.roles, tx.ruling("daily_check", unit=check.org_unit))
    check.check_open(latest=tx.daily_checks.latest(check.org_unit) is check)
    return check


def _give(
    tx: DispatchTransaction, check: DailyCheck, order_id: UUID, answer: Answer, *, by: UUID
) -> Entry:
    order = tx.daily_checks.order_in(check.org_unit, order_id)
    check_not_ended(order)
    entry = tx.daily_checks.entry(check.id, order_id)
    if entry is None:
        zone = tx.calendar(check.org_unit).timezone
        entry = entry_of(order, check.id, day=check.day, zone=zone, now=tx.now, listed=False)
        tx.daily_checks.add_entry(entry)
    entry.answer(answer, by=by, now=tx.now)
    tx.note(
        f"work_order/{order_id}",
        "open_reason",
        because=check.because,
        daily_check_id=check.id,
        reason=answer.reason,
        instruction=answer.instruction,
    )
    return entry
