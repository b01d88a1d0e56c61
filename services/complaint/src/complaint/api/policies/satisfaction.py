"""What the complainant can answer, and what his answer means."""

from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Range

from complaint.api.policies.forms import ONE_PACK
from complaint.domain.satisfaction import Choice, Scale, Verdict
from shared.policy import Section


class ChoiceSchema(Schema):
    """One answer of a scale."""

    code = fields.Integer(required=True, strict=True, validate=Range(min=0, max=99))
    meaning = fields.String(required=True, validate=Length(1, 40))
    normalised = fields.Integer(required=True, strict=True, validate=Range(min=0, max=100))


class ScaleSchema(Schema):
    """The answers that a complainant can give (CP-28, K-08)."""

    scale = fields.String(required=True, validate=Length(1, 40))
    choices = fields.List(fields.Nested(ChoiceSchema), required=True, validate=Length(min=2))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Scale:
        choices = {
            one["code"]: Choice(one["meaning"], one["normalised"]) for one in data["choices"]
        }
        if len(choices) < len(data["choices"]):
            raise ValueError("A code stands for two answers.")
        return Scale(data["scale"], choices)


class VerdictSchema(Schema):
    """Whether an answer completes the complaint (CP-29, CP-30)."""

    accepted = fields.Boolean(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> Verdict:
        return Verdict(**data)


SECTIONS = {
    "satisfaction": Section(schema=ScaleSchema(), facts=frozenset(), merges=ONE_PACK),
    "closure": Section(schema=VerdictSchema(), facts=frozenset({"answer"}), merges=ONE_PACK),
}
