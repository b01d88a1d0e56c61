"""The end of a shift, as dispatch tells of it."""

from collections.abc import Mapping

from marshmallow import fields

from notify.consumers.readings.reading import Reading


class ShiftEndReading(Reading):
    """What all of it is about."""

    daily_check_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)


class DailyCheckOpenedSchema(ShiftEndReading):
    """``dispatch.daily_check_opened.v1``."""

    day = fields.Date(required=True)
    ends_at = fields.AwareDateTime(required=True)
    open = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    carried_over = fields.Integer(required=True)
    dispatcher_ids = fields.List(fields.UUID(), required=True)


class DailyCheckRemindedSchema(ShiftEndReading):
    """``dispatch.daily_check_reminded.v1``."""

    day = fields.Date(required=True)
    awaited = fields.String(required=True)
    unanswered = fields.Integer(required=True)
    reminder = fields.Integer(required=True)
    owner_ids = fields.List(fields.UUID(), required=True)
    superior_id = fields.UUID(required=True, allow_none=True)


class HandoverProposedSchema(ShiftEndReading):
    """``dispatch.handover_proposed.v1``."""

    handover_id = fields.UUID(required=True)
    incoming_ids = fields.List(fields.UUID(), required=True)
    orders = fields.Integer(required=True)


class HandoverVoidedSchema(ShiftEndReading):
    """``dispatch.handover_voided.v1``."""

    handover_id = fields.UUID(required=True)
    from_id = fields.UUID(required=True)
    reason = fields.String(required=True)


NOTABLE: Mapping[str, type[Reading]] = {
    "dispatch.daily_check_opened.v1": DailyCheckOpenedSchema,
    "dispatch.daily_check_reminded.v1": DailyCheckRemindedSchema,
    "dispatch.handover_proposed.v1": HandoverProposedSchema,
    "dispatch.handover_voided.v1": HandoverVoidedSchema,
}
