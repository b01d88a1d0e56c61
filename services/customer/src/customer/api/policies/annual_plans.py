"""The section that says what the visit plan of a year holds, and who decides on it."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, OneOf

from customer.api.access import PLAN_DECIDERS
from customer.api.policies.forms import ONE_PACK, code
from customer.domain.annual_plans import PlanRule
from shared.policy import Section

MOST_PROPOSALS = 10
LISTS = ("proposals", "submitters", "approvers")


def deciders() -> fields.List[str]:
    """Roles that decide on plans, one at least."""
    role = fields.String(validate=OneOf([one.value for one in PLAN_DECIDERS]))
    return fields.List(role, required=True, validate=Length(min=1))


class PlanRuleSchema(Schema):
    """Which proposals each customer gets, and whose plan it is (VS-12)."""

    proposals = fields.List(code(), required=True, validate=Length(1, MOST_PROPOSALS))
    submitters = deciders()
    approvers = deciders()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> PlanRule:
        return PlanRule(**{name: tuple(data[name]) for name in LISTS})


SECTIONS: Mapping[str, Section] = {
    "annual_plans": Section(schema=PlanRuleSchema(), facts=frozenset(), merges=ONE_PACK),
}
