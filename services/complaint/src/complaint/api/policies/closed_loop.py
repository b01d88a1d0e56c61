"""Whether a plan comes before the work, and how the complainant is asked afterwards."""

from typing import Any

from marshmallow import Schema, fields, post_load

from complaint.api.policies.forms import AT_LEAST_ONE, ONE_PACK
from complaint.domain.action_plans import ClosedLoopRule
from complaint.domain.satisfaction import Method
from shared.policy import Section


class ClosedLoopSchema(Schema):
    """By which methods a return call is made (CP-43)."""

    return_calls = fields.List(
        fields.Enum(Method, by_value=True), required=True, validate=AT_LEAST_ONE
    )

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> ClosedLoopRule:
        return ClosedLoopRule(frozenset(data["return_calls"]))


SECTIONS = {
    "closed_loop": Section(
        schema=ClosedLoopSchema(), facts=frozenset({"complainant"}), merges=ONE_PACK
    ),
}
