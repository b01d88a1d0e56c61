"""Say whether a unit may do something with a customer, gate by gate (K-35).

Every use case that begins a dealing calls ``demand`` before it changes anything.
"""

from collections.abc import Callable
from dataclasses import dataclass

from customer.adapters.mapping import Contract, Customer
from customer.adapters.transaction import CustomerTransaction
from customer.domain import contract_states
from customer.domain.blacklist_rules import CustomerBlacklisted
from customer.domain.gates import (
    CLOSED,
    ContractNotReviewed,
    Gate,
    NoSignedContract,
    NotAdmitted,
    Passage,
    Purpose,
    demanded,
)
from customer.use_cases.standings import duty, is_admitted
from shared.org_units import chain
from shared.rules import Because


@dataclass(frozen=True)
class Case:
    """Who asks for what; ``contract`` is the one to be signed, ``because`` the clause that puts the
    gate there."""

    customer: Customer
    unit: str
    contract: Contract | None
    because: Because | None


Look = Callable[[CustomerTransaction, Case], Passage]


def passages(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    unit: str,
    purpose: Purpose,
    contract: Contract | None = None,
) -> list[Passage]:
    """Every gate before ``purpose``, in its order, and whether it is open.

    Raises UnitUnknown, CalendarMissing.
    """
    rules = tx.policies.rulings("gates", unit=unit, on=tx.today(unit), kind=customer.kind)
    asked = demanded(purpose, rules)
    return [
        _LOOKS[gate](tx, Case(customer, unit, contract, because)) for gate, because in asked.items()
    ]


def demand(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    unit: str,
    purpose: Purpose,
    contract: Contract | None = None,
) -> None:
    """Raise the error of the first gate that is closed; see ``CLOSED``. Raises as ``passages``.

    Nobody lists the customer on a blacklist before the commit.
    """
    tx.blacklist.hold(customer.id)
    for passage in passages(tx, customer, unit=unit, purpose=purpose, contract=contract):
        if not passage.open:
            raise CLOSED[passage.gate](
                f"The gate {passage.gate} is closed.", because=passage.because, gate=passage.gate
            )


def _blacklist(tx: CustomerTransaction, case: Case) -> Passage:
    entry = tx.blacklist.barring(case.customer.id, unit=case.unit)
    if entry is None:
        return Passage(Gate.BLACKLIST)
    return Passage(Gate.BLACKLIST, code=CustomerBlacklisted.code, because=entry.because)


def _admission(tx: CustomerTransaction, case: Case) -> Passage:
    asked = duty(tx, case.customer.kind, unit=case.unit)
    because = case.because or (asked.because if asked else None)
    admitted = is_admitted(tx, case.customer, unit=case.unit)
    return Passage(Gate.ADMISSION, None if admitted else NotAdmitted.code, because)


def _review(tx: CustomerTransaction, case: Case) -> Passage:
    looked = [case.contract] if case.contract is not None else _in_force(tx, case)
    passed = any(one.reviewed_by and _is_no_refusal(one) for one in looked)
    code = None if passed else ContractNotReviewed.code
    return Passage(Gate.CONTRACT_REVIEW, code, case.because)


def _signature(tx: CustomerTransaction, case: Case) -> Passage:
    code = None if _in_force(tx, case) else NoSignedContract.code
    return Passage(Gate.SIGNATURE, code, case.because)


def _is_no_refusal(contract: Contract) -> bool:
    return contract.state is not contract_states.State.REFUSED


def _in_force(tx: CustomerTransaction, case: Case) -> list[Contract]:
    units = chain(tx.session, case.unit)
    return tx.contracts.in_force(case.customer.id, units=units, on=tx.today(case.unit))


_LOOKS: dict[Gate, Look] = {
    Gate.BLACKLIST: _blacklist,
    Gate.ADMISSION: _admission,
    Gate.CONTRACT_REVIEW: _review,
    Gate.SIGNATURE: _signature,
}
