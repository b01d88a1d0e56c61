"""Links by which clients sign, for those who give them out."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields
from marshmallow.validate import Length, Regexp

from dispatch.api.access import ORDER_WORKERS
from dispatch.domain.sign_offs import SignOffLink
from dispatch.use_cases.sign_offs import let_client_sign
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, revealing, tx
from shared.web.schemas import AwareTime, RequestSchema


class LetClientSignSchema(RequestSchema):
    """What is to be signed of process and result, which the receiver alone may write; ``anew``
    revokes the link that was given out before."""

    remarks = fields.String(
        load_default=None, allow_none=True, validate=[Length(1, 4000), Regexp(r"(?s).*\S")]
    )
    anew = fields.Boolean(load_default=False)


class SignOffLinkSchema(Schema):
    """The link. Whoever knows it can sign, once; it is shown here alone."""

    link_id = fields.UUID(required=True, attribute="id")
    url = fields.String(required=True)
    opened_at = AwareTime(required=True)
    expires_at = AwareTime(required=True)
    ready = fields.Function(
        lambda link: link.remarks is not None,
        metadata={"type": "boolean", "description": "whether the remarks are written"},
    )


def blueprint() -> Blueprint:
    """Let the client sign."""
    blp = Blueprint("sign_offs", __name__, description="Links by which clients sign")

    @blp.post("/v1/work-orders/<uuid:order_id>/sign-off-links")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(LetClientSignSchema)
    @blp.response(201, SignOffLinkSchema)
    @revealing
    def open_sign_off_link(asked: dict[str, Any], order_id: UUID) -> SignOffLink:
        """The link by which the client signs, as a QR code or a message. Asked again, it is the
        same one as long as it is live."""
        return let_client_sign(tx(), order_id, **asked, caller=principal())

    return blp
