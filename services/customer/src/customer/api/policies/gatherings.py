"""The sections that say how gatherings are planned, approved and repeated."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf, Range

from customer.api.access import GATHERING_FUNDERS
from customer.api.policies.forms import ONE_PACK, amount, code, role
from customer.domain.gathering_states import WAITING
from customer.domain.gatherings import ApprovalRule, FundingRule, GatheringRule, Kind
from shared.policy import Section

LONGEST_CYCLE = 60  # months
MOST_A_YEAR = 12


class GatheringRuleSchema(Schema):
    """One kind of gathering (VS-07, VS-08, VS-15)."""

    kind = fields.Enum(Kind, by_value=True, required=True)
    agenda = fields.List(code(), load_default=list)
    cycle_months = fields.Integer(load_default=None, strict=True, validate=Range(1, LONGEST_CYCLE))
    per_year = fields.Integer(load_default=None, strict=True, validate=Range(1, MOST_A_YEAR))
    planned_by_month = fields.Integer(load_default=None, strict=True, validate=Range(1, 12))

    @validates_schema
    def _of_a_year(self, data: dict[str, Any], **_: Any) -> None:
        if (data["per_year"] is None) != (data["planned_by_month"] is None):
            raise ValidationError("Goes with planned_by_month.", "per_year")

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> GatheringRule:
        return GatheringRule(**{**data, "agenda": tuple(data["agenda"])})


class FundingRuleSchema(Schema):
    """Who grants what a gathering costs (VS-37)."""

    funder = fields.String(required=True, validate=OneOf([one.value for one in GATHERING_FUNDERS]))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> FundingRule:
        return FundingRule(**data)


class ApprovalRuleSchema(Schema):
    """When a plan needs approvals, and whose (VS-09); each step has another role."""

    large_attendees = fields.Integer(required=True, strict=True, validate=Range(min=1))
    large_budget = amount(required=True)
    approvers = fields.List(
        role(),
        required=True,
        validate=Length(equal=len(WAITING)),
    )

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> ApprovalRule:
        if len(set(data["approvers"])) < len(data["approvers"]):
            raise ValueError("Each step is approved by another role.")
        return ApprovalRule(**{**data, "approvers": tuple(data["approvers"])})


def _kind(rule: GatheringRule) -> Kind:
    return rule.kind


SECTIONS: Mapping[str, Section] = {
    "gatherings": Section(
        schema=GatheringRuleSchema(), facts=frozenset({"kind"}), merges=ONE_PACK, key=_kind
    ),
    "gathering_approvals": Section(
        schema=ApprovalRuleSchema(), facts=frozenset({"kind"}), merges=ONE_PACK
    ),
    "gathering_funding": Section(schema=FundingRuleSchema(), facts=frozenset(), merges=ONE_PACK),
}
