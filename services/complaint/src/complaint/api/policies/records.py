"""What is recorded before a result is told."""

from typing import Any

from marshmallow import Schema, fields, post_load

from complaint.api.policies.forms import AT_LEAST_ONE, ONE_PACK
from complaint.domain.handling_records import HandlingRule, HandlingStage
from shared.policy import Section


class HandlingRuleSchema(Schema):
    """Which steps are recorded, and whether a result can be told without them (CP-03, CP-54)."""

    steps = fields.List(
        fields.Enum(HandlingStage, by_value=True), required=True, validate=AT_LEAST_ONE
    )
    mandatory = fields.Boolean(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> HandlingRule:
        return HandlingRule(tuple(data["steps"]), data["mandatory"])


SECTIONS = {
    "handling": Section(schema=HandlingRuleSchema(), facts=frozenset({"level"}), merges=ONE_PACK),
}
