"""The section that says what the form of needs asks for."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import OneOf, Range

from customer.api.policies.forms import ONE_PACK
from customer.domain.needs import NeedRule
from shared.policy import Section

OPTIONAL = ("expectation", "wanted_by")
LONGEST = 30  # working days


class NeedRuleSchema(Schema):
    """The fields that must be filled, and the days to acknowledge (CF-43, CF-46)."""

    required = fields.List(fields.String(validate=OneOf(OPTIONAL)), load_default=list)
    acknowledge_working_days = fields.Integer(
        required=True, strict=True, validate=Range(1, LONGEST)
    )

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> NeedRule:
        return NeedRule(**{**data, "required": tuple(data["required"])})


SECTIONS: Mapping[str, Section] = {
    "needs": Section(schema=NeedRuleSchema(), facts=frozenset(), merges=ONE_PACK),
}
