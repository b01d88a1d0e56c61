"""Whose weekly report is made when, who is told of it, and what counts as recurring."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Range

from complaint.api.policies.forms import AT_LEAST_ONE, ONE_PACK, roles
from complaint.domain.weekly_reports import (
    Notable,
    NotableRule,
    RecurrenceRule,
    WeeklyReportRule,
)
from shared.policy import Section


class NotableRuleSchema(Schema):
    """Which complaints are named in it, the gravest reason first, and how many at most (F-14)."""

    reasons = fields.List(fields.Enum(Notable, by_value=True), required=True, validate=AT_LEAST_ONE)
    at_most = fields.Integer(required=True, strict=True, validate=Range(min=1, max=200))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> NotableRule:
        return NotableRule(tuple(data["reasons"]), data["at_most"])


class WeeklyReportRuleSchema(Schema):
    """Which kinds of units get it by themselves, when in the next week, who is told (CP-37), and
    which complaints are named in it; none where nothing is said."""

    kinds = fields.List(fields.String(validate=Length(1, 40)), required=True, validate=AT_LEAST_ONE)
    weekday = fields.Integer(required=True, strict=True, validate=Range(min=1, max=7))
    hour = fields.Integer(required=True, strict=True, validate=Range(min=0, max=23))
    roles = roles()
    notable = fields.Nested(NotableRuleSchema)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> WeeklyReportRule:
        lists = {name: tuple(data[name]) for name in ("kinds", "roles")}
        return WeeklyReportRule(**{**data, **lists})


class RecurrenceRuleSchema(Schema):
    """From how many complaints within how many days on they recur (CP-05)."""

    at_least = fields.Integer(required=True, strict=True, validate=Range(min=2, max=999))
    days = fields.Integer(required=True, strict=True, validate=Range(min=7, max=366))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> RecurrenceRule:
        return RecurrenceRule(**data)


SECTIONS: Mapping[str, Section] = {
    "weekly_report": Section(schema=WeeklyReportRuleSchema(), facts=frozenset(), merges=ONE_PACK),
    "recurrence": Section(schema=RecurrenceRuleSchema(), facts=frozenset(), merges=ONE_PACK),
}
