"""Negotiate with customers, and have contracts drafted, reviewed and signed (K-35)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from customer.adapters.mapping import Contract, Customer, Negotiation
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.contracts import ContractNumberTaken
from customer.domain.gates import Purpose
from customer.domain.staff import Caller
from customer.use_cases import gates
from customer.use_cases.visit_plans import plan_visits
from shared.ids import new_id
from shared.rules import UnitUnknown


def open_negotiation(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    unit: str,
    subject: str,
    expected_on: date,
    caller: Caller,
) -> Negotiation:
    """Begin to talk about a cooperation: of a partner only once he is admitted (AD-27). Visits are
    closer while it is near (VS-21).

    Raises UnitUnknown, and as the gates before a negotiation.
    """
    _check(tx, customer, unit, Purpose.NEGOTIATION, caller)
    negotiation = Negotiation(
        id=new_id(),
        customer_id=customer.id,
        unit=unit,
        subject=subject,
        expected_on=expected_on,
        opened_at=tx.now,
        opened_by=person_of(caller),
    )
    tx.contracts.add(negotiation)
    tx.emit(negotiation.opened())
    _record(tx, customer, "negotiation.opened", negotiation.id)
    tx.session.flush()
    plan_visits(tx, customer, recount=True)
    return negotiation


def draft_contract(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    unit: str,
    number: str,
    products: Sequence[str],
    caller: Caller,
) -> Contract:
    """Draft a contract. Raises UnitUnknown, ContractNumberTaken, and as the gates before one."""
    _check(tx, customer, unit, Purpose.CONTRACT, caller)
    if tx.contracts.has_number(number):
        raise ContractNumberTaken("Another contract has that number.")
    contract = Contract(
        id=new_id(),
        customer_id=customer.id,
        unit=unit,
        number=number,
        products=tuple(products),
        drafted_at=tx.now,
        drafted_by=person_of(caller),
    )
    tx.contracts.add(contract)
    _record(tx, customer, "contract.drafted", contract.id)
    return contract


def review_contract(
    tx: CustomerTransaction,
    customer: Customer,
    contract: Contract,
    *,
    passed: bool,
    opinion: str,
    caller: Caller,
) -> Contract:
    """Record what the review of a contract came to (SO-17). Raises as ``Contract.review``."""
    contract.review(passed=passed, opinion=opinion, by=person_of(caller), now=tx.now)
    _record(tx, customer, "contract.reviewed", contract.id)
    return contract


def sign_contract(
    tx: CustomerTransaction,
    customer: Customer,
    contract: Contract,
    *,
    signed_on: date,
    valid_until: date | None,
) -> Contract:
    """Record the signature under a contract (AD-04).

    Raises WrongState, Invalid, and as the gates before a signature.
    """
    gates.demand(tx, customer, unit=contract.unit, purpose=Purpose.SIGNATURE, contract=contract)
    today = tx.today(contract.unit)
    tx.emit(contract.sign(signed_on=signed_on, valid_until=valid_until, today=today))
    _record(tx, customer, "contract.signed", contract.id)
    return contract


def _check(
    tx: CustomerTransaction, customer: Customer, unit: str, purpose: Purpose, caller: Caller
) -> None:
    if not tx.sees(caller.unit, unit):
        raise UnitUnknown("The organisational unit is not known here.", unit=unit)
    gates.demand(tx, customer, unit=unit, purpose=purpose)


def _record(tx: CustomerTransaction, customer: Customer, action: str, about: UUID) -> None:
    kind, _, _ = action.partition(".")
    data: dict[str, Any] = {f"{kind}_id": about}
    tx.record(action, f"{kind}/{about}", customer_id=customer.id)
    tx.note(f"customer/{customer.id}", action.replace(".", "_"), **data)
