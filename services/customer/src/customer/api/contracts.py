"""Negotiations and contracts over HTTP (AD-04, AD-27, SO-17)."""

from typing import Any
from uuid import UUID

from customer.adapters.contracts import Contracts
from customer.adapters.customers import Customers
from customer.adapters.mapping import Contract, Customer, Negotiation
from customer.adapters.tables import contracts, negotiations
from customer.api.access import CONTRACT_DRAFTERS, CONTRACT_READERS, CONTRACT_REVIEWERS
from customer.api.contract_schemas import (
    ContractSchema,
    DraftContractSchema,
    NegotiationSchema,
    OpenNegotiationSchema,
    ReviewContractSchema,
    SignContractSchema,
)
from customer.api.versions import shown
from customer.use_cases import contracts as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema

CUSTOMER = "/v1/customers/<uuid:customer_id>"
CONTRACTS = f"{CUSTOMER}/contracts"
CONTRACT = f"{CONTRACTS}/<uuid:contract_id>"


def blueprint() -> Blueprint:
    """What is negotiated with customers, and their contracts."""
    blp = Blueprint("contracts", __name__, description="Negotiations and contracts")
    _beginnings(blp)
    _steps(blp)
    _queries(blp)
    return blp


def _beginnings(blp: Blueprint) -> None:
    @blp.post(f"{CUSTOMER}/negotiations")
    @allow(*CONTRACT_DRAFTERS)
    @command
    @blp.arguments(OpenNegotiationSchema)
    @blp.response(201, NegotiationSchema)
    def open_negotiation(asked: dict[str, Any], customer_id: UUID) -> Negotiation:
        """Begin to negotiate; a partner who is not admitted is refused."""
        customer = _customer(customer_id)
        return use_cases.open_negotiation(tx(), customer, **asked, caller=principal())

    @blp.post(CONTRACTS)
    @allow(*CONTRACT_DRAFTERS)
    @command
    @blp.arguments(DraftContractSchema)
    @blp.response(201, ContractSchema)
    def draft_contract(asked: dict[str, Any], customer_id: UUID) -> Contract:
        """Draft a contract with a customer."""
        customer = _customer(customer_id)
        return shown(use_cases.draft_contract(tx(), customer, **asked, caller=principal()))


def _steps(blp: Blueprint) -> None:
    @blp.post(f"{CONTRACT}/reviews")
    @allow(*CONTRACT_REVIEWERS)
    @command
    @blp.arguments(ReviewContractSchema)
    @blp.response(200, ContractSchema)
    def review_contract(asked: dict[str, Any], customer_id: UUID, contract_id: UUID) -> Contract:
        """Record the result of a contract's review."""
        customer, found = _customer(customer_id), _contract(customer_id, contract_id)
        return shown(use_cases.review_contract(tx(), customer, found, **asked, caller=principal()))

    @blp.post(f"{CONTRACT}/signatures")
    @allow(*CONTRACT_DRAFTERS)
    @command
    @blp.arguments(SignContractSchema)
    @blp.response(200, ContractSchema)
    def sign_contract(asked: dict[str, Any], customer_id: UUID, contract_id: UUID) -> Contract:
        """Record the signature under a contract; refused while a gate before it is closed."""
        customer, found = _customer(customer_id), _contract(customer_id, contract_id)
        return shown(use_cases.sign_contract(tx(), customer, found, **asked))


def _queries(blp: Blueprint) -> None:
    @blp.get(f"{CUSTOMER}/negotiations")
    @allow(*CONTRACT_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(NegotiationSchema))
    def list_negotiations(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """What the caller's unit and those below it negotiate with a customer."""
        unit = principal().unit
        customer = Customers(session()).get(customer_id, unit=unit)
        listed = Contracts(session()).negotiated(customer.id, seen_from=unit)
        return page(listed, key=[negotiations.c.id], args=args, session=session())

    @blp.get(CONTRACTS)
    @allow(*CONTRACT_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(ContractSchema))
    def list_contracts(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """The contracts of the caller's unit and of those below it with a customer."""
        unit = principal().unit
        customer = Customers(session()).get(customer_id, unit=unit)
        listed = Contracts(session()).listed(customer.id, seen_from=unit)
        return page(listed, key=[contracts.c.id], args=args, session=session())


def _customer(customer_id: UUID) -> Customer:
    found: Customer = tx().customers.get(customer_id, unit=principal().unit)
    return found


def _contract(customer_id: UUID, contract_id: UUID) -> Contract:
    unit = principal().unit
    tx().customers.get(customer_id, unit=unit)
    found: Contract = tx().contracts.get(contract_id, customer_id=customer_id, seen_from=unit)
    return found
