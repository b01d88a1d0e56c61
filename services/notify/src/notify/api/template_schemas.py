"""What goes over HTTP about templates: requests and answers."""

from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Regexp

from notify.domain.sms_lengths import Alphabet
from notify.domain.template_words import TEMPLATES
from notify.domain.templates import BODY_LENGTH, TITLE_LENGTH, Template, Wording
from shared.web.schemas import RequestSchema

CODE = Regexp(r"[a-z][a-z_]{0,59}\Z")
LANGUAGE = Regexp(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\Z")


class WordingRequestSchema(RequestSchema):
    """Words for one kind of message; placeholders are ``{word}``."""

    code = fields.String(required=True, validate=CODE)
    title = fields.String(required=True, validate=Length(1, TITLE_LENGTH))
    body = fields.String(required=True, validate=Length(1, BODY_LENGTH))

    @post_load
    def worded(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        wording = Wording(title=data.pop("title"), body=data.pop("body"))
        return {**data, "wording": wording}


class AddTemplateSchema(WordingRequestSchema):
    """A new version in one language (a BCP 47 tag); it holds from now on."""

    language = fields.String(required=True, validate=LANGUAGE)


class SmsLengthSchema(Schema):
    """How long a text is as a short message, the name of the firm included. ``most`` is how many
    segments the packs allow, null is any number; what does not fit goes over the next channel."""

    alphabet = fields.Enum(Alphabet, by_value=True, required=True, attribute="length.alphabet")
    characters = fields.Integer(required=True, attribute="length.places")
    segments = fields.Integer(required=True, attribute="length.segments")
    most = fields.Integer(required=True, allow_none=True)
    fits = fields.Boolean(required=True)


class PreviewSchema(Schema):
    """Words with sample values, as they would be sent."""

    title = fields.String(required=True, attribute="wording.title")
    body = fields.String(required=True, attribute="wording.body")
    sms = fields.Nested(SmsLengthSchema, required=True)


class TemplateSchema(Schema):
    """One version of the words for one kind of message in one language. 0 came with the service."""

    code = fields.String(required=True)
    language = fields.String(required=True)
    version = fields.Integer(required=True)
    title = fields.String(required=True, attribute="wording.title")
    body = fields.String(required=True, attribute="wording.body")
    placeholders = fields.Function(lambda one: sorted(TEMPLATES[one.code]))


class TemplatesSchema(Schema):
    """Templates; there are never so many that they need pages."""

    items = fields.List(fields.Nested(TemplateSchema), required=True)


class TemplatesArgs(Schema):
    """Which templates to list."""

    code = fields.String(load_default=None, validate=CODE)


def listed(templates: list[Template]) -> dict[str, list[Template]]:
    """Templates as ``TemplatesSchema`` shows them."""
    return {"items": templates}
