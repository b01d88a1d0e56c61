"""What goes over HTTP about packs: requests and answers of ``shared.policy.api``."""

from marshmallow import INCLUDE, Schema, fields
from marshmallow.validate import Length, Regexp

from shared.policy.forms import FACT
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema


class PackSummarySchema(Schema):
    """One version of a pack. ``built_in`` ones came with the service, the others were added."""

    pack = fields.String(required=True)
    version = fields.String(required=True)
    effective_from = fields.Date(required=True)
    built_in = fields.Boolean(required=True)


class PackSchema(PackSummarySchema):
    """One version of a pack with its whole document."""

    document = fields.Dict(required=True)


class AddPackSchema(Schema):
    """A pack's document. It is read by the sections of the service, with a path for each fault."""

    class Meta:
        unknown = INCLUDE


class ActivatePacksSchema(RequestSchema):
    """The packs a unit follows, highest rank first; an empty list: those of its parent again."""

    packs = fields.List(
        fields.String(validate=Length(1, 60)), required=True, validate=Length(max=20)
    )
    effective_from = fields.Date(required=True)


class ActivationSchema(Schema):
    """Which packs a unit was told to follow, from which day, and by whom."""

    packs = fields.List(fields.String(), required=True)
    effective_from = fields.Date(required=True)
    created_at = AwareTime(required=True)
    created_by = fields.String(required=True)


class ActivationsSchema(Schema):
    """The activations of one unit itself, the earliest effective first."""

    unit = fields.String(required=True)
    items = fields.List(fields.Nested(ActivationSchema), required=True)


class QuestionSchema(RequestSchema):
    """Which day is asked about, and the facts of the case, each as ``name:value``; a name that is
    given twice has both values."""

    on = fields.Date(required=True)
    fact = fields.List(
        fields.String(validate=[Length(max=200), Regexp(rf"{FACT.pattern}:.+\Z")]),
        load_default=list,
        validate=Length(max=40),
    )


class RulingSchema(Schema):
    """A rule that holds: its value as the pack has it, and the clause it comes from."""

    value = fields.Raw(required=True)
    because = fields.Nested(BecauseSchema, required=True)


class RulingsSchema(Schema):
    """All rules that hold, the one that wins first."""

    items = fields.List(fields.Nested(RulingSchema), required=True)
