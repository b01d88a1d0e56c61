"""In which words, how urgently and over which channels packs have something said."""

from marshmallow import Schema, ValidationError, fields
from marshmallow.validate import Length, OneOf

from notify.domain.delivery import CHANNELS
from notify.domain.messages import Urgency
from notify.domain.template_words import TEMPLATES


def each_once(values: list[str]) -> None:
    """Raises ValidationError for a list that holds something twice."""
    if len(set(values)) < len(values):
        raise ValidationError("Something stands here twice.")


class TellingSchema(Schema):
    """How something is said."""

    template = fields.String(required=True, validate=OneOf(sorted(TEMPLATES)))
    urgency = fields.Enum(Urgency, by_value=True, required=True)
    channels = fields.List(
        fields.String(validate=OneOf(CHANNELS)), required=True, validate=[Length(1, 10), each_once]
    )
