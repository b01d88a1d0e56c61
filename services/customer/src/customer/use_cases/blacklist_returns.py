"""Let a customer come back from a blacklist: by review and two approvals, never by time alone
(AD-18)."""

from collections.abc import Sequence
from typing import Any

from customer.adapters.mapping import BlacklistEntry, BlacklistReturn
from customer.adapters.transaction import CustomerTransaction
from customer.domain.blacklist_returns import Verdict
from customer.domain.blacklist_rules import (
    NoAuthority,
    Officer,
    Return,
    ReturnGrade,
    ValidityRuns,
)
from customer.domain.blacklist_states import Command
from customer.use_cases.blacklist import check_keeper, ruling
from customer.use_cases.blacklist_effects import readmit, told_of
from shared.ids import new_id
from shared.rules import Ruling, WrongState


def open_return(
    tx: CustomerTransaction, entry: BlacklistEntry, *, change: str, officer: Officer
) -> BlacklistEntry:
    """Begin a return: the validity has ended, and the customer's situation changed (AD-18).

    Raises NoAuthority, ValidityRuns, WrongState.
    """
    check_keeper(tx, entry.scope, unit=entry.org_unit, officer=officer)
    if entry.valid_until is not None and tx.today(entry.org_unit) < entry.valid_until:
        raise ValidityRuns("The validity has not ended.", because=entry.because)
    entry.take(Command.OPEN_RETURN)
    made = BlacklistReturn(
        id=new_id(),
        entry_id=entry.id,
        customer_id=entry.customer_id,
        change=change,
        opened_by=officer.id,
        opened_at=tx.now,
    )
    tx.blacklist.add_return(made)
    _keep(tx, entry, "return_opened")
    _note(tx, entry, "blacklist_return_opened")
    return entry


def review_return(
    tx: CustomerTransaction,
    entry: BlacklistEntry,
    *,
    verdicts: Sequence[Verdict],
    officer: Officer,
) -> BlacklistEntry:
    """Keep what a review found about each condition of admission (AD-18).

    Raises NoAuthority, VerdictsIncomplete, WrongState.
    """
    check_keeper(tx, entry.scope, unit=entry.org_unit, officer=officer)
    entry.take(Command.REVIEW_RETURN)
    _open(tx, entry).review(verdicts, by=officer.id, rule=_rule(tx, entry), now=tx.now)
    _keep(tx, entry, "return_reviewed")
    return entry


def approve_return(
    tx: CustomerTransaction, entry: BlacklistEntry, *, role: str, officer: Officer
) -> BlacklistEntry:
    """A leader agrees; when both have, the entry is lifted (AD-18, AD-19).

    Raises NoAuthority, SamePerson, ConditionsUnmet, ApprovalRepeated, WrongState.
    """
    rule = _rule(tx, entry)
    if role not in officer.roles:
        raise NoAuthority("You do not hold that role.", because=rule.because)
    entry.take(Command.APPROVE_RETURN)
    made = _open(tx, entry)
    side = made.approve(role, by=officer.id, rule=rule, now=tx.now)
    _keep(tx, entry, "return_approved", side=side)
    if made.approved:
        _lift(tx, entry, made)
    return entry


def refuse_return(
    tx: CustomerTransaction, entry: BlacklistEntry, *, reason: str, officer: Officer
) -> BlacklistEntry:
    """Keep the customer on the list (AD-18). Raises NoAuthority, WrongState."""
    rule = _rule(tx, entry)
    leaders = {*rule.value.company_leaders, *rule.value.department_leaders}
    if not leaders & officer.roles:
        raise NoAuthority("Leaders decide on a return.", because=rule.because)
    kept = Command.KEEP_LISTED if entry.valid_until is None else Command.KEEP_EXPIRED
    entry.take(kept)
    made = _open(tx, entry)
    made.refused_reason, made.ended_at = reason, tx.now
    _keep(tx, entry, "return_refused")
    _note(tx, entry, "blacklist_return_refused")
    return entry


def _lift(tx: CustomerTransaction, entry: BlacklistEntry, made: BlacklistReturn) -> None:
    unit = entry.org_unit
    given: Ruling[ReturnGrade] = tx.policies.ruling("returning_grade", unit=unit, on=tx.today(unit))
    grade = f"{given.value.scheme}:{given.value.grade}"
    made.ended_at = tx.now
    customer = tx.customers.known(entry.customer_id)
    tx.emit(entry.lift(grade=grade, now=tx.now, told=told_of(tx, entry)), because=given.because)
    readmit(tx, entry, customer, given)
    _keep(tx, entry, "lifted")


def _rule(tx: CustomerTransaction, entry: BlacklistEntry) -> Ruling[Return]:
    return ruling(tx, "blacklist_return", entry.scope, unit=entry.org_unit)


def _open(tx: CustomerTransaction, entry: BlacklistEntry) -> BlacklistReturn:
    found = tx.blacklist.open_return(entry.id)
    if found is None:
        raise WrongState("No return is under way.", state=entry.state.value, allowed=[])
    return found


def _keep(tx: CustomerTransaction, entry: BlacklistEntry, what: str, **detail: Any) -> None:
    subject = f"blacklist_entry/{entry.id}"
    tx.record(f"blacklist.{what}", subject, customer_id=entry.customer_id, **detail)
    tx.note(subject, f"blacklist_{what}", **detail)


def _note(tx: CustomerTransaction, entry: BlacklistEntry, kind: str) -> None:
    """Into the timeline of the customer."""
    tx.note(f"customer/{entry.customer_id}", kind, entry_id=entry.id, unit=entry.barred_unit)
