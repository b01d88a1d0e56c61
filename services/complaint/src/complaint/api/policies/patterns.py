"""From how many cases alike on a department has to act."""

from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Range

from complaint.api.policies.forms import ONE_PACK, roles
from complaint.domain.patterns import RepeatThreshold, Scope
from shared.policy import Section


class RepeatThresholdSchema(Schema):
    """How many cases alike within how many days are a pattern, and who hears of it (CP-58)."""

    at_least = fields.Integer(required=True, strict=True, validate=Range(min=2, max=999))
    days = fields.Integer(required=True, strict=True, validate=Range(min=1, max=366))
    scope = fields.Enum(Scope, by_value=True, required=True)
    told = roles()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> RepeatThreshold:
        return RepeatThreshold(**{**data, "told": tuple(data["told"])})


SECTIONS = {
    "repeat_threshold": Section(
        schema=RepeatThresholdSchema(),
        facts=frozenset({"category", "product_known"}),
        merges=ONE_PACK,
    ),
}
