"""The sections that say when a customer is visited, and what is reported of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf, Range

from customer.api.policies.forms import ONE_PACK, code, days, role
from customer.domain.reminders import ReminderRule
from customer.domain.staff import VISITING
from customer.domain.visit_flags import FLAGS
from customer.domain.visit_occasions import Intensity, OccasionKind, OccasionRule
from customer.domain.visit_reports import ReportRule
from customer.domain.visit_rules import RuleKey, VisitMode, VisitRule
from shared.policy import Fault, Merge, Rule, Section

LONGEST_INTERVAL = 60  # months
MOST_SECTIONS = 20
VISIT_FACTS = frozenset({"grade", "key_project", "communication_necessary", *FLAGS})
SIDE_BY_SIDE = frozenset({Merge.REPLACE, Merge.ADDITIVE})


def actor(**options: Any) -> fields.String:
    """A role whose holders make visits."""
    return fields.String(validate=OneOf([role.value for role in VISITING]), **options)


def ways() -> fields.List[VisitMode]:
    """The ways in which a visit may be made; none is any."""
    return fields.List(fields.Enum(VisitMode, by_value=True), load_default=list)


def interval(**options: Any) -> fields.Integer:
    """An interval; one of zero months is none."""
    return fields.Integer(strict=True, validate=Range(1, LONGEST_INTERVAL), **options)


class VisitRuleSchema(Schema):
    """Which visits a customer gets again and again (VS-01, K-03)."""

    activity = code(required=True)
    months = interval(required=True)
    role = actor(required=True)
    modes = ways()
    counts_for = fields.List(code(), load_default=list)
    at_most = interval(load_default=None)
    substitutes = fields.List(actor(), load_default=list)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> VisitRule:
        lists = {name: tuple(data[name]) for name in ("modes", "counts_for", "substitutes")}
        return VisitRule(**{**data, **lists})


class OccasionRuleSchema(Schema):
    """Which visit an occasion asks for, so many calendar days before or after it (VS-23, VS-34,
    VS-42); a holiday is named as in the calendar of the unit."""

    occasion = fields.Enum(OccasionKind, by_value=True, required=True)
    activity = code(required=True)
    role = actor(required=True)
    days_before = days(load_default=0)
    days_after = days(load_default=0)
    holiday = fields.String(load_default=None, validate=Length(1, 120))
    modes = ways()
    counts_for = fields.List(code(), load_default=list)

    @validates_schema
    def _named(self, data: dict[str, Any], **_: Any) -> None:
        if (data["occasion"] is OccasionKind.HOLIDAY) != (data["holiday"] is not None):
            raise ValidationError("A holiday is named, and nothing else.", "holiday")

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> OccasionRule:
        lists = {name: tuple(data[name]) for name in ("modes", "counts_for")}
        return OccasionRule(**{**data, **lists})


class IntensitySchema(Schema):
    """To how much of the interval it is cut while a project begins within so many calendar days
    (VS-21)."""

    within_days = days(required=True)
    percent = fields.Integer(required=True, strict=True, validate=Range(1, 100))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Intensity:
        return Intensity(**data)


class ReportRuleSchema(Schema):
    """What a report on visits of an activity has at least (VS-03, VS-05, CF-37)."""

    activity = code(required=True)
    sections = fields.List(code(), load_default=list, validate=Length(max=MOST_SECTIONS))
    data_check = fields.Boolean(load_default=False)
    office = role(load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> ReportRule:
        return ReportRule(**{**data, "sections": tuple(data["sections"])})


class ReminderRuleSchema(Schema):
    """When a visitor is reminded, and his supervisor and the one above told (VS-43)."""

    remind_days_before = days(required=True)
    overdue_escalate_days = days(required=True)
    superior_days_after = days(load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> ReminderRule:
        return ReminderRule(**data)


def out_of_town_faults(rules: Sequence[Rule]) -> Iterator[Fault]:
    """Rules on customers out of town that ask for fewer visits than the bound which any of them
    names, whatever the grade (VS-17)."""
    relaxed = [
        (number, rule.value)
        for number, rule in enumerate(rules)
        if True in rule.when.get("out_of_town", ())
    ]
    bound = min((one.at_most for _, one in relaxed if one.at_most), default=LONGEST_INTERVAL)
    for number, rule in relaxed:
        if rule.months > bound:
            said = f"Customers out of town are visited at least every {bound} months."
            yield Fault(f"{number}.value.months", said)


def _months(rule: VisitRule) -> int:
    return rule.months


def _key(rule: VisitRule) -> RuleKey:
    return rule.key


def _occasion(rule: OccasionRule) -> tuple[object, ...]:
    return (rule.occasion, rule.holiday, rule.activity, rule.role)


def _activity(rule: ReportRule) -> str:
    return rule.activity


SECTIONS: Mapping[str, Section] = {
    # Of one activity and actor the strictest counts; different ones add up (K-03).
    "visit_rules": Section(
        schema=VisitRuleSchema(),
        facts=VISIT_FACTS,
        merges=frozenset({Merge.REPLACE, Merge.STRICTEST}),
        strictness=_months,
        key=_key,
        check=out_of_town_faults,
    ),
    "visit_occasions": Section(
        schema=OccasionRuleSchema(), facts=VISIT_FACTS, merges=ONE_PACK, key=_occasion
    ),
    "visit_intensity": Section(schema=IntensitySchema(), facts=frozenset(), merges=ONE_PACK),
    # What several packs want in one report adds up.
    "visit_reports": Section(
        schema=ReportRuleSchema(),
        facts=frozenset(),
        merges=SIDE_BY_SIDE,
        key=_activity,
    ),
    "visit_reminders": Section(schema=ReminderRuleSchema(), facts=frozenset(), merges=ONE_PACK),
}
