"""What goes over HTTP about messages: requests and answers."""

from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf, Regexp

from notify.domain.delivery import CHANNELS
from notify.domain.message_states import State
from notify.domain.messages import Message, Purpose, Urgency
from shared import masking
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema


class MessageSchema(Schema):
    """A line of the ledger. Its words are personal data and hidden; a reveal shows them."""

    message_id = fields.UUID(required=True, attribute="id")
    reason = fields.String(required=True)
    subject = fields.String(required=True)
    occurrence = fields.String(required=True)
    person_id = fields.UUID(required=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    event_id = fields.UUID(required=True, allow_none=True)
    org_unit = fields.String(required=True)
    channel = fields.Function(lambda message: message.channel or None, required=True)
    purpose = fields.Enum(Purpose, by_value=True, required=True)
    urgency = fields.Enum(Urgency, by_value=True, required=True)
    state = fields.Enum(State, by_value=True, required=True)
    state_reason = fields.String(required=True, allow_none=True)
    state_because = fields.Nested(BecauseSchema, required=True, allow_none=True)
    held_until = AwareTime(required=True, allow_none=True)
    digest_id = fields.UUID(required=True, allow_none=True)
    template = fields.String(required=True)
    template_version = fields.Integer(required=True, allow_none=True)
    language = fields.String(required=True, allow_none=True)
    attempts = fields.Integer(required=True)
    planned_at = AwareTime(required=True)
    changed_at = AwareTime(required=True)
    expires_at = AwareTime(required=True)
    sent_at = AwareTime(required=True, allow_none=True)
    because = fields.Nested(BecauseSchema, required=True)
    title = fields.Function(lambda message: _hidden(message.title))
    body = fields.Function(lambda message: _hidden(message.body))


class RevealSchema(RequestSchema):
    """Why somebody has to see the words; it is kept in the audit log."""

    reason = fields.String(required=True, validate=Length(3, 300))


class WithdrawalSchema(RequestSchema):
    """Why it is not to be sent; it is kept in the audit log."""

    reason = fields.String(required=True, validate=Length(3, 300))


class RevealedMessageSchema(MessageSchema):
    """A message with its words."""

    title = fields.String(required=True, allow_none=True)  # type: ignore[assignment]
    body = fields.String(required=True, allow_none=True)  # type: ignore[assignment]


class MessagesArgs(PageArgs):
    """Which messages to list."""

    person = fields.UUID(load_default=None)
    reason = fields.String(load_default=None, validate=Regexp(r"[a-z][a-z_]{0,59}\Z"))
    subject = fields.String(load_default=None, validate=Length(1, 200))
    event = fields.UUID(load_default=None)
    state = fields.Enum(State, by_value=True, load_default=None)
    channel = fields.String(load_default=None, validate=OneOf(CHANNELS))


def _hidden(words: str | None) -> str | None:
    return masking.HIDDEN if words else None


def filters(args: dict[str, Any]) -> list[Any]:
    """The conditions that a list's arguments ask for."""
    named = ("reason", "subject", "state", "channel")
    columns = {"person": "person_id", "event": "event_id", **{name: name for name in named}}
    asked = {columns[name]: args[name] for name in columns if args[name] is not None}
    return [getattr(Message, column) == value for column, value in asked.items()]
