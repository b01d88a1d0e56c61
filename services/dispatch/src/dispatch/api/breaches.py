"""Breaches of the rules on work orders, over HTTP."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields
from marshmallow.validate import Length, Range, Regexp

from dispatch.adapters.breaches import Breaches, breaches
from dispatch.adapters.work_orders import WorkOrders
from dispatch.api.access import ORDER_READERS, ORDER_WORKERS
from dispatch.domain.breaches import Breach
from dispatch.use_cases.breaches import record_breach
from dispatch.use_cases.overdue import take
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema, page_schema


class RecordBreachSchema(RequestSchema):
    """Which breach, and what shows it; more ``items`` than one only where the pack counts them."""

    code = fields.String(required=True, validate=Length(1, 40))
    evidence = fields.String(required=True, validate=[Length(1, 2000), Regexp(r"(?s).*\S")])
    items = fields.Integer(load_default=1, strict=True, validate=Range(1, 100))


class BreachSchema(Schema):
    """One breach, whose it is, and what its clause takes off the pay (CNY). ``withdrawal`` says why
    it was none after all (``replied_in_time``)."""

    breach_id = fields.UUID(required=True, attribute="id")
    work_order_id = fields.UUID(required=True)
    code = fields.String(required=True)
    person_id = fields.UUID(required=True)
    occurred_at = AwareTime(required=True)
    items = fields.Integer(required=True)
    amount = fields.Decimal(required=True, as_string=True, places=2)
    recorded_at = AwareTime(required=True)
    recorded_by = fields.UUID(required=True, allow_none=True)
    evidence = fields.String(required=True, allow_none=True)
    because = fields.Nested(BecauseSchema, required=True)
    withdrawn_at = AwareTime(required=True, allow_none=True)
    withdrawal = fields.String(required=True, allow_none=True)
    withdrawn_because = fields.Nested(BecauseSchema, required=True, allow_none=True)


def blueprint() -> Blueprint:
    """Record a breach, list those of an order."""
    blp = Blueprint("breaches", __name__, description="Broken rules on work orders")

    @blp.post("/v1/work-orders/<uuid:order_id>/breaches")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(RecordBreachSchema)
    @blp.response(201, BreachSchema)
    def record_order_breach(asked: dict[str, Any], order_id: UUID) -> Breach:
        """Record a breach of which one has evidence; the order stays as it is."""
        order = take(tx(), order_id, caller=principal())
        return record_breach(tx(), order, **asked, caller=principal())

    @blp.get("/v1/work-orders/<uuid:order_id>/breaches")
    @allow(*ORDER_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(BreachSchema))
    def list_order_breaches(args: dict[str, Any], order_id: UUID) -> dict[str, Any]:
        """The breaches on one order."""
        order = WorkOrders(session()).get(order_id, principal())
        found = Breaches(session()).of_order(order.id)
        return page(found, key=(breaches.c.id,), args=args, session=session())

    return blp
