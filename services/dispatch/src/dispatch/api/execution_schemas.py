"""What the receiver of a work order says over HTTP while he is at work."""

from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Range, Regexp

from dispatch.api.work_order_schemas import REASON
from dispatch.domain.progress import Progress
from shared.web.schemas import AwareTime, RequestSchema

PHOTOGRAPH = {
    "requestBody": {
        "required": True,
        "description": "The picture alone. What it is told to be does not matter; it has no name.",
        "content": {"image/*": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class SignaturePhotographSchema(Schema):
    """A photograph of paper that was signed; ``size`` is in bytes."""

    photograph_id = fields.UUID(required=True, attribute="id")
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    sha256 = fields.String(required=True)
    added_at = AwareTime(required=True)


class StartWorkOrderSchema(RequestSchema):
    """Nothing but the command."""


class ReportProgressSchema(RequestSchema):
    """How far the work is, in per cent where one can say, and when it is expected to be done."""

    text = fields.String(required=True, validate=[Length(1, 4000), Regexp(r"(?s).*\S")])
    percent = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=Range(0, 100)
    )
    expected_at = AwareTime(required=True)

    @post_load
    def progress(self, data: dict[str, Any], **_: Any) -> Progress:
        return Progress(**data)


class ReportUnableSchema(RequestSchema):
    """Why the receiver cannot carry the order out."""

    reason = fields.String(required=True, validate=REASON)
