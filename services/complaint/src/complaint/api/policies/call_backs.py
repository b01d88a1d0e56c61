"""Who calls a customer back, and by when."""

from typing import Any

from marshmallow import Schema, fields, post_load

from complaint.api.policies.clocks import ClockRuleSchema
from complaint.api.policies.forms import ONE_PACK, roles
from complaint.domain.call_back_rules import Asked, CallBackRule, CalledBy
from shared.policy import Section


class CallBackRuleSchema(Schema):
    """Whose a call is that a script promises, who is asked before, and by when (SC-04..SC-07)."""

    called_by = fields.Enum(CalledBy, by_value=True, required=True)
    asked = fields.Enum(Asked, by_value=True, load_default=Asked.NOBODY)
    owners = roles()
    supervisors = roles()
    time = fields.Nested(ClockRuleSchema, required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> CallBackRule:
        named = {name: tuple(data[name]) for name in ("owners", "supervisors")}
        return CallBackRule(**{**data, **named})


SECTIONS = {
    "call_backs": Section(
        schema=CallBackRuleSchema(), facts=frozenset({"situation"}), merges=ONE_PACK
    ),
}
