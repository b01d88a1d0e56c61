"""The admission forms of partners over HTTP (AD-24 to AD-30), which their office archives."""

from typing import Any
from uuid import UUID

from customer.adapters.customers import Customers
from customer.adapters.mapping import Customer, PartnerForm
from customer.adapters.partners import Partners
from customer.api.access import (
    PARTNER_BOARD,
    PARTNER_INTRODUCERS,
    PARTNER_OFFICE,
    PARTNER_READERS,
)
from customer.api.customer_schemas import CustomerSchema
from customer.api.partner_schemas import (
    ArchiveFormSchema,
    DecideFormSchema,
    FillFormSchema,
    FormContentsSchema,
    OpenFormSchema,
    PartnerFormSchema,
    RecordFindingsSchema,
    RegisterPartnerSchema,
    SubmitFormSchema,
)
from customer.api.readings import Looking, looking
from customer.api.versions import shown
from customer.use_cases import partners as use_cases
from customer.use_cases.partner_office import archive_form
from shared.policy import Rulebook
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx

FORM = "/v1/customers/<uuid:customer_id>/partner-form"


def blueprint(rulebook: Rulebook) -> Blueprint:
    """How partners of joint ventures are admitted."""
    blp = Blueprint("partners", __name__, description="Admission of partners")
    _registration(blp)
    _filling(blp)
    _checking(blp)
    _decisions(blp)
    _queries(blp, looking(rulebook))
    return blp


def _queries(blp: Blueprint, look: Looking) -> None:
    @blp.get(FORM)
    @allow(*PARTNER_READERS)
    @query
    @blp.response(200, PartnerFormSchema)
    def get_form(customer_id: UUID) -> PartnerForm:
        """Where the form of a partner stands."""
        unit = principal().unit
        customer = Customers(session()).get(customer_id, unit=unit)
        return shown(Partners(session()).get(customer.id, seen_from=unit))

    @blp.get(f"{FORM}/contents")
    @allow(*PARTNER_READERS)
    @query
    @blp.response(200, FormContentsSchema)
    def get_form_contents(customer_id: UUID) -> dict[str, Any]:
        """What stands in the form of a partner, masked where it is personal."""
        looked, unit = look(), principal().unit
        customer = looked.customers.get(customer_id, unit=unit)
        form = looked.partners.get(customer.id, seen_from=unit)
        return {"cells": use_cases.contents(looked, form)}


def _registration(blp: Blueprint) -> None:
    @blp.post("/v1/partners")
    @allow(*PARTNER_INTRODUCERS)
    @command
    @blp.arguments(RegisterPartnerSchema)
    @blp.response(201, CustomerSchema)
    def register_partner(asked: dict[str, Any]) -> Customer:
        """Open the file of a partner whom the caller's unit introduces."""
        return shown(use_cases.register_partner(tx(), **asked, caller=principal()))


def _filling(blp: Blueprint) -> None:
    @blp.post(FORM)
    @allow(*PARTNER_INTRODUCERS)
    @command
    @blp.arguments(OpenFormSchema)
    @blp.response(201, PartnerFormSchema)
    def open_form(asked: dict[str, Any], customer_id: UUID) -> PartnerForm:
        """Begin the form of a partner."""
        customer = _customer(customer_id)
        return shown(use_cases.open_form(tx(), customer, **asked, caller=principal()))

    @blp.post(f"{FORM}/contents")
    @allow(*PARTNER_INTRODUCERS)
    @command
    @blp.arguments(FillFormSchema)
    @blp.response(200, PartnerFormSchema)
    def fill_form(asked: dict[str, Any], customer_id: UUID) -> PartnerForm:
        """Write values into the form."""
        return shown(use_cases.fill_form(tx(), _form(customer_id), **asked))

    @blp.post(f"{FORM}/submissions")
    @allow(*PARTNER_INTRODUCERS)
    @command
    @blp.arguments(SubmitFormSchema)
    @blp.response(200, PartnerFormSchema)
    def submit_form(_asked: dict[str, Any], customer_id: UUID) -> PartnerForm:
        """Forward the form to the joint-venture office."""
        return shown(use_cases.submit_form(tx(), _form(customer_id)))


def _checking(blp: Blueprint) -> None:
    @blp.post(f"{FORM}/findings")
    @allow(*PARTNER_INTRODUCERS)
    @command
    @blp.arguments(RecordFindingsSchema)
    @blp.response(200, PartnerFormSchema)
    def record_findings(asked: dict[str, Any], customer_id: UUID) -> PartnerForm:
        """Record what was seen on site."""
        form = _form(customer_id)
        return shown(use_cases.record_findings(tx(), form, **asked, caller=principal()))

    @blp.post(f"{FORM}/checks")
    @allow(*PARTNER_INTRODUCERS)
    @command
    @blp.arguments(SubmitFormSchema)
    @blp.response(200, PartnerFormSchema)
    def end_check(_asked: dict[str, Any], customer_id: UUID) -> PartnerForm:
        """End the check on site; the form has to be complete."""
        return shown(use_cases.end_check(tx(), _form(customer_id)))


def _decisions(blp: Blueprint) -> None:
    @blp.post(f"{FORM}/screenings")
    @allow(*PARTNER_OFFICE)
    @command
    @blp.arguments(DecideFormSchema)
    @blp.response(200, PartnerFormSchema)
    def screen_form(asked: dict[str, Any], customer_id: UUID) -> PartnerForm:
        """Let a partner pass the first look, or decline him with an explanation."""
        form = _form(customer_id)
        return shown(use_cases.screen_form(tx(), form, **asked, caller=principal()))

    @blp.post(f"{FORM}/decisions")
    @allow(*PARTNER_BOARD)
    @command
    @blp.arguments(DecideFormSchema)
    @blp.response(200, PartnerFormSchema)
    def decide_form(asked: dict[str, Any], customer_id: UUID) -> PartnerForm:
        """Admit a partner, or decline him with an explanation."""
        customer, form = _customer(customer_id), _form(customer_id)
        return shown(use_cases.decide_form(tx(), customer, form, **asked, caller=principal()))

    @blp.post(f"{FORM}/archivings")
    @allow(*PARTNER_OFFICE)
    @command
    @blp.arguments(ArchiveFormSchema)
    @blp.response(200, PartnerFormSchema)
    def archive_form_of_partner(asked: dict[str, Any], customer_id: UUID) -> PartnerForm:
        """Put a form that was decided into the archive."""
        form = _form(customer_id)
        return shown(archive_form(tx(), form, **asked, officer=principal()))


def _customer(customer_id: UUID) -> Customer:
    found: Customer = tx().customers.get(customer_id, unit=principal().unit)
    return found


def _form(customer_id: UUID) -> PartnerForm:
    unit = principal().unit
    tx().customers.get(customer_id, unit=unit)
    found: PartnerForm = tx().partners.get(customer_id, seen_from=unit)
    return found
