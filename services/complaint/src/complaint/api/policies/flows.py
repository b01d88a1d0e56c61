"""Who answers for the stages of preset flows, by when their steps are due, and how problems rank
and are settled."""

from typing import Any

from marshmallow import Schema, fields, post_load

from complaint.api.policies.clocks import ClockRuleSchema, check_clocks
from complaint.api.policies.forms import AT_LEAST_ONE, ONE_PACK, SIDE_BY_SIDE, roles
from complaint.api.policies.intake import LevelRowSchema
from complaint.domain.flows import StageRule
from complaint.domain.intake import Channel
from complaint.domain.issues import IssueTicketRule
from complaint.domain.problems import ProblemSource, ProblemType, Remedy, RemedyRule
from shared.policy import Section


class StageRuleSchema(Schema):
    """Which roles answer for a stage (PT-19, PT-27)."""

    roles = roles()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> StageRule:
        return StageRule(tuple(data["roles"]))


class RemedyRuleSchema(Schema):
    """How a type of problem is settled without more reason (PT-01..PT-04)."""

    remedies = fields.List(fields.Enum(Remedy, by_value=True), required=True, validate=AT_LEAST_ONE)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> RemedyRule:
        return RemedyRule(frozenset(data["remedies"]))


class IssueTicketRuleSchema(Schema):
    """As what an issue that a customer raised is taken in (E-04)."""

    type = fields.Enum(ProblemType, by_value=True, required=True)
    source = fields.Enum(ProblemSource, by_value=True, required=True)
    channel = fields.Enum(Channel, by_value=True, required=True)
    found_by_customer = fields.Boolean(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> IssueTicketRule:
        return IssueTicketRule(**data)


SECTIONS = {
    "stages": Section(
        schema=StageRuleSchema(), facts=frozenset({"kind", "stage"}), merges=ONE_PACK
    ),
    "flow_clocks": Section(
        schema=ClockRuleSchema(),
        facts=frozenset({"clock", "kind", "level", "type"}),
        merges=SIDE_BY_SIDE,
        check=check_clocks,
    ),
    "priorities": Section(
        schema=LevelRowSchema(),
        facts=frozenset({"type", "source", "found_by_customer"}),
        merges=SIDE_BY_SIDE,
    ),
    "issue_tickets": Section(
        schema=IssueTicketRuleSchema(), facts=frozenset({"occasion"}), merges=ONE_PACK
    ),
    "remedies": Section(schema=RemedyRuleSchema(), facts=frozenset({"type"}), merges=ONE_PACK),
}
