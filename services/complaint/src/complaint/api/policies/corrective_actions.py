"""Who acts on faults, who verifies it, and by when."""

from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length

from complaint.api.policies.clocks import ClockRuleSchema
from complaint.api.policies.forms import ONE_PACK, roles
from complaint.domain.corrective_actions import ActionRule
from shared.policy import Section


class ActionRuleSchema(Schema):
    """Roles, time and the procedure outside that says how it is done (CP-55, XC-13)."""

    owners = roles()
    verifiers = roles()
    supervisors = roles()
    time = fields.Nested(ClockRuleSchema, required=True)
    procedure = fields.String(required=True, validate=Length(1, 80))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> ActionRule:
        named = {name: tuple(data[name]) for name in ("owners", "verifiers", "supervisors")}
        return ActionRule(**{**data, **named})


SECTIONS = {
    "corrective_actions": Section(
        schema=ActionRuleSchema(), facts=frozenset({"kind"}), merges=ONE_PACK
    ),
}
