"""What follows from the root cause of a problem, and who sees to training by when."""

from typing import Any

from marshmallow import Schema, fields, post_load

from complaint.api.policies.clocks import ClockRuleSchema
from complaint.api.policies.forms import ONE_PACK, roles
from complaint.domain.root_causes import FollowUp, RootCause, RootCauseRule
from complaint.domain.trainings import TrainingRule
from shared.policy import Section


class RootCauseRuleSchema(Schema):
    """What each root cause leads to; one that is not named leads to nothing (PT-16)."""

    follow_ups = fields.Dict(
        keys=fields.Enum(RootCause, by_value=True),
        values=fields.Enum(FollowUp, by_value=True),
        required=True,
    )

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> RootCauseRule:
        return RootCauseRule(**data)


class TrainingRuleSchema(Schema):
    """Roles and time (PT-16)."""

    owners = roles()
    supervisors = roles()
    time = fields.Nested(ClockRuleSchema, required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> TrainingRule:
        return TrainingRule(tuple(data["owners"]), tuple(data["supervisors"]), data["time"])


SECTIONS = {
    "root_causes": Section(
        schema=RootCauseRuleSchema(), facts=frozenset({"source"}), merges=ONE_PACK
    ),
    "trainings": Section(schema=TrainingRuleSchema(), facts=frozenset(), merges=ONE_PACK),
}
