"""Say whether a unit may do something with a customer, gate by gate (K-35).

Every use case that begins a dealing calls ``demand`` before it changes anything.
"""

from collections.abc import Callable

from customer.adapters.mapping import Customer
from customer.adapters.transaction import CustomerTransaction
from customer.domain.gates import CLOSED, Gate, NotAdmitted, Passage, Purpose, demanded
from customer.use_cases.standings import duty, is_admitted
from shared.rules import Because

Look = Callable[[CustomerTransaction, Customer, str, Because | None], Passage]


def passages(
    tx: CustomerTransaction, customer: Customer, *, unit: str, purpose: Purpose
) -> list[Passage]:
    """Every gate before ``purpose``, in its order, and whether it is open.

    Raises UnitUnknown, CalendarMissing.
    """
    rules = tx.policies.rulings("gates", unit=unit, on=tx.today(unit), kind=customer.kind)
    asked = demanded(purpose, rules)
    looks = ((_LOOKS.get(gate), because) for gate, because in asked.items())
    return [look(tx, customer, unit, because) for look, because in looks if look]


def demand(tx: CustomerTransaction, customer: Customer, *, unit: str, purpose: Purpose) -> None:
    """Raise the error of the first gate that is closed; see ``CLOSED``. Raises as ``passages``."""
    for passage in passages(tx, customer, unit=unit, purpose=purpose):
        if not passage.open:
            raise CLOSED[passage.gate](
                f"The gate {passage.gate} is closed.", because=passage.because, gate=passage.gate
            )


def _admission(
    tx: CustomerTransaction, customer: Customer, unit: str, because: Because | None
) -> Passage:
    asked = duty(tx, customer.kind, unit=unit)
    said = because or (asked.because if asked else None)
    if is_admitted(tx, customer, unit=unit):
        return Passage(Gate.ADMISSION, because=said)
    return Passage(Gate.ADMISSION, code=NotAdmitted.code, because=said)


_LOOKS: dict[Gate, Look] = {Gate.ADMISSION: _admission}
