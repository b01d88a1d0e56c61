"""The sections of this service's packs: how their values are written, and what is refused."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import OneOf, Range, Regexp

from customer.domain.cadence import Cadence
from customer.domain.grading import SizeBand, SizeClass, faults
from customer.domain.reminders import ReminderRule
from customer.domain.staff import VISITING
from shared.policy import Fault, Merge, Rule, Section

PACKS = ("generic",)
LONGEST_CADENCE = 60  # months
LONGEST_DELAY = 365  # days


def _amount(**options: Any) -> fields.Decimal:
    return fields.Decimal(places=4, validate=Range(min=0), **options)


class SizeBandSchema(Schema):
    """The amounts of one size class (CL-01..CL-03); a band without ``below`` has no end."""

    size_class = fields.Enum(SizeClass, by_value=True, required=True)
    at_least = _amount(required=True)
    below = _amount(load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> SizeBand:
        return SizeBand(**data)


class CadenceSchema(Schema):
    """How often a customer is visited (VS-01); a cadence of zero months is none."""

    activity = fields.String(required=True, validate=Regexp(r"[a-z][a-z0-9_]{0,39}\Z"))
    months = fields.Integer(required=True, strict=True, validate=Range(1, LONGEST_CADENCE))
    role = fields.String(required=True, validate=OneOf([role.value for role in VISITING]))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Cadence:
        return Cadence(**data)


class ReminderRuleSchema(Schema):
    """When a visitor is reminded and his supervisor told (VS-43)."""

    remind_days_before = fields.Integer(
        required=True, strict=True, validate=Range(0, LONGEST_DELAY)
    )
    overdue_escalate_days = fields.Integer(
        required=True, strict=True, validate=Range(0, LONGEST_DELAY)
    )

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> ReminderRule:
        return ReminderRule(**data)


def _check_bands(rules: Sequence[Rule]) -> Iterator[Fault]:
    for position, why in faults([rule.value for rule in rules]):
        yield Fault("" if position is None else f"{position}.value", why)


def _months(cadence: Cadence) -> int:
    return cadence.months


def _activity(cadence: Cadence) -> str:
    return cadence.activity


ONE_PACK = frozenset({Merge.REPLACE})

SECTIONS: Mapping[str, Section] = {
    "size": Section(
        schema=SizeBandSchema(), facts=frozenset(), merges=ONE_PACK, check=_check_bands
    ),
    "visit_cadence": Section(
        schema=CadenceSchema(),
        facts=frozenset({"size_class"}),
        merges=frozenset({Merge.REPLACE, Merge.STRICTEST}),
        strictness=_months,
        key=_activity,
    ),
    "visit_reminders": Section(schema=ReminderRuleSchema(), facts=frozenset(), merges=ONE_PACK),
}
