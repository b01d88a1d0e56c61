"""What breaches cost, and who proposes, decides and posts."""

from typing import Any

from marshmallow import Schema, fields, post_load

from complaint.domain.clocks import ClockName
from complaint.domain.penalty_rules import Liable, PenaltyRule, Trigger
from complaint.domain.staff import Role
from shared.web.penalty_packs import AmountsSchema, penalty_sections, ranged


class TriggerSchema(Schema):
    """Which missed step proposes the penalty by itself."""

    clock = fields.Enum(ClockName, by_value=True, required=True)
    soft = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Trigger:
        return Trigger(**data)


class PenaltyRuleSchema(AmountsSchema):
    """What a breach costs, and whom (ST-31, ST-32)."""

    liable = fields.Enum(Liable, by_value=True, required=True)
    trigger = fields.Nested(TriggerSchema)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> PenaltyRule:
        return PenaltyRule(**ranged(data))


SECTIONS = penalty_sections(PenaltyRuleSchema(), Role, facts={"kind"})
