"""For how long a closed case knows whom to write to."""

from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Range

from complaint.api.policies.forms import ONE_PACK
from complaint.domain.case_contacts import RetentionRule
from shared.policy import Section


class RetentionRuleSchema(Schema):
    """For how many days after its end (CF-10)."""

    keep_days = fields.Integer(required=True, strict=True, validate=Range(min=1, max=3660))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> RetentionRule:
        return RetentionRule(**data)


SECTIONS = {
    "case_contacts": Section(schema=RetentionRuleSchema(), facts=frozenset(), merges=ONE_PACK)
}
