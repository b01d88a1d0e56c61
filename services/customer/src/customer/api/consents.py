"""Consents and disclosures over HTTP (CF-09)."""

from typing import Any
from uuid import UUID

from customer.adapters.consents import Consents, Disclosures
from customer.adapters.customers import Customers
from customer.adapters.mapping import Consent, Disclosure
from customer.adapters.tables import consents, disclosures
from customer.api.access import CONSENT_KEEPERS, DISCLOSERS, DISCLOSURE_READERS
from customer.api.consent_schemas import (
    ConsentSchema,
    DiscloseSchema,
    DisclosureSchema,
    GiveConsentSchema,
    WithdrawConsentSchema,
)
from customer.use_cases import consents as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema

CONSENTS = "/v1/customers/<uuid:customer_id>/consents"
DISCLOSURES = "/v1/customers/<uuid:customer_id>/disclosures"


def blueprint() -> Blueprint:
    """What customers allow to be told to third parties, and what was told."""
    blp = Blueprint("consents", __name__, description="Consents and disclosures")
    _commands(blp)
    _queries(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post(CONSENTS)
    @allow(*CONSENT_KEEPERS)
    @command
    @blp.arguments(GiveConsentSchema)
    @blp.response(201, ConsentSchema)
    def give_consent(asked: dict[str, Any], customer_id: UUID) -> Consent:
        """Keep a written consent of a customer."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        return use_cases.give_consent(tx(), customer, **asked)

    @blp.post(f"{CONSENTS}/<uuid:consent_id>/withdrawals")
    @allow(*CONSENT_KEEPERS)
    @command
    @blp.arguments(WithdrawConsentSchema)
    @blp.response(200, ConsentSchema)
    def withdraw_consent(_asked: dict[str, Any], customer_id: UUID, consent_id: UUID) -> Consent:
        """End a consent at once; what was told before stays in the register."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        consent = tx().consents.get(consent_id, customer_id=customer.id)
        return use_cases.withdraw_consent(tx(), customer, consent)

    @blp.post(DISCLOSURES)
    @allow(*DISCLOSERS)
    @command
    @blp.arguments(DiscloseSchema)
    @blp.response(201, DisclosureSchema)
    def disclose(asked: dict[str, Any], customer_id: UUID) -> Disclosure:
        """Register that a third party is told of a customer; 403 without consent or legal basis."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        return use_cases.disclose(tx(), customer, **asked)


def _queries(blp: Blueprint) -> None:
    @blp.get(CONSENTS)
    @allow(*DISCLOSURE_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(ConsentSchema))
    def list_consents(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """The consents of a customer, withdrawn ones too."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        listed = Consents(session()).listed(customer.id)
        return page(listed, key=[consents.c.id], args=args, session=session())

    @blp.get(DISCLOSURES)
    @allow(*DISCLOSURE_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(DisclosureSchema))
    def list_disclosures(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """What was told of a customer to third parties, the latest first."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        listed = Disclosures(session()).listed(customer.id)
        key = [disclosures.c.disclosed_at, disclosures.c.id]
        return page(listed, key=key, args=args, session=session(), descending=True)
