"""The sections that bound the grades that people give."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Range

from customer.api.policies.forms import ONE_PACK, amount, code
from customer.domain.grade_caps import WHOLE, CapScope, GradeCap
from customer.domain.grade_criteria import Criterion, HospitalLevel
from customer.domain.scorecards import ScorecardBounds
from shared.policy import Merge, Section

MOST_WORDS = 40
MOST_BEDS = 100_000
MOST_ALLOWED = 10_000


def codes(**options: Any) -> fields.List[str]:
    """Several names that other values refer to."""
    return fields.List(code(), load_default=list, validate=Length(max=MOST_WORDS), **options)


class GradeCapSchema(Schema):
    """For what share of the customers a grade is (CL-13, CL-14, CL-17)."""

    scheme = code(required=True)
    grade = code(required=True)
    scope = fields.Enum(CapScope, by_value=True, required=True)
    percent = fields.Integer(required=True, strict=True, validate=Range(0, WHOLE))
    hard = fields.Boolean(load_default=True)
    min_allowed = fields.Integer(strict=True, validate=Range(0, MOST_ALLOWED), load_default=0)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> GradeCap:
        return GradeCap(**data)


class CriterionSchema(Schema):
    """One clause on a grade: what the customer has to be (CL-10 to CL-18, CL-33)."""

    scheme = code(required=True)
    grade = code(required=True)
    level_from = fields.Enum(HospitalLevel, by_value=True, load_default=None)
    specialised_beds = fields.Integer(strict=True, validate=Range(1, MOST_BEDS), load_default=None)
    annual_amount = amount(load_default=None)
    declared = codes()
    materials = codes()
    breach_free = fields.Boolean(load_default=False)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Criterion:
        tuples = {name: tuple(data[name]) for name in ("declared", "materials")}
        return Criterion(**{**data, **tuples})


class ScorecardBoundsSchema(Schema):
    """What every scorecard of a scheme keeps (CL-19, CL-20, AD-32)."""

    scheme = code(required=True)
    indicators = codes()
    least_weight = fields.Integer(strict=True, validate=Range(0, WHOLE), load_default=1)
    lowest_totals = fields.Dict(
        keys=code(),
        values=fields.Integer(strict=True, validate=Range(0, WHOLE)),
        load_default=dict,
    )

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> ScorecardBounds:
        if data["least_weight"] * len(data["indicators"]) > WHOLE:
            raise ValueError("The least weights total more than 100.")
        return ScorecardBounds(**{**data, "indicators": tuple(data["indicators"])})


def _scheme(value: Any) -> str:
    return str(value.scheme)


def _graded(value: Any) -> tuple[str, str]:
    return value.scheme, value.grade


NONE: frozenset[str] = frozenset()
SECTIONS: Mapping[str, Section] = {
    # On one grade the first pack decides; its clauses hold all together.
    "grade_criteria": Section(schema=CriterionSchema(), facts=NONE, merges=ONE_PACK, key=_graded),
    "grade_caps": Section(
        schema=GradeCapSchema(),
        facts=NONE,
        merges=frozenset({Merge.REPLACE, Merge.ADDITIVE}),
        key=_graded,
    ),
    "scorecard_bounds": Section(
        schema=ScorecardBoundsSchema(), facts=NONE, merges=ONE_PACK, key=_scheme
    ),
}
