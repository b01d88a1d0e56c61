"""Plan, approve, hold and report gatherings of customers (VS-06 to VS-11, VS-15)."""

from datetime import date
from typing import Any

from customer.adapters.gatherings import Gatherings
from customer.adapters.mapping import Gathering
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.cadence import add_months
from customer.domain.coordination import CoordinationRule
from customer.domain.events.gatherings import GatheringMoved, GatheringWanted
from customer.domain.gatherings import (
    ApprovalRule,
    FundingRule,
    GatheringRule,
    Kind,
    YearTaken,
)
from customer.domain.invitations import Meeting
from customer.domain.reminders import opening_from
from customer.domain.staff import Caller, Officer
from customer.use_cases.customers import check_unit
from customer.use_cases.invitations import invite
from shared.ids import new_id
from shared.org_units import chain
from shared.policy import Policies
from shared.rules import Ruling

CYCLE = "gathering.cycle"
AGAIN_MONTHS = 1  # Until one asks again for a gathering that nobody plans.


def draft_gathering(tx: CustomerTransaction, *, caller: Officer, **fields: Any) -> Gathering:
    """Plan a gathering; its agenda holds what the pack asks for (VS-07, VS-08).

    Raises UnitUnknown, AgendaIncomplete, PolicyMissing, NotTheCoordinator, YearTaken, and NotFound
    for a foreign customer.
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
    _check_year(tx, one, rule)
    if one.joint_units or rule.value.per_year is not None:
        _check_coordinator(tx, one.org_unit, caller)
    tx.gatherings.add(one)
    tx.record("gathering.drafted", f"gathering/{one.id}")
    for guest in sorted(set(one.invited_units)):
        about: dict[str, Any] = {"org_unit": one.org_unit, "unit": guest, "on": one.planned_on}
        invite(tx, Meeting.GATHERING, one.id, **about, caller=caller)
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
    """Say that it took place. Raises ApprovalMissing, FundingMissing, WrongState, Invalid."""
    rule, today = _approvals(tx, one), tx.today(one.org_unit)
    asked = one.budget and tx.policies.rulings("gathering_funding", unit=one.org_unit, on=today)
    funded = not asked or one.funded_by is not None
    moved = one.hold(rule, held_on=held_on, today=today, funded=funded)
    for customer_id in one.customers:
        tx.note(f"customer/{customer_id}", "gathering_held", gathering_id=one.id, on=held_on)
    return _tell(tx, one, moved)


def fund_gathering(tx: CustomerTransaction, one: Gathering, *, caller: Officer) -> Gathering:
    """Grant what a gathering costs (VS-37). Raises PolicyMissing, WrongState, NotTheApprover."""
    rule: Ruling[FundingRule] = tx.policies.ruling(
        "gathering_funding", unit=one.org_unit, on=tx.today(one.org_unit)
    )
    one.fund(rule.value, roles=caller.roles, by=person_of(caller))
    tx.record("gathering.funded", f"gathering/{one.id}")
    tx.note(f"gathering/{one.id}", "gathering_funded", because=rule.because)
    return one


def report_gathering(
    tx: CustomerTransaction, one: Gathering, *, text: str, caller: Caller
) -> Gathering:
    """File the written report (VS-10). Raises WrongState."""
    return _tell(tx, one, one.report(text, by=person_of(caller)))


def close_gathering(tx: CustomerTransaction, one: Gathering, *, caller: Caller) -> Gathering:
    """End a gathering that was reported on (VS-10). Raises WrongState."""
    return _tell(tx, one, one.close(by=person_of(caller)))


def cancel_gathering(tx: CustomerTransaction, one: Gathering) -> Gathering:
    """Give a plan up; another gathering is wanted as if it had never been made. Raises
    WrongState."""
    moved = one.cancel()
    tx.session.flush()
    _await_again(tx, one)
    return _tell(tx, one, moved)


def ask_for_next(tx: CustomerTransaction, *, unit: str, kind: Kind) -> None:
    """The cycle of a kind has run out, or the month has come before which one of the year was to be
    planned: tell that another gathering is wanted (VS-07, VS-15)."""
    rule, today = _rule(tx, unit, kind), tx.today(unit)
    if rule.value.per_year is not None and tx.gatherings.planned_in(kind, today.year):
        return  # Planned in another unit, which waits for the next year.
    tx.emit(GatheringWanted(org_unit=unit, kind=kind, because=rule.because), because=rule.because)
    _wake(tx, unit, kind, add_months(tx.today(unit), AGAIN_MONTHS))


def due_gatherings(
    policies: Policies, known: Gatherings, *, unit: str, on: date
) -> list[dict[str, Any]]:
    """Which kinds are wanted in ``unit`` on that day, since when, and why (VS-07, VS-15)."""
    found = []
    for kind in Kind:
        planned, last = known.planned_in(kind, on.year), known.last_day(unit, kind)
        for rule in policies.rulings("gatherings", unit=unit, on=on, kind=kind):
            day = rule.value.due_on(last=last, planned=planned, year=on.year)
            if day is not None and day <= on:
                found.append({"kind": kind, "due_on": day, "because": rule.because})
    return found


def _rule(tx: CustomerTransaction, unit: str, kind: Kind) -> Ruling[GatheringRule]:
    found: Ruling[GatheringRule] = tx.policies.ruling(
        "gatherings", unit=unit, on=tx.today(unit), kind=kind
    )
    return found


def _check_year(tx: CustomerTransaction, one: Gathering, rule: Ruling[GatheringRule]) -> None:
    most, year = rule.value.per_year, one.planned_on.year
    if most is None:
        return
    tx.gatherings.plan_alone()
    if tx.gatherings.planned_in(one.kind, year) >= most:
        raise YearTaken(f"{most} a year, and {year} has them.", because=rule.because)


def _check_coordinator(tx: CustomerTransaction, unit: str, caller: Officer) -> None:
    found: list[Ruling[CoordinationRule]] = tx.policies.rulings(
        "coordination", unit=unit, on=tx.today(unit)
    )
    for rule in found:
        rule.value.check(caller.roles, rule.because)


def _approvals(tx: CustomerTransaction, one: Gathering) -> ApprovalRule:
    unit = one.org_unit
    found: Ruling[ApprovalRule] = tx.policies.ruling(
        "gathering_approvals", unit=unit, on=tx.today(unit), kind=one.kind
    )
    return found.value


def _await_next(tx: CustomerTransaction, unit: str, rule: Ruling[GatheringRule]) -> None:
    kind = rule.value.kind
    last = tx.gatherings.last_day(unit, kind)
    if last is not None:
        day = rule.value.due_on(last=last, planned=0, year=last.year + 1)
        if day is not None:
            _wake(tx, unit, kind, day)


def _await_again(tx: CustomerTransaction, one: Gathering) -> None:
    unit, year = one.org_unit, one.planned_on.year
    tx.cancel_timer(CYCLE, f"gathering_cycle/{unit}/{one.kind}")
    last, planned = tx.gatherings.last_day(unit, one.kind), tx.gatherings.planned_in(one.kind, year)
    rules: list[Ruling[GatheringRule]] = tx.policies.rulings(
        "gatherings", unit=unit, on=tx.today(unit), kind=one.kind
    )
    for rule in rules:
        day = rule.value.due_on(last=last, planned=planned, year=year)
        if day is None:
            _await_next(tx, unit, rule)
        else:
            _wake(tx, unit, one.kind, day)


def _wake(tx: CustomerTransaction, unit: str, kind: Kind, day: date) -> None:
    due_at = max(opening_from(tx.calendar(unit), day), tx.now)
    tx.set_timer(CYCLE, f"gathering_cycle/{unit}/{kind}", due_at, unit=unit, sort=kind)


def _tell(tx: CustomerTransaction, one: Gathering, moved: GatheringMoved) -> Gathering:
    tx.emit(moved)
    tx.record(f"gathering.{moved.state}", f"gathering/{one.id}")
    return one
