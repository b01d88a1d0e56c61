"""What goes over HTTP about newsletters: requests and answers."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import Length, Regexp

from notify.api.care_policies import CODE, LANGUAGE
from notify.domain.newsletter_states import IssueState
from notify.domain.newsletters import Audience, Text
from notify.domain.occasions import HOME_LANGUAGE
from notify.domain.templates import TITLE_LENGTH
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema

TEXT_LENGTH = 1800
PLAIN = Regexp(r"[^{}]*\Z", error="No braces.")
ONE_LINE = Regexp(r"[^\r\n{}]*\Z", error="One line without braces.")
NAMED = fields.String(validate=Length(1, 60))


class IssueTextArgSchema(RequestSchema):
    """What an issue says in one language."""

    headline = fields.String(required=True, validate=[Length(1, TITLE_LENGTH), ONE_LINE])
    text = fields.String(required=True, validate=[Length(1, TEXT_LENGTH), PLAIN])

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Text:
        return Text(**data)


class AudienceArgSchema(RequestSchema):
    """To whom an issue goes; what is empty leaves nobody out."""

    kinds = fields.List(NAMED, load_default=list, validate=Length(max=20))
    sizes = fields.List(NAMED, load_default=list, validate=Length(max=20))
    grades = fields.List(NAMED, load_default=list, validate=Length(max=20))
    key_accounts = fields.Boolean(load_default=False, truthy={True}, falsy={False})

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> Audience:
        named = {name: tuple(data[name]) for name in ("kinds", "sizes", "grades")}
        return Audience(**named, key_accounts=data["key_accounts"])


class WriteNewsletterSchema(RequestSchema):
    """An issue for the contacts of a unit and of those below it; ``texts`` are what it says by
    BCP 47 tag, one of them in the home language."""

    unit = fields.String(required=True, validate=Length(1, 60))
    topic = fields.String(required=True, validate=Regexp(CODE))
    audience = fields.Nested(AudienceArgSchema, load_default=Audience)
    texts = fields.Dict(
        keys=fields.String(validate=LANGUAGE),
        values=fields.Nested(IssueTextArgSchema),
        required=True,
        validate=Length(1, 20),
    )
    send_at = AwareTime(required=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        if HOME_LANGUAGE not in data["texts"]:
            raise ValidationError(f"What it says in {HOME_LANGUAGE} is missing.", "texts")
        return data


class ApproveNewsletterSchema(RequestSchema):
    """The address says which one."""


class EndNewsletterSchema(RequestSchema):
    """Why it is not sent."""

    reason = fields.String(required=True, validate=Length(3, 300))


class NewslettersArgs(PageArgs):
    """Which issues to list."""

    topic = fields.String(load_default=None, validate=Regexp(CODE))
    state = fields.Enum(IssueState, by_value=True, load_default=None)


class IssueTextSchema(Schema):
    """What an issue says in one language."""

    headline = fields.String(required=True)
    text = fields.String(required=True)


class AudienceSchema(Schema):
    """To whom an issue goes."""

    kinds = fields.List(fields.String(), required=True)
    sizes = fields.List(fields.String(), required=True)
    grades = fields.List(fields.String(), required=True)
    key_accounts = fields.Boolean(required=True)


class NewsletterSchema(Schema):
    """An issue of a newsletter, and where it stands."""

    newsletter_id = fields.UUID(required=True, attribute="id")
    topic = fields.String(required=True)
    org_unit = fields.String(required=True)
    audience = fields.Nested(AudienceSchema, required=True)
    texts = fields.Dict(keys=fields.String(), values=fields.Nested(IssueTextSchema), required=True)
    send_at = AwareTime(required=True)
    state = fields.Enum(IssueState, by_value=True, required=True)
    approvers = fields.List(fields.String(), required=True)
    editor_id = fields.String(required=True)
    created_at = AwareTime(required=True)
    decided_by = fields.String(required=True, allow_none=True)
    decided_at = AwareTime(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    because = fields.Nested(BecauseSchema, required=True)
