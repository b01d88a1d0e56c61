"""Within how much working time the complainant is contacted."""

from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Range

from complaint.api.policies.forms import SIDE_BY_SIDE, number
from complaint.domain.first_contact import FirstContactRule, Unit
from shared.policy import Section
from shared.working_time import CountMode


class FirstContactRuleSchema(Schema):
    """Within how much working time the first contact is due (CP-02, CP-17)."""

    within = number()
    unit = fields.Enum(Unit, by_value=True, required=True)
    count_mode = fields.Enum(CountMode, by_value=True, load_default=CountMode.END_OF_DAY)
    hard = fields.Boolean(required=True)
    warn_hours = fields.Integer(required=True, strict=True, validate=Range(min=0, max=99))
    supervisor_tier = number()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> FirstContactRule:
        return FirstContactRule(**data)


SECTIONS = {
    "first_contact": Section(
        schema=FirstContactRuleSchema(),
        facts=frozenset({"level", "complainant"}),
        merges=SIDE_BY_SIDE,
    ),
}
