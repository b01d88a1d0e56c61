"""Admit partners of joint ventures: fill in, screen, check on site, decide (AD-24 to AD-30)."""

from collections.abc import Mapping, Sequence
from typing import Any

from customer.adapters.mapping import Customer, PartnerForm
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.entry import AdmittedBy
from customer.domain.gates import Purpose
from customer.domain.kinds import Kind
from customer.domain.memberships import Standing
from customer.domain.partner_states import State
from customer.domain.partners import (
    Cell,
    CheckItem,
    Finding,
    FormExists,
    FormItem,
    ShownCell,
    shown_cells,
)
from customer.domain.staff import Caller
from customer.use_cases import gates
from customer.use_cases.customers import check_unit, register_customer
from customer.use_cases.standings import duty
from customer.use_cases.visit_plans import plan_visits
from shared.ids import new_id
from shared.policy import PolicyMissing
from shared.rules import Ruling, UnitUnknown


def register_partner(tx: CustomerTransaction, *, caller: Caller, **profile: Any) -> Customer:
    """Open the file of a partner whom a unit at or below the caller's introduces (AD-24).

    Raises PolicyMissing where the packs of the unit know no form of partners, and as
    ``register_customer``.
    """
    check_unit(tx, profile["org_unit"], caller=caller)
    _form_duty(tx, Kind.PARTNER, profile["org_unit"])
    return register_customer(tx, caller=caller, kind=Kind.PARTNER, **profile)


def open_form(
    tx: CustomerTransaction, customer: Customer, *, unit: str, caller: Caller
) -> PartnerForm:
    """Begin the form of a partner whom ``unit`` introduces; there is one for each (AD-24).

    Raises UnitUnknown, FormExists, PolicyMissing, and as the gates before an admission.
    """
    if not tx.sees(caller.unit, unit):
        raise UnitUnknown("The organisational unit is not known here.", unit=unit)
    gates.demand(tx, customer, unit=unit, purpose=Purpose.ADMISSION)
    _form_duty(tx, customer.kind, unit)
    if tx.partners.find(customer.id) is not None:
        raise FormExists("There is one form a partner.")
    form = PartnerForm(
        id=new_id(),
        customer_id=customer.id,
        unit=unit,
        opened_at=tx.now,
        opened_by=person_of(caller),
    )
    tx.partners.add(form)
    _note(tx, form, "partner_form_opened")
    return form


def fill_form(
    tx: CustomerTransaction, form: PartnerForm, *, cells: Sequence[Mapping[str, Any]]
) -> PartnerForm:
    """Write values into the form. Raises WrongState, Invalid."""
    form.fill([Cell(**one) for one in cells], items=form_items(tx, form.unit))
    _note(tx, form, "partner_form_filled")
    return form


def submit_form(tx: CustomerTransaction, form: PartnerForm) -> PartnerForm:
    """Forward the form to the office. Raises WrongState."""
    tx.emit(form.submit())
    _note(tx, form, "partner_form_submitted")
    return form


def screen_form(
    tx: CustomerTransaction, form: PartnerForm, *, explanation: str | None, caller: Caller
) -> PartnerForm:
    """The office lets the partner pass; with an explanation it declines him. Raises WrongState."""
    by = person_of(caller)
    if explanation is None:
        form.screen(by=by)
    else:
        tx.emit(form.decline(explanation, by=by, now=tx.now))
    _note(tx, form, "partner_form_screened")
    return form


def record_findings(
    tx: CustomerTransaction,
    form: PartnerForm,
    *,
    findings: Sequence[Mapping[str, Any]],
    caller: Caller,
) -> PartnerForm:
    """Record what was seen on site, with inspector and day (AD-25). Raises WrongState, Invalid."""
    by, today = person_of(caller), tx.today(form.unit)
    found = [Finding(**one, inspector_id=by, checked_on=today) for one in findings]
    form.find(found, checklist=checklist(tx, form.unit))
    _note(tx, form, "partner_findings_recorded")
    return form


def end_check(tx: CustomerTransaction, form: PartnerForm) -> PartnerForm:
    """End the check on site. Raises WrongState, FormIncomplete."""
    form.check(items=form_items(tx, form.unit))
    _note(tx, form, "partner_checked")
    return form


def decide_form(
    tx: CustomerTransaction,
    customer: Customer,
    form: PartnerForm,
    *,
    explanation: str | None,
    caller: Caller,
) -> PartnerForm:
    """The board admits the partner, who is entered at once; with an explanation it declines him.

    Raises WrongState, ItemsNotMet, and as the gates before an admission.
    """
    by = person_of(caller)
    if explanation is not None:
        tx.emit(form.decline(explanation, by=by, now=tx.now))
    else:
        gates.demand(tx, customer, unit=form.unit, purpose=Purpose.ADMISSION)
        because = _form_duty(tx, customer.kind, form.unit).because
        asked = checklist(tx, form.unit)
        told = form.admit(checklist=asked, by=by, now=tx.now, because=because)
        tx.emit(told, because=because)
        _enter(tx, customer, form)
    _note(tx, form, "partner_form_decided")
    return form


def partner_graded(tx: CustomerTransaction, customer: Customer) -> None:
    """A partner got a grade: his form is at its end with the first one (AD-28)."""
    form = tx.partners.find(customer.id)
    if form is not None and form.state is State.ADMITTED:
        form.grade()


def contents(tx: CustomerTransaction, form: PartnerForm) -> list[ShownCell]:
    """What stands in the form (F-13)."""
    return shown_cells(form_items(tx, form.unit), form.cells)


def form_items(tx: CustomerTransaction, unit: str) -> list[FormItem]:
    """What the form asks for (F-13)."""
    return [one.value for one in tx.policies.rulings("partner_form", unit=unit, on=tx.today(unit))]


def checklist(tx: CustomerTransaction, unit: str) -> list[CheckItem]:
    """What is looked at on site (AD-30). Raises PolicyMissing for an empty list."""
    listed = tx.policies.rulings("partner_checklist", unit=unit, on=tx.today(unit))
    if not listed:
        raise PolicyMissing("No pack of the unit says what is looked at on site.", unit=unit)
    return [one.value for one in listed]


def _form_duty(tx: CustomerTransaction, kind: Kind, unit: str) -> Ruling[Any]:
    asked = duty(tx, kind, unit=unit)
    if asked is None or asked.value.admitted_by is not AdmittedBy.FORM:
        raise PolicyMissing("Customers of this kind have no form.", unit=unit)
    return asked


def _enter(tx: CustomerTransaction, customer: Customer, form: PartnerForm) -> None:
    membership = tx.memberships.find(customer.id, form.unit)
    if membership is not None:
        membership.take(Standing.ENTERED, now=tx.now)
        tx.session.flush()
        plan_visits(tx, customer, recount=True)


def _note(tx: CustomerTransaction, form: PartnerForm, kind: str) -> None:
    """Into the audit log and the customer's timeline."""
    tx.record(kind.replace("_", ".", 1), f"partner-form/{form.id}", state=form.state)
    tx.note(f"customer/{form.customer_id}", kind, form_id=form.id, state=form.state)
