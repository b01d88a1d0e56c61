"""How packs say when the list of open orders appears and how it is handed over (WO-17)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import Length, OneOf, Range

from dispatch.domain.daily_checks import DailyCheckRule
from dispatch.domain.deadlines import ClockRule, TimeUnit
from dispatch.domain.handovers import HandoverRule
from dispatch.domain.roles import Role
from shared.policy import Fault, Merge, Rule, Section

A_WEEK = 7 * 24 * 60  # The longest that one waits, in minutes.
A_SHIFT = 12 * 60  # The longest time before the end of a shift, in minutes.


def _unique(value: list[Any]) -> None:
    if len(set(value)) < len(value):
        raise ValidationError("Something stands here twice.")


def _roles() -> fields.List[Any]:
    role = fields.String(validate=OneOf([one.value for one in Role]))
    return fields.List(role, required=True, validate=[Length(1, 20), _unique])


class DailyCheckSchema(Schema):
    """How many minutes before the end of a shift the list appears, and who checks it."""

    minutes = fields.Integer(required=True, strict=True, validate=Range(1, A_SHIFT))
    roles = _roles()

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> DailyCheckRule:
        return DailyCheckRule(minutes=data["minutes"], roles=tuple(data["roles"]))


class ClockSchema(Schema):
    """By when the hand-over is due after the end of the shift, and how often one reminds."""

    unit = fields.Enum(TimeUnit, by_value=True, required=True)
    within = fields.Integer(required=True, strict=True, validate=Range(1, A_WEEK))
    again = fields.Integer(required=True, strict=True, validate=Range(1, A_WEEK))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> ClockRule:
        return ClockRule(**data)


class HandoverRuleSchema(Schema):
    """How the list goes from one dispatcher to the next."""

    clock = fields.Nested(ClockSchema, required=True)
    superiors = _roles()
    moves_orders = fields.Boolean(required=True)
    alone = fields.Boolean(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> HandoverRule:
        return HandoverRule(**{**data, "superiors": tuple(data["superiors"])})


def _check_superiors(rules: Sequence[Rule]) -> Iterable[Fault]:
    """Whoever works alone and may not receive from himself needs somebody above dispatchers."""
    for index, rule in enumerate(rules):
        value: HandoverRule = rule.value
        if not value.alone and set(value.superiors) <= {Role.DISPATCHER}:
            yield Fault(f"{index}.value.superiors", "Nobody would receive from who is alone.")


SECTIONS: Mapping[str, Section] = {
    "daily_check": Section(
        schema=DailyCheckSchema(), facts=frozenset(), merges=frozenset({Merge.REPLACE})
    ),
    "handover": Section(
        schema=HandoverRuleSchema(),
        check=_check_superiors,
        facts=frozenset(),
        merges=frozenset({Merge.REPLACE}),
    ),
}
