"""What goes over HTTP about invitations: requests and answers."""

from marshmallow import Schema, fields

from customer.api.texts import line
from customer.domain import limits
from customer.domain.invitations import Meeting
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, RequestSchema


class InviteSchema(RequestSchema):
    """Who may join."""

    unit = line(limits.UNIT, required=True)


class AnswerInvitationSchema(RequestSchema):
    """Whether the invited unit joins."""

    joins = fields.Boolean(required=True)


class InvitationArgs(PageArgs):
    """Which invitations to list."""

    meeting = fields.Enum(Meeting, by_value=True, load_default=None)
    meeting_id = fields.UUID(load_default=None)


class InvitationSchema(Schema):
    """An invitation; ``joins`` is null until it is answered."""

    invitation_id = fields.UUID(required=True, attribute="id")
    meeting = fields.Enum(Meeting, by_value=True, required=True)
    meeting_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    unit = fields.String(required=True)
    takes_place_on = fields.Date(required=True)
    invited_by = fields.UUID(required=True)
    invited_at = AwareTime(required=True)
    joins = fields.Boolean(required=True, allow_none=True)
    answered_by = fields.UUID(required=True, allow_none=True)
    answered_at = AwareTime(required=True, allow_none=True)
