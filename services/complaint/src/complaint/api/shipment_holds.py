"""Goods that are not to be shipped, over HTTP."""

from typing import Any
from uuid import UUID

from marshmallow import fields

from complaint.adapters.shipment_holds import ShipmentHolds, on_goods
from complaint.adapters.tables import shipment_holds as table
from complaint.api.access import NAMED, READERS, caller
from complaint.api.department_work import GiveReasonSchema, TaskSchema, list_schema, listed
from complaint.api.requests import LONG, NothingSchema, text
from complaint.domain.shipment_holds import HoldState, ShipmentHold
from complaint.use_cases import shipment_holds
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import page
from shared.web.schemas import AwareTime, RequestSchema, page_schema

blp = Blueprint("shipment_holds", __name__, description="Goods that are not to be shipped")
ONE = "/v1/shipment-holds/<uuid:hold_id>"


class RequestShipmentHoldSchema(RequestSchema):
    """What is not to be shipped, and why (PT-13): the goods of the problem unless others are
    named."""

    product = text(120)
    batch = text(60)
    reason = text(LONG, required=True)


class ApprovePlanSchema(RequestSchema):
    """What whoever approves the plan says of it."""

    opinion = text(LONG, required=True)


GOODS: dict[str, fields.Field[Any]] = {
    "product": text(120),
    "batch": text(60),
    "standing": fields.Boolean(),
}


class ShipmentHoldSchema(TaskSchema):
    """One hold; a batch of null means every batch."""

    case_id = fields.UUID(required=True)
    product = fields.String(required=True)
    batch = fields.String(required=True, allow_none=True)
    reason = fields.String(required=True)
    requested_by = fields.UUID(required=True)
    requested_at = AwareTime(required=True)
    confirmed_by = fields.UUID(required=True, allow_none=True)
    confirmed_at = AwareTime(required=True, allow_none=True)
    ended_by = fields.UUID(required=True, allow_none=True)
    ended_at = AwareTime(required=True, allow_none=True)


@blp.post("/v1/problems/<uuid:problem_id>/shipment-holds")
@allow(*NAMED)
@command
@blp.arguments(RequestShipmentHoldSchema)
@blp.response(201, ShipmentHoldSchema)
def request_shipment_hold(asked: dict[str, Any], problem_id: UUID) -> ShipmentHold:
    """Stop shipping what the problem is about."""
    return shipment_holds.request(tx(), problem_id, by=caller(), **asked)


@blp.get("/v1/shipment-holds")
@allow(*READERS)
@query
@blp.arguments(list_schema("Holds", HoldState, **GOODS), location="query")
@blp.response(200, page_schema(ShipmentHoldSchema))
def list_shipment_holds(asked: dict[str, Any]) -> dict[str, Any]:
    """What keeps goods from being shipped; with a batch also holds of the whole product."""
    goods = {name: asked.get(name) for name in GOODS}
    found = on_goods(listed(ShipmentHolds(session()), asked), **goods)
    return page(found, key=(table.c.id,), args=asked, session=session())


@blp.get(ONE)
@allow(*READERS)
@query
@blp.response(200, ShipmentHoldSchema)
def get_shipment_hold(hold_id: UUID) -> ShipmentHold:
    """One hold."""
    return ShipmentHolds(session()).get(hold_id, unit=principal().unit)


@blp.post(f"{ONE}/confirmations")
@allow(*NAMED)
@command
@blp.arguments(NothingSchema)
@blp.response(200, ShipmentHoldSchema)
def confirm_shipment_hold(_asked: dict[str, Any], hold_id: UUID) -> ShipmentHold:
    """Shipping has stopped."""
    return shipment_holds.confirm(tx(), hold_id, by=caller())


@blp.post(f"{ONE}/releases")
@allow(*NAMED)
@command
@blp.arguments(ApprovePlanSchema)
@blp.response(200, ShipmentHoldSchema)
def release_shipment_hold(asked: dict[str, Any], hold_id: UUID) -> ShipmentHold:
    """Approve the plan of the problem, so that the goods are shipped again."""
    return shipment_holds.release(tx(), hold_id, by=caller(), **asked)


@blp.post(f"{ONE}/refusals")
@allow(*NAMED)
@command
@blp.arguments(GiveReasonSchema)
@blp.response(200, ShipmentHoldSchema)
def refuse_shipment_hold(asked: dict[str, Any], hold_id: UUID) -> ShipmentHold:
    """Decide that nothing has to be held."""
    return shipment_holds.refuse(tx(), hold_id, by=caller(), **asked)


@blp.post(f"{ONE}/cancellations")
@allow(*NAMED)
@command
@blp.arguments(GiveReasonSchema)
@blp.response(200, ShipmentHoldSchema)
def cancel_shipment_hold(asked: dict[str, Any], hold_id: UUID) -> ShipmentHold:
    """Take back a hold that was asked for by mistake, while goods are shipped still."""
    return shipment_holds.cancel(tx(), hold_id, by=caller(), **asked)
