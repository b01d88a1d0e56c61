"""The sections on what follows from a grade: reviews, downgrades, entitlements."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Range

from customer.api.policies.forms import ONE_PACK, code
from customer.domain.entitlements import Entitlement
from customer.domain.stage_reviews import DowngradeRule, StageRule
from shared.policy import Merge, Section

LONGEST_STAGE = 60  # months
LONGEST_WAIT = 365  # days
MOST_WORDS = 40


def codes() -> fields.List[str]:
    """Several names that other values refer to."""
    return fields.List(code(), load_default=list, validate=Length(max=MOST_WORDS))


class StageRuleSchema(Schema):
    """How often who is graded by a scheme is reviewed (CL-23)."""

    scheme = code(required=True)
    months = fields.Integer(required=True, strict=True, validate=Range(1, LONGEST_STAGE))
    report_days = fields.Integer(required=True, strict=True, validate=Range(1, LONGEST_WAIT))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> StageRule:
        return StageRule(**data)


class DowngradeRuleSchema(Schema):
    """Within how many calendar days a grade is lowered, and for what (CL-24)."""

    scheme = code(required=True)
    grade = code(required=True)
    days = fields.Integer(required=True, strict=True, validate=Range(1, LONGEST_WAIT))
    problems = fields.List(code(), required=True, validate=Length(1, MOST_WORDS))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> DowngradeRule:
        return DowngradeRule(**{**data, "problems": tuple(data["problems"])})


class EntitlementSchema(Schema):
    """What a grade entitles and obliges to (CL-27 to CL-31); several rules of one grade add up."""

    scheme = code(required=True)
    grade = code(required=True)
    rights = codes()
    priorities = codes()
    obligations = codes()
    vip_discount = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Entitlement:
        lists = ("rights", "priorities", "obligations")
        return Entitlement(**{**data, **{name: tuple(data[name]) for name in lists}})


def _scheme(value: Any) -> str:
    return str(value.scheme)


def _graded(value: Any) -> tuple[str, str]:
    return value.scheme, value.grade


NONE: frozenset[str] = frozenset()
SECTIONS: Mapping[str, Section] = {
    "stage_reviews": Section(schema=StageRuleSchema(), facts=NONE, merges=ONE_PACK, key=_scheme),
    "grade_downgrades": Section(
        schema=DowngradeRuleSchema(), facts=NONE, merges=ONE_PACK, key=_graded
    ),
    "entitlements": Section(
        schema=EntitlementSchema(),
        facts=NONE,
        merges=frozenset({Merge.REPLACE, Merge.ADDITIVE}),
        key=_graded,
    ),
}
