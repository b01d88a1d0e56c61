"""What breaches cost, and who proposes, decides and posts."""

from collections.abc import Iterator, Sequence
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length

from complaint.api.money import Money
from complaint.api.policies.forms import ONE_PACK, SIDE_BY_SIDE, roles
from complaint.domain.clocks import ClockName
from complaint.domain.penalty_rules import Liable, PenaltyRoles, PenaltyRule, Trigger
from shared.policy import Fault, Rule, Section


class TriggerSchema(Schema):
    """Which missed step proposes the penalty by itself."""

    clock = fields.Enum(ClockName, by_value=True, required=True)
    soft = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Trigger:
        return Trigger(**data)


class PenaltyRuleSchema(Schema):
    """A fixed ``amount`` of CNY an occurrence, or a range (ST-31, ST-32)."""

    code = fields.String(required=True, validate=Length(1, 60))
    amount = Money()
    lowest = Money()
    highest = Money()
    liable = fields.Enum(Liable, by_value=True, required=True)
    trigger = fields.Nested(TriggerSchema)

    @validates_schema(skip_on_field_errors=True)
    def _one(self, data: dict[str, Any], **_: Any) -> None:
        if {"amount", "lowest", "highest"} & set(data) not in ({"amount"}, {"lowest", "highest"}):
            raise ValidationError("Say the amount, or the lowest and the highest.")
        if "lowest" in data and data["lowest"] >= data["highest"]:
            raise ValidationError("The lowest amount is not below the highest.")

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> PenaltyRule:
        fixed = data.pop("amount", None)
        return PenaltyRule(**({"lowest": fixed, "highest": fixed} if fixed else {}), **data)


class PenaltyRolesSchema(Schema):
    """Who does what with penalties (CP-32)."""

    proposers = roles()
    deciders = roles()
    posters = roles()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> PenaltyRoles:
        return PenaltyRoles(**{name: tuple(named) for name, named in data.items()})


def _check_codes(rules: Sequence[Rule]) -> Iterator[Fault]:
    """By its code a penalty is proposed, so no two have the same."""
    seen: set[str] = set()
    for position, rule in enumerate(rules):
        if rule.value.code in seen:
            yield Fault(f"{position}.value.code", "Another penalty has this code.")
        seen.add(rule.value.code)


SECTIONS = {
    "penalties": Section(
        schema=PenaltyRuleSchema(),
        facts=frozenset({"kind"}),
        merges=SIDE_BY_SIDE,
        check=_check_codes,
    ),
    "penalty_roles": Section(schema=PenaltyRolesSchema(), facts=frozenset(), merges=ONE_PACK),
}
