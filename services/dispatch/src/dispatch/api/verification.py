"""Whether what was signed on an order is still what it says, and what the signatures show."""

from base64 import b64encode
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from dispatch.adapters.work_orders import WorkOrders
from dispatch.api.access import ORDER_READERS, SIGNATURE_REVEALERS
from dispatch.api.work_order_schemas import REASON
from dispatch.domain.proofs import Device, Part, Relation
from dispatch.domain.verification import Finding
from dispatch.domain.work_order_rules import Kind
from dispatch.use_cases.revealing import Revealed, reveal_signature
from dispatch.use_cases.verification import is_altered, verified
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, revealing, session, tx
from shared.web.schemas import AwareTime, RequestSchema


class VerifiedSchema(Schema):
    """One signature. ``altered`` names the lines of the text, and what else was changed since it
    was signed: ``name``, ``image``, ``digest``, ``signed_at``, ``proof``, ``signature``."""

    part = fields.Enum(Part, by_value=True, required=True)
    finding = fields.Enum(Finding, by_value=True, required=True)
    altered = fields.List(fields.String(), required=True)
    taken = fields.Boolean(required=True)
    kind = fields.Enum(Kind, by_value=True, required=True, allow_none=True)
    signed_at = AwareTime(required=True, allow_none=True)
    digest = fields.String(required=True, allow_none=True)
    image_sha256 = fields.String(required=True, allow_none=True)
    received_at = AwareTime(required=True, allow_none=True)
    device_at = AwareTime(required=True, allow_none=True)
    skew_seconds = fields.Integer(required=True, allow_none=True)
    device = fields.Enum(Device, by_value=True, required=True, allow_none=True)
    has_spot = fields.Boolean(required=True)
    relation = fields.Enum(Relation, by_value=True, required=True, allow_none=True)


class VerificationSchema(Schema):
    """The signatures on an order; ``changed`` where one of them was changed since."""

    work_order_id = fields.UUID(required=True)
    changed = fields.Boolean(required=True)
    signatures = fields.List(fields.Nested(VerifiedSchema), required=True)


class RevealSignatureSchema(RequestSchema):
    """What for; it is kept in the audit log."""

    reason = fields.String(required=True, validate=REASON)


class ShownSpotSchema(Schema):
    """Degrees, and metres of uncertainty."""

    latitude = fields.Float(required=True)
    longitude = fields.Float(required=True)
    accuracy_m = fields.Float(required=True)


class RevealedSignatureSchema(Schema):
    """A signature in full: the text that was signed, who signed it and where, and the picture in
    base64."""

    part = fields.Enum(Part, by_value=True, required=True, attribute="evidence.part")
    name = fields.String(required=True, attribute="evidence.name")
    text = fields.String(required=True, attribute="evidence.text")
    spot = fields.Nested(ShownSpotSchema, required=True, allow_none=True, attribute="evidence.spot")
    media_type = fields.String(required=True, allow_none=True)
    image = fields.Function(
        lambda one: one.content and b64encode(one.content).decode(),
        required=True,
        metadata={"type": ["string", "null"]},
    )


def blueprint() -> Blueprint:
    """Verify and reveal signatures."""
    blp = Blueprint("verification", __name__, description="Whether what was signed still stands")

    @blp.get("/v1/work-orders/<uuid:order_id>/verification")
    @allow(*ORDER_READERS)
    @query
    @blp.response(200, VerificationSchema)
    def verify_order(order_id: UUID) -> dict[str, Any]:
        """Hold every signature on an order against what the order says."""
        order = WorkOrders(session()).get(order_id, principal())
        found = verified(session(), order.id)
        return {"work_order_id": order.id, "changed": is_altered(found), "signatures": found}

    @blp.post("/v1/work-orders/<uuid:order_id>/signatures/<part>/reveals")
    @allow(*SIGNATURE_REVEALERS)
    @command
    @blp.arguments(RevealSignatureSchema)
    @blp.response(200, RevealedSignatureSchema)
    @revealing
    def reveal_order_signature(asked: dict[str, Any], order_id: UUID, part: str) -> Revealed:
        """A signature with its picture, for a reason."""
        return reveal_signature(tx(), order_id, part=part, **asked, caller=principal())

    return blp
