"""The erasure of persons over HTTP."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from customer.api.access import ERASERS
from customer.api.contact_schemas import REASON
from customer.api.texts import prose
from customer.domain.erasures import Erasure
from customer.use_cases import erasures as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, tx
from shared.web.schemas import RequestSchema


class ErasePersonSchema(RequestSchema):
    """Who is erased: one contact, or, without ``contact_id``, a consumer and all that he told."""

    contact_id = fields.UUID(load_default=None)
    reason = prose(REASON, required=True)


class KeptSchema(Schema):
    """Records that stay, and why."""

    records = fields.String(required=True)
    reason = fields.String(required=True)


class ErasureSchema(Schema):
    """What was erased, and what the law has us keep."""

    contacts = fields.Integer(required=True)
    file = fields.Boolean(required=True)
    kept = fields.List(fields.Nested(KeptSchema), required=True)


def blueprint() -> Blueprint:
    """The erasure of persons."""
    blp = Blueprint("erasures", __name__, description="Erasure of persons")

    @blp.post("/v1/customers/<uuid:customer_id>/erasures")
    @allow(*ERASERS)
    @command
    @blp.arguments(ErasePersonSchema)
    @blp.response(200, ErasureSchema)
    def erase_person(asked: dict[str, Any], customer_id: UUID) -> Erasure:
        """Erase a person who asked for it; tells what stays, and why."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        return use_cases.erase_person(tx(), customer, **asked)

    return blp
