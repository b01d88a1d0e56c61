"""The sections that say when a customer is visited."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import OneOf, Range

from customer.api.policies.forms import ONE_PACK, code, days
from customer.domain.reminders import ReminderRule
from customer.domain.staff import VISITING
from customer.domain.visit_rules import RuleKey, VisitMode, VisitRule
from shared.policy import Merge, Section

LONGEST_INTERVAL = 60  # months
VISIT_FACTS = frozenset({"grade"})


class VisitRuleSchema(Schema):
    """Which visits a customer gets (VS-01, K-03); an interval of zero months is none."""

    activity = code(required=True)
    months = fields.Integer(required=True, strict=True, validate=Range(1, LONGEST_INTERVAL))
    role = fields.String(required=True, validate=OneOf([role.value for role in VISITING]))
    modes = fields.List(fields.Enum(VisitMode, by_value=True), load_default=list)
    counts_for = fields.List(code(), load_default=list)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> VisitRule:
        lists = {name: tuple(data[name]) for name in ("modes", "counts_for")}
        return VisitRule(**{**data, **lists})


class ReminderRuleSchema(Schema):
    """When a visitor is reminded and his supervisor told (VS-43)."""

    remind_days_before = days(required=True)
    overdue_escalate_days = days(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> ReminderRule:
        return ReminderRule(**data)


def _months(rule: VisitRule) -> int:
    return rule.months


def _key(rule: VisitRule) -> RuleKey:
    return rule.key


SECTIONS: Mapping[str, Section] = {
    # Of one activity and actor the strictest counts; different ones add up (K-03).
    "visit_rules": Section(
        schema=VisitRuleSchema(),
        facts=VISIT_FACTS,
        merges=frozenset({Merge.REPLACE, Merge.STRICTEST}),
        strictness=_months,
        key=_key,
    ),
    "visit_reminders": Section(schema=ReminderRuleSchema(), facts=frozenset(), merges=ONE_PACK),
}
