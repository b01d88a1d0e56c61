"""The sections that say when a customer is visited."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import OneOf, Range

from customer.api.policies.forms import ONE_PACK, code, days
from customer.domain.cadence import Cadence
from customer.domain.reminders import ReminderRule
from customer.domain.staff import VISITING
from shared.policy import Merge, Section

LONGEST_CADENCE = 60  # months


class CadenceSchema(Schema):
    """How often a customer is visited (VS-01); a cadence of zero months is none."""

    activity = code(required=True)
    months = fields.Integer(required=True, strict=True, validate=Range(1, LONGEST_CADENCE))
    role = fields.String(required=True, validate=OneOf([role.value for role in VISITING]))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Cadence:
        return Cadence(**data)


class ReminderRuleSchema(Schema):
    """When a visitor is reminded and his supervisor told (VS-43)."""

    remind_days_before = days(required=True)
    overdue_escalate_days = days(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> ReminderRule:
        return ReminderRule(**data)


def _months(cadence: Cadence) -> int:
    return cadence.months


def _activity(cadence: Cadence) -> str:
    return cadence.activity


SECTIONS: Mapping[str, Section] = {
    "visit_cadence": Section(
        schema=CadenceSchema(),
        facts=frozenset({"size_class"}),
        merges=frozenset({Merge.REPLACE, Merge.STRICTEST}),
        strictness=_months,
        key=_activity,
    ),
    "visit_reminders": Section(schema=ReminderRuleSchema(), facts=frozenset(), merges=ONE_PACK),
}
