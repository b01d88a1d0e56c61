"""How often cases are analysed, by whom and by when."""

from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, OneOf

from complaint.api.policies.clocks import ClockRuleSchema
from complaint.api.policies.forms import AT_LEAST_ONE, ONE_PACK, roles
from complaint.domain.case_analyses import AnalysisRule
from shared.policy import Section


class AnalysisRuleSchema(Schema):
    """Interval, roles and time (CP-05)."""

    kinds = fields.List(fields.String(validate=Length(1, 40)), required=True, validate=AT_LEAST_ONE)
    months = fields.Integer(required=True, strict=True, validate=OneOf([1, 2, 3, 4, 6, 12]))
    owners = roles()
    supervisors = roles()
    time = fields.Nested(ClockRuleSchema, required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> AnalysisRule:
        lists = {name: tuple(data[name]) for name in ("kinds", "owners", "supervisors")}
        return AnalysisRule(**{**data, **lists})


SECTIONS = {
    "case_analysis": Section(schema=AnalysisRuleSchema(), facts=frozenset(), merges=ONE_PACK),
}
