"""Adjust or end the cooperation of a unit with a customer by a case that two persons decide
(AD-23)."""

from datetime import date
from uuid import UUID

from customer.adapters.mapping import Customer, ExitCase, Membership
from customer.adapters.transaction import CustomerTransaction
from customer.domain.exit_states import Command, State
from customer.domain.exits import (
    ExitOpen,
    ExitRule,
    Kind,
    Terms,
    check_approver,
    check_proposer,
)
from customer.domain.memberships import Standing
from customer.domain.reminders import opening_from
from customer.domain.staff import Officer
from customer.use_cases.customers import check_unit
from customer.use_cases.leaving import leave
from shared.ids import new_id
from shared.rules import NotFound, Ruling, WrongState

REVIEW = "exit.review"


def propose_exit(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    unit: str,
    terms: Terms,
    reason_code: str,
    reason: str,
    evidence: str,
    officer: Officer,
) -> ExitCase:
    """Propose to adjust the cooperation of ``unit`` with a customer of its base, or to end it.

    Raises UnitUnknown, NotFound, WrongState, NoExitAuthority, ExitReasonUnknown, ExitOpen,
    PolicyMissing, and Invalid for terms that are not whole.
    """
    check_unit(tx, unit, caller=officer)
    _membership(tx, customer, unit)
    rule = exit_rule(tx, unit, terms.kind)
    check_proposer(officer.roles, reason_code, rule)
    terms.check(today=tx.today(unit))
    if tx.exits.open_of(customer.id, unit) is not None:
        raise ExitOpen("A case waits for a decision.")
    case = ExitCase(
        id=new_id(),
        customer_id=customer.id,
        org_unit=unit,
        **vars(terms),
        reason_code=reason_code,
        reason=reason,
        evidence=evidence,
        because=rule.because,
        proposed_by=officer.id,
        proposed_at=tx.now,
    )
    return add_case(tx, case)


def decide_exit(
    tx: CustomerTransaction,
    customer: Customer,
    case: ExitCase,
    *,
    approve: bool,
    opinion: str,
    officer: Officer,
) -> ExitCase:
    """Approve or reject a case. An approved termination ends the standing of the customer in the
    base of the unit, his admission there and its visits; an adjustment is looked at again.

    Raises NoExitAuthority, SamePerson, WrongState.
    """
    rule = exit_rule(tx, case.org_unit, case.kind)
    check_approver(officer.roles, rule)
    tx.blacklist.hold(customer.id)
    command = Command.APPROVE if approve else Command.REJECT
    told = case.decide(command, by=officer.id, now=tx.now, opinion=opinion, because=rule.because)
    tx.emit(told, because=rule.because)
    _note(tx, case)
    if case.is_end:
        left = _membership(tx, customer, case.org_unit)
        leave(tx, customer, [left], way="exit_case", because=rule.because)
    elif case.state is State.APPROVED and case.review_on is not None:
        _await_review(tx, case, case.review_on)
    return case


def withdraw_exit(tx: CustomerTransaction, case: ExitCase, *, officer: Officer) -> ExitCase:
    """Take a proposal back. Raises WrongState, NotTheProposer."""
    told = case.withdraw(by=officer.id, now=tx.now)
    tx.emit(told, because=case.because)
    _note(tx, case)
    return case


def ask_for_review(tx: CustomerTransaction, *, case_id: UUID) -> None:
    """Tell that an adjustment is looked at again today; of whoever has left since, nothing is."""
    case = tx.exits.known(case_id)
    found = tx.memberships.find(case.customer_id, case.org_unit)
    if found is None or found.standing is Standing.EXITED:
        return
    tx.emit(case.review_due(), because=case.because)


def add_case(tx: CustomerTransaction, case: ExitCase, told_roles: tuple[str, ...] = ()) -> ExitCase:
    """Keep a new case, and tell of it."""
    tx.exits.add(case)
    tx.emit(case.proposed(told_roles), because=case.because)
    _note(tx, case)
    return case


def exit_rule(tx: CustomerTransaction, unit: str, kind: Kind) -> Ruling[ExitRule]:
    """What the packs of ``unit`` say of exits of that kind. Raises PolicyMissing."""
    return tx.policies.ruling("exits", unit=unit, on=tx.today(unit), exit=kind)


def _membership(tx: CustomerTransaction, customer: Customer, unit: str) -> Membership:
    found = tx.memberships.find(customer.id, unit)
    if found is None:
        raise NotFound("The customer does not stand in the customer base of that unit.")
    if found.standing is Standing.EXITED:
        raise WrongState("The customer has left already.", state=found.standing.value)
    return found


def _await_review(tx: CustomerTransaction, case: ExitCase, day: date) -> None:
    due_at = opening_from(tx.calendar(case.org_unit), day)
    tx.set_timer(REVIEW, f"exit_case/{case.id}", due_at, case_id=case.id)


def _note(tx: CustomerTransaction, case: ExitCase) -> None:
    """Into the audit log and the customer's timeline, without the words of the case."""
    tx.record(f"exit.{case.state}", f"exit_case/{case.id}", customer_id=case.customer_id)
    subject = f"customer/{case.customer_id}"
    tx.note(subject, f"exit_{case.state}", case_id=case.id, unit=case.org_unit)
