"""From which level on a complaint is an emergency, and who is told."""

from typing import Any

from marshmallow import Schema, post_load

from complaint.api.policies.forms import ONE_PACK, number, roles
from complaint.domain.emergencies import EmergencyRule
from shared.policy import Section


class EmergencyRuleSchema(Schema):
    """The level, and the group that is told as a whole and ends it (CP-42)."""

    level = number()
    group = roles()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> EmergencyRule:
        return EmergencyRule(data["level"], tuple(data["group"]))


SECTIONS = {
    "emergencies": Section(
        schema=EmergencyRuleSchema(), facts=frozenset({"complainant"}), merges=ONE_PACK
    ),
}
