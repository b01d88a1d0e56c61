"""What goes over HTTP about how grades come about: requests and answers."""

import re
from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Length, Range, Regexp

from customer.api.policies.forms import CODE
from customer.api.texts import formed, line, prose
from customer.domain import limits
from customer.domain.grade_criteria import BreachKind, HospitalLevel
from customer.domain.grading_states import State
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

MOST_INDICATORS = 40
MOST_POINTS = 1000
MOST_BEDS = 100_000
REASON = 1000
EVIDENCE = 200
PRODUCT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}|")


def code(**options: Any) -> fields.String:
    """A name that a pack gives to something."""
    return fields.String(validate=Regexp(CODE), **options)


def codes() -> fields.List[str]:
    """Several such names."""
    return fields.List(code(), load_default=list, validate=Length(max=MOST_INDICATORS))


class ProposeGradeSchema(RequestSchema):
    """A grade for a customer in a unit. ``scores`` are the points of the unit's scorecard by
    indicator; without ``grade`` it is the one that they suggest. ``evidence`` is the id of the form
    or report that shows why; ``override_reason`` lets a soft cap be exceeded."""

    unit = line(limits.UNIT, required=True)
    scheme = code(required=True)
    product = formed(PRODUCT, load_default="")
    grade = code(load_default=None)
    scores = fields.Dict(
        keys=code(),
        values=fields.Integer(strict=True, validate=Range(0, MOST_POINTS)),
        load_default=None,
        validate=Length(max=MOST_INDICATORS),
    )
    evidence = line(EVIDENCE, load_default=None)
    materials = codes()
    reason = prose(REASON, load_default=None)
    override_reason = prose(REASON, load_default=None)


class RejectGradeSchema(RequestSchema):
    """Why a grade is not given."""

    reason = prose(REASON, required=True)


class NothingSchema(RequestSchema):
    """A command that needs nothing but its address."""


class ApprovalSchema(Schema):
    """Who agreed, in which role."""

    role = fields.String(required=True)
    by = fields.String(required=True)
    at = AwareTime(required=True)


class GradingSchema(Schema):
    """A grade that is proposed, holds, or did; with the clauses that were asked, and the soft caps
    that are exceeded."""

    grading_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    unit = fields.String(required=True)
    scheme = fields.String(required=True)
    product = fields.String(required=True)
    grade = fields.String(required=True)
    old_grade = fields.String(required=True, allow_none=True)
    state = fields.Enum(State, by_value=True, required=True)
    because = fields.Nested(BecauseSchema, required=True)
    criteria = fields.List(fields.Nested(BecauseSchema), required=True)
    evidence = fields.String(required=True, allow_none=True)
    score = fields.Decimal(required=True, allow_none=True, as_string=True)
    scores = fields.Dict(required=True)
    scorecard_id = fields.UUID(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    override_reason = fields.String(required=True, allow_none=True)
    warnings = fields.List(fields.Dict(), required=True)
    approvers = fields.List(fields.String(), required=True)
    approvals = fields.List(fields.Nested(ApprovalSchema), required=True)
    proposed_by = fields.String(required=True)
    proposed_at = AwareTime(required=True)
    decided_at = AwareTime(required=True, allow_none=True)


class GradeHistorySchema(Schema):
    """A grade that was given once, with all that led to it; nothing of it ever changes (CL-43)."""

    entry_id = fields.UUID(required=True, attribute="id")
    unit = fields.String(required=True)
    scheme = fields.String(required=True)
    product = fields.String(required=True)
    old = fields.String(required=True, allow_none=True)
    new = fields.String(required=True, allow_none=True)
    because = fields.Nested(BecauseSchema, required=True)
    criteria = fields.List(fields.Nested(BecauseSchema), required=True)
    grading_id = fields.UUID(required=True, allow_none=True)
    evidence = fields.String(required=True, allow_none=True)
    score = fields.Decimal(required=True, allow_none=True, as_string=True)
    scorecard_id = fields.UUID(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    override_reason = fields.String(required=True, allow_none=True)
    proposed_by = fields.String(required=True)
    approvals = fields.List(fields.Nested(ApprovalSchema), required=True)
    decided_at = AwareTime(required=True)
    decided_by = fields.String(required=True)


class GradingArgs(PageArgs):
    """Which gradings to list."""

    customer_id = fields.UUID(load_default=None)
    scheme = code(load_default=None)
    state = fields.Enum(State, by_value=True, load_default=None)


class RecordFactsSchema(RequestSchema):
    """What is declared of a customer for his grades; replaces what was declared before. ``beds``
    count for a ``specialised`` institution."""

    hospital_level = fields.Enum(HospitalLevel, by_value=True, load_default=None)
    beds = fields.Integer(strict=True, validate=Range(0, MOST_BEDS), load_default=None)
    specialised = fields.Boolean(load_default=False)
    declared = codes()


class FactsSchema(Schema):
    """What is declared of a customer, and how many breaches are on record."""

    hospital_level = fields.Enum(HospitalLevel, by_value=True, required=True, allow_none=True)
    beds = fields.Integer(required=True, allow_none=True)
    specialised = fields.Boolean(required=True)
    declared = fields.Function(lambda facts: sorted(facts.declared))
    breaches = fields.Integer(required=True)


class RecordBreachSchema(RequestSchema):
    """How a customer broke what was agreed with a unit, and where that stands."""

    unit = line(limits.UNIT, required=True)
    kind = fields.Enum(BreachKind, by_value=True, required=True)
    occurred_on = fields.Date(required=True)
    evidence = line(EVIDENCE, required=True)


class BreachSchema(Schema):
    """A breach on record."""

    breach_id = fields.UUID(required=True, attribute="id")
    unit = fields.String(required=True)
    kind = fields.Enum(BreachKind, by_value=True, required=True)
    occurred_on = fields.Date(required=True)


class IndicatorSchema(RequestSchema):
    """What is given points for; ``weight`` is in per cent of the total."""

    code = code(required=True)
    definition = line(limits.NAME, required=True)
    max_points = fields.Integer(required=True, strict=True, validate=Range(1, MOST_POINTS))
    weight = fields.Integer(required=True, strict=True, validate=Range(1, 100))


class BandSchema(RequestSchema):
    """The total, of 100, from which on a grade is given."""

    grade = code(required=True)
    at_least = fields.Integer(required=True, strict=True, validate=Range(0, 100))


class DefineScorecardSchema(RequestSchema):
    """A unit's own scorecard from a day on (F-10); the weights total 100."""

    scheme = code(required=True)
    product = formed(PRODUCT, load_default="")
    effective_from = fields.Date(required=True)
    indicators = fields.List(
        fields.Nested(IndicatorSchema), required=True, validate=Length(1, MOST_INDICATORS)
    )
    bands = fields.List(
        fields.Nested(BandSchema), required=True, validate=Length(1, MOST_INDICATORS)
    )


class ScorecardSchema(DefineScorecardSchema):
    """A scorecard as it was defined."""

    scorecard_id = fields.UUID(required=True, attribute="id")
    unit = fields.String(required=True)
    created_at = AwareTime(required=True)
    created_by = fields.String(required=True)
