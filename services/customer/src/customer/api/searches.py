"""Find customers by what may not stand in an address: telephone number, or part of a name (S34)."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema

from customer.adapters.phones import e164
from customer.api.access import SEARCHERS
from customer.api.customer_schemas import CustomerSchema
from customer.api.texts import formed, line
from customer.domain import limits
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, tx
from shared.web.schemas import RequestSchema

MOST_FOUND = 100
LEAST_OF_A_NAME = 2


class SearchSchema(RequestSchema):
    """One of these: a contact's number, a part of the customer's name, his own number."""

    phone = line(limits.PHONE)
    name = line(limits.NAME, least=LEAST_OF_A_NAME)
    number = formed(limits.NUMBER)

    @validates_schema
    def _one(self, data: dict[str, Any], **_: Any) -> None:
        if len(data) != 1:
            raise ValidationError("Name one thing to search by.")


class FoundSchema(Schema):
    """The first customers by id; ``more`` says that there are others."""

    items = fields.List(fields.Nested(CustomerSchema), required=True)
    more = fields.Boolean(required=True)


def blueprint() -> Blueprint:
    """The search for customers."""
    blp = Blueprint("searches", __name__, description="Search for customers")

    @blp.post("/v1/customers/searches")
    @allow(*SEARCHERS)
    @command
    @blp.arguments(SearchSchema)
    @blp.response(200, FoundSchema)
    def search_customers(asked: dict[str, Any]) -> dict[str, Any]:
        """Find customers of the caller's unit and of those below it.

        A part of a name has two characters at least; fewer are refused as `invalid`. A
        consumer is found by the whole of his name alone. Upper and lower case differ.
        """
        if "phone" in asked:
            asked = {"phone": e164(asked["phone"])}
        found = tx().customers.found(unit=principal().unit, most=MOST_FOUND + 1, **asked)
        return {"items": found[:MOST_FOUND], "more": len(found) > MOST_FOUND}

    return blp
