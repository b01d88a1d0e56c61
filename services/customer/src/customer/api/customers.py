"""Customers over HTTP: register, change, list, show, timeline."""

from typing import Any
from uuid import UUID

from customer.adapters.customers import Customers
from customer.adapters.mapping import Customer
from customer.adapters.tables import customers
from customer.api.access import CREATORS, EDITORS, READERS
from customer.api.customer_schemas import (
    ChangeCustomerSchema,
    CustomerArgs,
    CustomerSchema,
    RegisterCustomerSchema,
)
from customer.api.grade_schemas import is_customer
from customer.api.timelines import customer_timeline
from customer.api.versions import shown
from customer.use_cases.customers import change_customer, register_customer
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.etags import check_version
from shared.web.paging import PageArgs, page, page_begin
from shared.web.schemas import page_schema
from shared.web.timeline import TimelinePageSchema


def blueprint() -> Blueprint:
    """The files of customers."""
    blp = Blueprint("customers", __name__, description="Customers")
    _commands(blp)
    _queries(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post("/v1/customers")
    @allow(*CREATORS)
    @command
    @blp.arguments(RegisterCustomerSchema)
    @blp.response(201, CustomerSchema)
    def register(asked: dict[str, Any]) -> Customer:
        """Open the file of a new customer, with his contacts."""
        return shown(register_customer(tx(), **asked, caller=principal()))

    @blp.patch("/v1/customers/<uuid:customer_id>")
    @allow(*EDITORS)
    @command
    @blp.arguments(ChangeCustomerSchema)
    @blp.response(200, CustomerSchema)
    def revise_customer(fresh: dict[str, Any], customer_id: UUID) -> Customer:
        """Change a customer's file; his class and visits follow."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        check_version(customer.version)
        reason = fresh.pop("reason", None)
        changed = change_customer(tx(), customer, fresh=fresh, caller=principal(), reason=reason)
        return shown(changed)


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/customers")
    @allow(*READERS)
    @query
    @blp.arguments(CustomerArgs, location="query")
    @blp.response(200, page_schema(CustomerSchema))
    def list_customers(args: dict[str, Any]) -> dict[str, Any]:
        """The customers of the caller's unit and of those below it."""
        key = [customers.c.id]
        begin = page_begin(key, args)
        seen = Customers(session()).listed(
            unit=principal().unit,
            below=args["unit"],
            grade=args["grade"],
            open_only=is_customer(),
            number=args["number"],
            industry=args["industry"],
            region=args["region"],
            after=begin[0] if begin else None,
        )
        return page(seen, key=key, args=args, session=session())

    @blp.get("/v1/customers/<uuid:customer_id>")
    @allow(*READERS)
    @query
    @blp.response(200, CustomerSchema)
    def get_customer(customer_id: UUID) -> Customer:
        """One customer."""
        return shown(Customers(session()).get(customer_id, unit=principal().unit))

    @blp.get("/v1/customers/<uuid:customer_id>/timeline")
    @allow(*READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, TimelinePageSchema)
    def get_customer_timeline(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """All that happened to a customer, without dealings of units that the caller cannot see."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        return customer_timeline(customer, args)
