"""What may be complained about, and how serious it is."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, Range

from complaint.api.policies.forms import AT_LEAST_ONE, ONE_PACK, number
from complaint.domain.intake import IntakeRule, Subject
from complaint.domain.levels import LevelRow
from complaint.domain.repeats import RepeatRule
from shared.policy import Merge, Section


class IntakeRuleSchema(Schema):
    """About what a kind of complainant may complain, and what he has to say (CP-07, CP-08, CP-42,
    CP-46).
    What is among ``accusations`` is among ``subjects`` as well."""

    subjects = fields.List(
        fields.Enum(Subject, by_value=True), required=True, validate=AT_LEAST_ONE
    )
    respondent_required = fields.Boolean(required=True)
    customer_required = fields.Boolean(load_default=False)
    accusations = fields.List(fields.Enum(Subject, by_value=True), load_default=list)
    severity_required = fields.Boolean(load_default=False)

    @validates_schema(skip_on_field_errors=True)
    def _known(self, data: dict[str, Any], **_: Any) -> None:
        if not set(data["accusations"]) <= set(data["subjects"]):
            raise ValidationError("Nobody may complain about that.", "accusations")

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> IntakeRule:
        sets = {name: frozenset(data[name]) for name in ("subjects", "accusations")}
        return IntakeRule(**{**data, **sets})


class LevelRowSchema(Schema):
    """One row of the decision table of the levels (CP-13..CP-15)."""

    level = number()
    reason = fields.String(required=True, validate=Length(1, 80))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> LevelRow:
        return LevelRow(**data)


class RepeatRuleSchema(Schema):
    """How long a later complaint counts as one about the same event (CP-62)."""

    window_days = fields.Integer(required=True, strict=True, validate=Range(min=1, max=3660))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> RepeatRule:
        return RepeatRule(**data)


SECTIONS = {
    "repeats": Section(schema=RepeatRuleSchema(), facts=frozenset(), merges=ONE_PACK),
    "intake": Section(schema=IntakeRuleSchema(), facts=frozenset({"complainant"}), merges=ONE_PACK),
    "levels": Section(
        schema=LevelRowSchema(),
        facts=frozenset({"complainant", "about", "reported_to_12315", "repeat", "severity"}),
        merges=frozenset({Merge.REPLACE, Merge.ADDITIVE}),
    ),
}
