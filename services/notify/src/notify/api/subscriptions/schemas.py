"""What goes over HTTP about subscriptions: requests and answers."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length

from notify.adapters.channels.webhook_targets import URL_LENGTH
from notify.domain.subscriptions.deliveries import DeliveryState
from notify.domain.subscriptions.endpoints import EndpointState, is_secret
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, RequestSchema

TYPES = 300


def _secret(text: str) -> None:
    if not is_secret(text):
        raise ValidationError("Not whsec_ and 24 to 64 bytes in base64.")


def _each_once(values: list[str]) -> None:
    if len(set(values)) < len(values):
        raise ValidationError("Something stands here twice.")


def _types(**how: Any) -> fields.List[str]:
    one = fields.String(validate=Length(1, 120))
    return fields.List(one, validate=[Length(1, TYPES), _each_once], **how)


def _url(**how: Any) -> fields.String:
    return fields.String(validate=Length(1, URL_LENGTH), **how)


class RegisterSubscriptionSchema(RequestSchema):
    """What to deliver where. ``ordered``: one event after the other, in their order; an event that
    is not taken holds back those behind it. Without ``secret`` one is made. ``owner_id`` is told
    when nothing more is delivered."""

    url = _url(required=True)
    event_types = _types(required=True)
    org_unit = fields.String(required=True, validate=Length(1, 60))
    description = fields.String(required=True, validate=Length(1, 200))
    ordered = fields.Boolean(load_default=False)
    owner_id = fields.UUID(required=True)
    secret = fields.String(load_default=None, allow_none=True, validate=_secret)


class ChangeSubscriptionSchema(RequestSchema):
    """What is to be different; what is not named stays."""

    url = _url()
    event_types = _types()
    description = fields.String(validate=Length(1, 200))
    ordered = fields.Boolean()
    owner_id = fields.UUID()

    @validates_schema
    def something(self, data: dict[str, Any], **_: Any) -> None:
        if not data:
            raise ValidationError("Nothing is to be changed.")


class RotateSecretSchema(RequestSchema):
    """The secret to sign with; without it one is made."""

    secret = fields.String(load_default=None, allow_none=True, validate=_secret)


class EnableSubscriptionSchema(RequestSchema):
    """Whether to give up what was told while it was disabled; it is delivered otherwise."""

    drop_missed = fields.Boolean(load_default=False)


class SubscriptionCommandSchema(RequestSchema):
    """Nothing is asked."""


class RedeliverFailedSchema(RequestSchema):
    """Since when what failed is to be delivered again."""

    since = AwareTime(required=True)


class SubscriptionSchema(Schema):
    """A subscription; its secret is not shown. ``failing_since`` is real time."""

    subscription_id = fields.UUID(required=True, attribute="id")
    url = fields.String(required=True)
    event_types = fields.List(fields.String(), required=True)
    org_unit = fields.String(required=True)
    description = fields.String(required=True)
    ordered = fields.Boolean(required=True)
    owner_id = fields.UUID(required=True)
    state = fields.Enum(EndpointState, by_value=True, required=True)
    state_reason = fields.String(required=True, allow_none=True)
    failing_since = AwareTime(required=True, allow_none=True)
    created_at = AwareTime(required=True)
    changed_at = AwareTime(required=True)
    version = fields.Integer(required=True)


class SubscriptionWithSecretSchema(SubscriptionSchema):
    """A subscription and its secret, which is shown this once."""

    secret = fields.Function(lambda one: one.secrets[0].key, required=True)


class RemovedSubscriptionSchema(Schema):
    """What was removed."""

    subscription_id = fields.UUID(required=True, attribute="id")


class EventTypeSchema(Schema):
    """An event type that other systems may have; its contract stands in the AsyncAPI document."""

    type = fields.String(required=True)
    title = fields.String(required=True)


class EventTypesSchema(Schema):
    """All event types that other systems may have."""

    items = fields.List(fields.Nested(EventTypeSchema), required=True)


class DeliveryArgs(PageArgs):
    """Which deliveries to list."""

    state = fields.Enum(DeliveryState, by_value=True, load_default=None)


class DeliverySchema(Schema):
    """What became of one event. ``next_attempt_at`` is real time; null is at once, or never for one
    that has ended. ``status`` and ``reason`` are those of the last try."""

    event_id = fields.UUID(required=True)
    type = fields.String(required=True)
    subject = fields.String(required=True)
    state = fields.Enum(DeliveryState, by_value=True, required=True)
    attempts = fields.Integer(required=True)
    status = fields.Integer(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True, attribute="why")
    planned_at = AwareTime(required=True)
    next_attempt_at = AwareTime(required=True, allow_none=True, attribute="due_at")
    done_at = AwareTime(required=True, allow_none=True)


class DeliveryAttemptSchema(Schema):
    """One try, at real time. ``excerpt`` is the beginning of what was answered."""

    number = fields.Integer(required=True)
    at = AwareTime(required=True)
    status = fields.Integer(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True, attribute="why")
    duration_ms = fields.Integer(required=True)
    excerpt = fields.String(required=True, allow_none=True)


class DeliveryWithAttemptsSchema(DeliverySchema):
    """A delivery and its last tries, newest first."""

    tries = fields.List(fields.Nested(DeliveryAttemptSchema), required=True)


class RedeliveredSchema(Schema):
    """How many events are delivered again."""

    redelivered = fields.Integer(required=True)
