"""What may be complained about, and how serious it is."""

import dataclasses
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf, Range

from complaint.api.policies.forms import AT_LEAST_ONE, ONE_PACK, number, roles
from complaint.domain.form_rules import FormRule
from complaint.domain.intake import Details, IntakeRule, Subject
from complaint.domain.levels import LevelRow
from complaint.domain.registration import LeaderReportRule, Procedure
from complaint.domain.repeats import RepeatRule
from shared.policy import Merge, Section

SUBJECTS = ("accusations", "against_persons")  # Which of the subjects ask for more.


class IntakeRuleSchema(Schema):
    """About what a kind of complainant may complain, and what he has to say (CP-07, CP-08, CP-42,
    CP-46, CP-53).
    What is among ``accusations`` or ``against_persons`` is among ``subjects`` as well."""

    subjects = fields.List(
        fields.Enum(Subject, by_value=True), required=True, validate=AT_LEAST_ONE
    )
    respondent_required = fields.Boolean(required=True)
    customer_required = fields.Boolean(load_default=False)
    accusations = fields.List(fields.Enum(Subject, by_value=True), load_default=list)
    severity_required = fields.Boolean(load_default=False)
    against_persons = fields.List(fields.Enum(Subject, by_value=True), load_default=list)

    @validates_schema(skip_on_field_errors=True)
    def _known(self, data: dict[str, Any], **_: Any) -> None:
        for name in SUBJECTS:
            if not set(data[name]) <= set(data["subjects"]):
                raise ValidationError("Nobody may complain about that.", name)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> IntakeRule:
        sets = {name: frozenset(data[name]) for name in ("subjects", *SUBJECTS)}
        return IntakeRule(**{**data, **sets})


class FormRuleSchema(Schema):
    """What has to stand on the form before the result is told (CP-23)."""

    details = fields.List(
        fields.String(validate=OneOf([one.name for one in dataclasses.fields(Details)])),
        required=True,
        validate=AT_LEAST_ONE,
    )

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> FormRule:
        return FormRule(tuple(data["details"]))


class LevelRowSchema(Schema):
    """One row of the decision table of the levels (CP-13..CP-15)."""

    level = number()
    reason = fields.String(required=True, validate=Length(1, 80))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> LevelRow:
        return LevelRow(**data)


class LeaderReportRuleSchema(Schema):
    """Which roles a complaint is reported to as it comes in (CP-53)."""

    roles = roles()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> LeaderReportRule:
        return LeaderReportRule(tuple(data["roles"]))


class ProcedureSchema(Schema):
    """By which document, kept elsewhere, complaints are handled (CP-57)."""

    number = fields.String(required=True, validate=Length(1, 80))
    title = fields.String(required=True, validate=Length(1, 200))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Procedure:
        return Procedure(**data)


class RepeatRuleSchema(Schema):
    """How long a later complaint counts as one about the same event (CP-62)."""

    window_days = fields.Integer(required=True, strict=True, validate=Range(min=1, max=3660))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> RepeatRule:
        return RepeatRule(**data)


SECTIONS = {
    "leader_reports": Section(
        schema=LeaderReportRuleSchema(), facts=frozenset({"complainant"}), merges=ONE_PACK
    ),
    "procedure": Section(schema=ProcedureSchema(), facts=frozenset(), merges=ONE_PACK),
    "repeats": Section(schema=RepeatRuleSchema(), facts=frozenset(), merges=ONE_PACK),
    "intake": Section(schema=IntakeRuleSchema(), facts=frozenset({"complainant"}), merges=ONE_PACK),
    "form": Section(
        schema=FormRuleSchema(), facts=frozenset({"about"}), merges=frozenset({Merge.ADDITIVE})
    ),
    "levels": Section(
        schema=LevelRowSchema(),
        facts=frozenset({"complainant", "about", "reported_to_12315", "repeat", "severity"}),
        merges=frozenset({Merge.REPLACE, Merge.ADDITIVE}),
    ),
}
