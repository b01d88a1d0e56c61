"""Plan, approve, hold and report gatherings of customers (VS-06 to VS-11, VS-15)."""

from datetime import date
from typing import Any

from customer.adapters.mapping import Gathering
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.cadence import add_months
from customer.domain.events.gatherings import GatheringMoved, GatheringWanted
from customer.domain.gatherings import ApprovalRule, GatheringRule, Kind
from customer.domain.reminders import opening_from
from customer.domain.staff import Caller
from customer.use_cases.customers import check_unit
from shared.ids import new_id
from shared.org_units import chain
from shared.rules import Ruling

CYCLE = "gathering.cycle"
AGAIN_MONTHS = 1  # Until one asks again for a gathering that nobody plans.


def draft_gathering(tx: CustomerTransaction, *, caller: Caller, **fields: Any) -> Gathering:
    """Plan a gathering; its agenda holds what the pack asks for (VS-07, VS-08).

    Raises UnitUnknown, AgendaIncomplete, PolicyMissing, and NotFound for a foreign customer.
    """
    check_unit(tx, fields["org_unit"], caller=caller)
    for unit in (*fields["joint_units"], *fields["invited_units"]):
        chain(tx.session, unit)
    for customer_id in fields["customers"]:
        tx.customers.get(customer_id, unit=caller.unit)
    stored: dict[str, Any] = {
        name: tuple(map(str, value)) if isinstance(value, list) else value
        for name, value in fields.items()
    }
    one = Gathering(id=new_id(), organiser_id=person_of(caller), drafted_at=tx.now, **stored)
    rule = _rule(tx, one.org_unit, one.kind)
    one.check_agenda(rule.value, rule.because)
    tx.gatherings.add(one)
    tx.record("gathering.drafted", f"gathering/{one.id}")
    tx.session.flush()
    _await_next(tx, one.org_unit, rule)
    return one


def submit_gathering(tx: CustomerTransaction, one: Gathering) -> Gathering:
    """Lay the plan before the marketing division. Raises WrongState."""
    return _tell(tx, one, one.submit())


def approve_gathering(
    tx: CustomerTransaction, one: Gathering, *, caller: Caller, roles: frozenset[str]
) -> Gathering:
    """Give the next approval (VS-09). Raises WrongState, NotTheApprover."""
    rule = _approvals(tx, one)
    return _tell(tx, one, one.approve(rule, roles=roles, by=person_of(caller)))


def refuse_gathering(
    tx: CustomerTransaction,
    one: Gathering,
    *,
    reason: str,
    caller: Caller,
    roles: frozenset[str],
) -> Gathering:
    """Send a plan back with the reason. Raises WrongState, NotTheApprover."""
    rule = _approvals(tx, one)
    return _tell(tx, one, one.refuse(rule, roles=roles, by=person_of(caller), reason=reason))


def hold_gathering(tx: CustomerTransaction, one: Gathering, *, held_on: date) -> Gathering:
    """Say that it took place. Raises ApprovalMissing, WrongState, Invalid."""
    rule = _approvals(tx, one)
    moved = one.hold(rule, held_on=held_on, today=tx.today(one.org_unit))
    for customer_id in one.customers:
        tx.note(f"customer/{customer_id}", "gathering_held", gathering_id=one.id, on=held_on)
    return _tell(tx, one, moved)


def report_gathering(
    tx: CustomerTransaction, one: Gathering, *, text: str, caller: Caller
) -> Gathering:
    """File the written report (VS-10). Raises WrongState."""
    return _tell(tx, one, one.report(text, by=person_of(caller)))


def close_gathering(tx: CustomerTransaction, one: Gathering, *, caller: Caller) -> Gathering:
    """End a gathering that was reported on (VS-10). Raises WrongState."""
    return _tell(tx, one, one.close(by=person_of(caller)))


def ask_for_next(tx: CustomerTransaction, *, unit: str, kind: Kind) -> None:
    """The cycle of a kind has run out: tell that another gathering is wanted (VS-07, VS-15)."""
    rule = _rule(tx, unit, kind)
    tx.emit(GatheringWanted(org_unit=unit, kind=kind, because=rule.because), because=rule.because)
    _wake(tx, unit, kind, add_months(tx.today(unit), AGAIN_MONTHS))


def _rule(tx: CustomerTransaction, unit: str, kind: Kind) -> Ruling[GatheringRule]:
    found: Ruling[GatheringRule] = tx.policies.ruling(
        "gatherings", unit=unit, on=tx.today(unit), kind=kind
    )
    return found


def _approvals(tx: CustomerTransaction, one: Gathering) -> ApprovalRule:
    unit = one.org_unit
    found: Ruling[ApprovalRule] = tx.policies.ruling(
        "gathering_approvals", unit=unit, on=tx.today(unit), kind=one.kind
    )
    return found.value


def _await_next(tx: CustomerTransaction, unit: str, rule: Ruling[GatheringRule]) -> None:
    last = tx.gatherings.last_day(unit, rule.value.kind)
    if rule.value.cycle_months is not None and last is not None:
        _wake(tx, unit, rule.value.kind, add_months(last, rule.value.cycle_months))


def _wake(tx: CustomerTransaction, unit: str, kind: Kind, day: date) -> None:
    due_at = max(opening_from(tx.calendar(unit), day), tx.now)
    tx.set_timer(CYCLE, f"gathering_cycle/{unit}/{kind}", due_at, unit=unit, sort=kind)


def _tell(tx: CustomerTransaction, one: Gathering, moved: GatheringMoved) -> Gathering:
    tx.emit(moved)
    tx.record(f"gathering.{moved.state}", f"gathering/{one.id}")
    return one
