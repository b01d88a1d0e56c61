"""The sections that say how one communicates with customers, and who checks the record."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Range

from customer.api.policies.forms import ONE_PACK, code, role, role_codes
from customer.domain.communications import Frequency, Kind, MinutesRule, Mode, Principle, Step
from shared.policy import Merge, Section

LONGEST = 30  # working days
TEXT = 300
SIDE_BY_SIDE = frozenset({Merge.REPLACE, Merge.ADDITIVE})


class ModeSchema(Schema):
    """A way to communicate (VS-22, VS-30)."""

    mode = code(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Mode:
        return Mode(**data)


class MinutesRuleSchema(Schema):
    """Within how many working days minutes are made, and whether a plan comes first (VS-24)."""

    working_days = fields.Integer(required=True, strict=True, validate=Range(1, LONGEST))
    plan_first = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> MinutesRule:
        return MinutesRule(**data)


class PrincipleSchema(Schema):
    """A line of the checklist on a record (VS-27)."""

    principle = code(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Principle:
        return Principle(**data)


class StepSchema(Schema):
    """A step of the table of steps (VS-32)."""

    kind = fields.Enum(Kind, by_value=True, required=True)
    stage = fields.String(required=True, validate=Length(1, TEXT))
    workflow = fields.String(required=True, validate=Length(1, TEXT))
    responsible = role_codes(required=True, least=1)
    operation = fields.String(required=True, validate=Length(1, TEXT))
    record = fields.String(required=True, validate=Length(1, TEXT))
    checker = role(required=True)
    frequency = fields.Enum(Frequency, by_value=True, required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Step:
        return Step(**{**data, "responsible": tuple(data["responsible"])})


def _kind(step: Step) -> Kind:
    return step.kind


SECTIONS: Mapping[str, Section] = {
    "communication_modes": Section(
        schema=ModeSchema(), facts=frozenset({"grade", "standing"}), merges=SIDE_BY_SIDE
    ),
    "communication_minutes": Section(
        schema=MinutesRuleSchema(), facts=frozenset(), merges=ONE_PACK
    ),
    "communication_principles": Section(
        schema=PrincipleSchema(), facts=frozenset(), merges=SIDE_BY_SIDE
    ),
    "communication_steps": Section(
        schema=StepSchema(), facts=frozenset({"kind"}), merges=ONE_PACK, key=_kind
    ),
}
