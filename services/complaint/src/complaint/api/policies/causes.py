"""Which causes a complaint can have."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Regexp

from complaint.api.policies.forms import AT_LEAST_ONE, ONE_PACK
from complaint.domain.causes import CauseRule
from complaint.domain.counts import NOT_STATED, STATED
from shared.policy import Section

CODE = Regexp(r"^[a-z][a-z0-9_]{0,59}\Z", error="Small letters, digits and underscores.")


class CauseRuleSchema(Schema):
    """The codes of the causes by which complaints are counted (RP-13)."""

    codes = fields.List(fields.String(validate=CODE), required=True, validate=AT_LEAST_ONE)

    @validates_schema(skip_on_field_errors=True)
    def _fit(self, data: dict[str, Any], **_: Any) -> None:
        codes = data["codes"]
        if len(set(codes)) != len(codes) or {NOT_STATED, STATED} & set(codes):
            raise ValidationError("Each once, and none that reports use otherwise.", "codes")

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> CauseRule:
        return CauseRule(tuple(data["codes"]))


SECTIONS = {"causes": Section(schema=CauseRuleSchema(), facts=frozenset(), merges=ONE_PACK)}
