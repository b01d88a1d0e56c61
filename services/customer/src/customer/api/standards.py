"""Who keeps the standards of the company, over HTTP (AD-13)."""

from typing import Any

from marshmallow import Schema, fields

from customer.api.access import ADMISSION_READERS
from customer.api.readings import looking
from customer.api.units import check_seen
from customer.domain.standards import Standard
from customer.use_cases.standards import keepers
from shared.policy import Rulebook
from shared.web.auth import allow
from shared.web.blueprint import Blueprint
from shared.web.commands import query
from shared.web.schemas import BecauseSchema


class StandardSchema(Schema):
    """A standard, and the roles that keep it."""

    standard = fields.Enum(Standard, by_value=True, required=True)
    roles = fields.List(fields.String(), required=True)
    because = fields.Nested(BecauseSchema, required=True)


class StandardsSchema(Schema):
    """The standards that hold in a unit; those that its packs leave open are left out."""

    items = fields.List(fields.Nested(StandardSchema), required=True)


def blueprint(rulebook: Rulebook) -> Blueprint:
    """The standards of admission and elimination, and the blacklist of the company."""
    blp = Blueprint("standards", __name__, description="Standards of the company")
    look = looking(rulebook)

    @blp.get("/v1/units/<unit>/standards")
    @allow(*ADMISSION_READERS)
    @query
    @blp.response(200, StandardsSchema)
    def list_standards(unit: str) -> dict[str, Any]:
        """Who keeps the standards that hold in a unit."""
        check_seen(unit)
        return {"items": keepers(look(), unit)}

    return blp
