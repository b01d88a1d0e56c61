"""Admit customers to units: open, take the steps, assess, decide, look again (AD-01 to AD-11)."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from customer.adapters.mapping import Admission, Customer, Membership
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.admission import (
    AdmissionNotNeeded,
    AdmissionOpen,
    EntryFlow,
    StepTaken,
)
from customer.domain.admission_conditions import Assessment
from customer.domain.admission_states import State
from customer.domain.entry import AdmittedBy
from customer.domain.gates import Purpose
from customer.domain.memberships import Standing
from customer.domain.reminders import opening_from
from customer.domain.staff import Caller
from customer.use_cases import gates
from customer.use_cases.admission_demands import demands_of
from customer.use_cases.standings import duty
from shared.ids import new_id
from shared.rules import Ruling, UnitUnknown

RECHECK = "admission.recheck"
ONE_DAY = timedelta(days=1)


def open_admission(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    unit: str,
    products: Sequence[str],
    caller: Caller,
) -> Admission:
    """Begin the way of a customer into ``unit``; he stands there as a prospect (AD-10).

    Raises UnitUnknown, AdmissionNotNeeded, AdmissionOpen, PolicyMissing, and as the gates before
    an admission: who stands on the blacklist is refused (AD-11).
    """
    if not tx.sees(caller.unit, unit):
        raise UnitUnknown("The organisational unit is not known here.", unit=unit)
    gates.demand(tx, customer, unit=unit, purpose=Purpose.ADMISSION)
    _demand_need(tx, customer, unit)
    flow_of(tx, unit)
    live = tx.admissions.live(customer.id, unit)
    if live is not None:
        raise AdmissionOpen("There is one already.", admission_id=str(live.id))
    admission = Admission(
        id=new_id(),
        customer_id=customer.id,
        unit=unit,
        products=tuple(products),
        opened_at=tx.now,
        opened_by=person_of(caller),
    )
    tx.admissions.add(admission)
    _stand_as_prospect(tx, customer, unit)
    _note(tx, admission, "admission_opened")
    return admission


def take_step(
    tx: CustomerTransaction, admission: Admission, *, step: str, finding: str, caller: Caller
) -> Admission:
    """Record the next step before the review (AD-10). Raises WrongState, StepOutOfOrder."""
    today = tx.today(admission.unit)
    taken = StepTaken(step=step, finding=finding, taken_by=person_of(caller), taken_on=today)
    admission.take_step(taken, flow=flow_of(tx, admission.unit).value)
    _note(tx, admission, "admission_step_taken", step=step)
    return admission


def assess(
    tx: CustomerTransaction,
    customer: Customer,
    admission: Admission,
    *,
    assessments: Sequence[Mapping[str, Any]],
    caller: Caller,
) -> Admission:
    """Record what was found of conditions. Raises WrongState, Invalid, PolicyMissing."""
    by, today = person_of(caller), tx.today(admission.unit)
    found = [Assessment(**one, assessed_by=by, assessed_on=today) for one in assessments]
    admission.assess(found, demands=demands_of(tx, customer, admission))
    about = [one.condition for one in found]
    _note(tx, admission, "admission_assessed", conditions=about)
    return admission


def decide(
    tx: CustomerTransaction, customer: Customer, admission: Admission, *, caller: Caller
) -> Admission:
    """Admit the customer, or say what is lacking (AD-08).

    Raises WrongState, PolicyMissing, and as the gates before an admission.
    """
    gates.demand(tx, customer, unit=admission.unit, purpose=Purpose.ADMISSION)
    demands = demands_of(tx, customer, admission)
    because = _demand_need(tx, customer, admission.unit)
    told = admission.decide(demands, by=person_of(caller), now=tx.now, because=because.because)
    tx.emit(told, because=because.because)
    tx.record("admission.decided", f"admission/{admission.id}", state=admission.state)
    _watch(tx, admission)
    return admission


def recheck(tx: CustomerTransaction, *, admission_id: UUID) -> None:
    """Look whether what an admission rests on still holds; else it expires (AD-02)."""
    admission = tx.admissions.known(admission_id)
    if admission.state is not State.ADMITTED:
        return
    customer = tx.customers.known(admission.customer_id)
    told = admission.recheck(demands_of(tx, customer, admission))
    if told is not None:
        tx.emit(told)
        tx.record("admission.expired", f"admission/{admission.id}")
    _watch(tx, admission)


def recheck_all(tx: CustomerTransaction, customer: Customer) -> None:
    """Look at every admission of a customer: documents of his are in doubt (CF-34)."""
    for admission in tx.admissions.living(customer.id):
        recheck(tx, admission_id=admission.id)


def end_all(tx: CustomerTransaction, customer: Customer, *, unit: str | None = None) -> None:
    """No admission of a customer stands any longer, nor does a request for one (CF-34); with
    ``unit`` those to that unit alone (AD-23)."""
    for admission in tx.admissions.living(customer.id):
        if unit not in (None, admission.unit):
            continue
        admission.end()
        _note(tx, admission, "admission_ended")
        _watch(tx, admission)


def flow_of(tx: CustomerTransaction, unit: str) -> Ruling[EntryFlow]:
    """The steps into ``unit``. Raises PolicyMissing."""
    return tx.policies.ruling("entry_flow", unit=unit, on=tx.today(unit))


def _demand_need(tx: CustomerTransaction, customer: Customer, unit: str) -> Ruling[Any]:
    asked = duty(tx, customer.kind, unit=unit)
    because = asked.because if asked else None
    if asked is None or not asked.value.requires_admission:
        raise AdmissionNotNeeded("Customers of this kind need no admission.", because=because)
    if asked.value.admitted_by is not AdmittedBy.CONDITIONS:
        raise AdmissionNotNeeded("Customers of this kind have a form.", because=because)
    return asked


def _stand_as_prospect(tx: CustomerTransaction, customer: Customer, unit: str) -> None:
    membership = tx.memberships.find(customer.id, unit)
    if membership is None:
        tx.memberships.add(
            Membership(customer_id=customer.id, unit=unit, standing=Standing.PROSPECT, since=tx.now)
        )
    elif membership.standing is Standing.EXITED:
        membership.take(Standing.PROSPECT, now=tx.now)


def _watch(tx: CustomerTransaction, admission: Admission) -> None:
    """Look again on the day after the last one on which the documents hold."""
    subject = f"admission/{admission.id}"
    if admission.state is not State.ADMITTED or admission.valid_until is None:
        tx.cancel_timer(RECHECK, subject)
        return
    due_at = opening_from(tx.calendar(admission.unit), admission.valid_until + ONE_DAY)
    tx.set_timer(RECHECK, subject, due_at, admission_id=admission.id)


def _note(tx: CustomerTransaction, admission: Admission, kind: str, **data: Any) -> None:
    """Into the audit log and the customer's timeline."""
    tx.record(kind.replace("_", ".", 1), f"admission/{admission.id}", **data)
    subject = f"customer/{admission.customer_id}"
    tx.note(subject, kind, admission_id=admission.id, unit=admission.unit, **data)
