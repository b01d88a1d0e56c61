"""Who cares for a customer, over HTTP: transfers, links, and who is known through one alone."""

from typing import Any
from uuid import UUID

from customer.adapters.customers import Customers
from customer.adapters.mapping import Customer, Handover
from customer.adapters.owners import Owners
from customer.adapters.tables import customers, handovers
from customer.api.access import FILE_HEADS, FILE_READERS
from customer.api.customer_schemas import CustomerSchema
from customer.api.owner_schemas import (
    HandoverSchema,
    LinkPersonSchema,
    LinksSchema,
    ScarceArgs,
    TransferFileSchema,
    UnlinkPersonSchema,
)
from customer.api.readings import Looking, looking
from customer.use_cases import owners as use_cases
from customer.use_cases.file_fields import permit
from customer.use_cases.links import least_links, link_person, unlink_person
from shared.policy import Rulebook
from shared.rules import NotFound
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, flush, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema

ONE = "/v1/customers/<uuid:customer_id>"


def blueprint(rulebook: Rulebook) -> Blueprint:
    """Who cares for a customer."""
    blp = Blueprint("owners", __name__, description="Who cares for a customer")
    _transfers(blp)
    _links(blp)
    _scarce(blp, looking(rulebook))
    return blp


def _transfers(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/file/transfers")
    @allow(*FILE_HEADS)
    @command
    @blp.arguments(TransferFileSchema)
    @blp.response(201, HandoverSchema)
    def transfer_file(asked: dict[str, Any], customer_id: UUID) -> Handover:
        """Hand a customer's file to another unit, with a note of what one has to know."""
        customer = _customer(customer_id)
        permit(tx(), customer, "transfer", roles=principal().roles)
        return use_cases.transfer_file(tx(), customer, **asked)

    @blp.get(f"{ONE}/handovers")
    @allow(*FILE_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(HandoverSchema))
    def list_handovers(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """What was handed over of a customer."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        listed = Owners(session()).handovers(customer.id)
        return page(listed, key=[handovers.c.id], args=args, session=session())


def _links(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/links")
    @allow(*FILE_HEADS)
    @command
    @blp.arguments(LinkPersonSchema)
    @blp.response(200, LinksSchema)
    def link_staff(asked: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """Let a person of ours be a customer's advisor or backup."""
        customer = _customer(customer_id)
        link_person(tx(), customer, person_id=asked["staff_id"], link=asked["link"])
        return _linked(customer)

    @blp.post(f"{ONE}/links/removals")
    @allow(*FILE_HEADS)
    @command
    @blp.arguments(UnlinkPersonSchema)
    @blp.response(200, LinksSchema)
    def unlink_staff(asked: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """End the link of a person of ours to a customer."""
        customer = _customer(customer_id)
        unlink_person(tx(), customer, person_id=asked["staff_id"])
        return _linked(customer)

    @blp.get(f"{ONE}/links")
    @allow(*FILE_READERS)
    @query
    @blp.response(200, LinksSchema)
    def list_links(customer_id: UUID) -> dict[str, Any]:
        """Who of ours is linked to a customer."""
        return _linked(Customers(session()).get(customer_id, unit=principal().unit))


def _scarce(blp: Blueprint, look: Looking) -> None:
    @blp.get("/v1/customers/single-links")
    @allow(*FILE_READERS)
    @query
    @blp.arguments(ScarceArgs, location="query")
    @blp.response(200, page_schema(CustomerSchema))
    def list_single_links(args: dict[str, Any]) -> dict[str, Any]:
        """The customers who are known through fewer contacts and persons than the packs ask."""
        below = args["unit"] or principal().unit
        if not look().sees(principal().unit, below):
            raise NotFound("There is no such unit.")
        least = least_links(look(), below)
        listed = Owners(session()).scarcely_linked(unit=principal().unit, below=below, least=least)
        return page(listed, key=[customers.c.id], args=args, session=session())


def _customer(customer_id: UUID) -> Customer:
    found: Customer = tx().customers.get(customer_id, unit=principal().unit)
    return found


def _linked(customer: Customer) -> dict[str, Any]:
    flush()
    return {"links": list(session().scalars(Owners(session()).links(customer.id)))}
