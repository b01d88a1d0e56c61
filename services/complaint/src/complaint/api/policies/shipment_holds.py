"""Who stops the shipping of bad goods, in what time, and who lets them be shipped again."""

from typing import Any

from marshmallow import Schema, fields, post_load

from complaint.api.policies.clocks import ClockRuleSchema
from complaint.api.policies.forms import ONE_PACK, roles
from complaint.domain.shipment_holds import HoldRule
from shared.policy import Section


class HoldRuleSchema(Schema):
    """Roles, time, and how a hold begins and binds (PT-13)."""

    owners = roles()
    approvers = roles()
    supervisors = roles()
    time = fields.Nested(ClockRuleSchema, required=True)
    at_registration = fields.Boolean(required=True)
    blocks_closing = fields.Boolean(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> HoldRule:
        named = {name: tuple(data[name]) for name in ("owners", "approvers", "supervisors")}
        return HoldRule(**{**data, **named})


SECTIONS = {
    "shipment_holds": Section(
        schema=HoldRuleSchema(), facts=frozenset({"type", "source"}), merges=ONE_PACK
    ),
}
