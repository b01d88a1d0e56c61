"""How other departments take part in a case, and how often they report."""

from typing import Any

from marshmallow import Schema, fields, post_load

from complaint.api.policies.clocks import ClockRuleSchema
from complaint.api.policies.forms import ONE_PACK, roles
from complaint.domain.sub_tasks import SubTaskRule
from shared.policy import Section


class SubTaskRuleSchema(Schema):
    """Who owns a sub-task, who is told when it is late, and how much time there is (CP-25)."""

    owners = roles()
    supervisors = roles()
    time = fields.Nested(ClockRuleSchema, required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> SubTaskRule:
        return SubTaskRule(tuple(data["owners"]), tuple(data["supervisors"]), data["time"])


SECTIONS = {
    "sub_tasks": Section(schema=SubTaskRuleSchema(), facts=frozenset({"level"}), merges=ONE_PACK),
    "sub_task_reports": Section(
        schema=ClockRuleSchema(), facts=frozenset({"level"}), merges=ONE_PACK
    ),
}
