"""What goes over HTTP about documents: requests and answers."""

from marshmallow import Schema, fields

from customer.api.policies.forms import code
from customer.api.texts import line
from customer.domain import limits
from shared.web.schemas import AwareTime, RequestSchema


class CollectDocumentSchema(RequestSchema):
    """A document that a customer handed in; days are those of the customer's unit."""

    kind = code(required=True)
    number = line(limits.DOCUMENT_NUMBER, required=True)
    product = line(limits.PRODUCT, load_default="")
    valid_from = fields.Date(load_default=None, allow_none=True)
    valid_until = fields.Date(load_default=None, allow_none=True)


class VerifyDocumentSchema(RequestSchema):
    """Nothing has to be said: the caller answers for the document with his name."""


class DocumentSchema(Schema):
    """A document, with who collected and who verified it (CF-29)."""

    document_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    kind = fields.String(required=True)
    product = fields.String(required=True)
    number = fields.Function(lambda document: hidden(document.number))
    valid_from = fields.Date(required=True, allow_none=True)
    valid_until = fields.Date(required=True, allow_none=True)
    collector_id = fields.UUID(required=True)
    collected_at = AwareTime(required=True)
    verifier_id = fields.UUID(required=True, allow_none=True)
    verified_at = AwareTime(required=True, allow_none=True)


def hidden(number: str) -> str:
    """A number whose end alone is shown: it may be that of a person's card."""
    shown = number[-4:] if len(number) > 8 else ""
    return f"****{shown}"
