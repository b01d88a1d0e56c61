"""Plan, hold, record and check communications with customers (VS-24, VS-30 to VS-32)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from customer.adapters.mapping import Communication, Customer
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.communications import MinutesRule, Mode, ModeUnknown, Principle, Step
from customer.domain.issues import Source
from customer.domain.staff import Caller
from customer.use_cases.bases import base_of
from customer.use_cases.consents import disclose
from customer.use_cases.grading import held
from customer.use_cases.issues import check_person, raise_issue
from shared.ids import new_id
from shared.org_units import chain
from shared.rules import Invalid, Ruling
from shared.working_time import end_of_working_day

MINUTES = "communication.minutes"


def modes_for(tx: CustomerTransaction, customer: Customer, *, unit: str) -> list[Ruling[Mode]]:
    """How one may communicate with a customer, by his grades and by how far the cooperation has
    come in ``unit`` (VS-22)."""
    membership = next((one for one in tx.memberships.of(customer.id) if one.unit == unit), None)
    return tx.policies.rulings(
        "communication_modes",
        unit=unit,
        on=tx.today(unit),
        grade=held(tx, customer, unit=unit),
        standing=membership.standing if membership else None,
    )


def plan_communication(
    tx: CustomerTransaction, customer: Customer, *, caller: Caller, **fields: Any
) -> Communication:
    """Write down the purpose and agenda of a communication to come (VS-24).

    Raises ModeUnknown, PersonUnknown, and NotFound for a contact or project of somebody else.
    """
    unit = base_of(tx, customer, caller=caller)
    modes = [one.value.mode for one in modes_for(tx, customer, unit=unit)]
    if fields["mode"] not in modes:
        raise ModeUnknown("The packs name no such mode for him.", modes=modes)
    _check_sides(tx, customer, fields)
    one = Communication(
        id=new_id(),
        customer_id=customer.id,
        org_unit=unit,
        planned_by=person_of(caller),
        planned_at=tx.now,
        **_stored(fields),
    )
    tx.communications.add(one)
    tx.record("communication.planned", f"communication/{one.id}", customer_id=customer.id)
    _note(tx, one, "communication_planned")
    return one


def hold_communication(
    tx: CustomerTransaction, one: Communication, *, held_at: datetime
) -> Communication:
    """Say that it took place; the minutes fall due (VS-24). Raises WrongState, PlanTooLate."""
    rule: Ruling[MinutesRule] = tx.policies.ruling(
        "communication_minutes", unit=one.org_unit, on=tx.today(one.org_unit)
    )
    one.hold(held_at=held_at, now=tx.now, plan_first=rule.value.plan_first)
    due = end_of_working_day(tx.calendar(one.org_unit), held_at, rule.value.working_days)
    one.await_minutes(due.at, rule.because)
    subject = f"communication/{one.id}"
    tx.set_timer(MINUTES, subject, max(due.at, tx.now), communication_id=one.id)
    tx.record("communication.held", subject)
    _note(tx, one, "communication_held")
    return one


def record_communication(
    tx: CustomerTransaction,
    customer: Customer,
    one: Communication,
    *,
    issues: Sequence[Mapping[str, Any]],
    outside: Sequence[Mapping[str, Any]],
    caller: Caller,
    **said: Any,
) -> Communication:
    """Make the minutes, raise the issues in them and share them (VS-24, VS-25).

    Raises WrongState, PrincipleUnknown, PersonUnknown, UnitUnknown, ConsentMissing.
    """
    known: list[Ruling[Principle]] = tx.policies.rulings(
        "communication_principles", unit=one.org_unit, on=tx.today(one.org_unit)
    )
    _check_share_list(tx, said)
    one.record(
        _stored(said), known=[rule.value for rule in known], by=person_of(caller), now=tx.now
    )
    one.disclosures = tuple(str(disclose(tx, customer, **told).id) for told in outside)
    for issue in issues:
        raise_issue(
            tx,
            customer,
            source=Source.COMMUNICATION,
            source_id=one.id,
            org_unit=one.org_unit,
            caller=caller,
            **issue,
        )
    _tell_recorded(tx, one)
    return one


def check_communication(
    tx: CustomerTransaction, one: Communication, *, caller: Caller, roles: frozenset[str]
) -> Communication:
    """Sign a record off, as the step of its kind says (VS-30 to VS-32).

    Raises PolicyMissing where no step is tabled, CheckedByAnotherRole, CheckedByAuthor, WrongState.
    """
    step: Ruling[Step] = tx.policies.ruling(
        "communication_steps", unit=one.org_unit, on=tx.today(one.org_unit), kind=one.kind
    )
    by = person_of(caller)
    author = one.recorded_by or one.planned_by
    step.value.check(roles=roles, by=by, author=author, because=step.because)
    one.check(by=by, now=tx.now)
    tx.record("communication.checked", f"communication/{one.id}")
    tx.note(f"communication/{one.id}", "communication_checked", because=step.because, by=by)
    return one


def cancel_communication(tx: CustomerTransaction, one: Communication) -> Communication:
    """Say that it will not take place. Raises WrongState."""
    one.cancel()
    tx.record("communication.cancelled", f"communication/{one.id}")
    _note(tx, one, "communication_cancelled")
    return one


def report_minutes_overdue(tx: CustomerTransaction, *, communication_id: UUID) -> None:
    """Alert that nobody made the minutes; the timer of those that are made is gone."""
    one = tx.communications.known(communication_id)
    supervisor_id = tx.visitors.supervisor(one.planned_by, unit=one.org_unit)
    tx.emit(one.report_overdue(supervisor_id=supervisor_id), because=one.because)
    _note(tx, one, "minutes_overdue")


def _tell_recorded(tx: CustomerTransaction, one: Communication) -> None:
    subject = f"communication/{one.id}"
    tx.cancel_timer(MINUTES, subject)
    tx.emit(one.recorded(), because=one.because)
    tx.record("communication.recorded", subject, disclosures=one.disclosures)
    _note(tx, one, "communication_recorded")


def _note(tx: CustomerTransaction, one: Communication, kind: str) -> None:
    """Into the timeline of the customer."""
    tx.note(f"customer/{one.customer_id}", kind, communication_id=one.id)


def _check_sides(tx: CustomerTransaction, customer: Customer, fields: Mapping[str, Any]) -> None:
    for person_id in fields["our_side"]:
        check_person(tx, person_id)
    for contact_id in fields["their_side"]:
        tx.contacts.get(contact_id, customer_id=customer.id)
    project_id = fields["project_id"]
    if project_id is not None and not tx.projects.belongs(project_id, customer_id=customer.id):
        raise Invalid("He has no such project.", errors={"project_id": ["Is not his."]})


def _check_share_list(tx: CustomerTransaction, said: Mapping[str, Any]) -> None:
    for person_id in said["shared_persons"]:
        check_person(tx, person_id)
    for unit in said["shared_units"]:
        chain(tx.session, unit)


def _stored(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Lists as the rows keep them: tuples of text."""
    return {
        name: tuple(map(str, value)) if isinstance(value, list) else value
        for name, value in fields.items()
    }
