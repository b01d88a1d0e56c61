"""Work orders, as dispatch tells of them."""

from collections.abc import Mapping

from marshmallow import fields

from notify.consumers.readings.reading import Reading


class PersonDepartedSchema(Reading):
    """``dispatch.person_departed.v1``."""

    person_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    successor_id = fields.UUID(required=True, allow_none=True)
    departed_at = fields.AwareDateTime(required=True)


class WorkOrderReading(Reading):
    """What the events of a work order say that matter here."""

    work_order_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    dispatcher_id = fields.UUID(required=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    reply_due_at = fields.AwareDateTime(required=True)


class WorkOrderOpenedSchema(WorkOrderReading):
    """``dispatch.work_order_opened.v1``."""

    source = fields.String(required=True)


class WorkOrderIssuedSchema(WorkOrderReading):
    """``dispatch.work_order_issued.v1``."""

    order_no = fields.String(required=True)
    receiver_id = fields.UUID(required=True)


class GivenOutReading(Reading):
    """What the events of an order that was given out say."""

    work_order_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    order_no = fields.String(required=True)


class WorkReading(GivenOutReading):
    """The same, with those whose the order is."""

    receiver_id = fields.UUID(required=True)
    dispatcher_id = fields.UUID(required=True)


class ProgressReportedSchema(WorkReading):
    """``dispatch.work_order_progress_reported.v1``."""

    reported_at = fields.AwareDateTime(required=True)
    expected_at = fields.AwareDateTime(required=True)
    on_time = fields.Boolean(required=True)


class ReplyDueSoonSchema(WorkReading):
    """``dispatch.work_order_reply_due_soon.v1``."""

    due_at = fields.AwareDateTime(required=True)


class ReplyOverdueSchema(ReplyDueSoonSchema):
    """``dispatch.work_order_reply_overdue.v1``."""

    breach = fields.Boolean(required=True)


class RemindedSchema(Reading):
    """``dispatch.work_order_reminded.v1``."""

    work_order_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    awaited = fields.String(required=True)
    owner_ids = fields.List(fields.UUID(), required=True)
    due_at = fields.AwareDateTime(required=True)


class HandedOnSchema(GivenOutReading):
    """``dispatch.work_order_handed_on.v1``."""

    dispatcher_id = fields.UUID(required=True)
    reason = fields.String(load_default="gone")


class UnableReportedSchema(WorkReading):
    """``dispatch.work_order_unable_reported.v1``."""

    decider_id = fields.UUID(required=True, allow_none=True)
    decision_due_at = fields.AwareDateTime(required=True, allow_none=True)


class DecisionReferredSchema(GivenOutReading):
    """``dispatch.work_order_decision_referred.v1``."""

    receiver_id = fields.UUID(required=True)
    from_id = fields.UUID(required=True, allow_none=True)
    decider_id = fields.UUID(required=True)
    reason = fields.String(required=True)
    decision_due_at = fields.AwareDateTime(required=True, allow_none=True)


class UnableDecidedSchema(WorkReading):
    """``dispatch.work_order_unable_decided.v1``."""

    decision = fields.String(required=True)


class CancelledSchema(GivenOutReading):
    """``dispatch.work_order_cancelled.v1``."""

    receiver_id = fields.UUID(required=True, allow_none=True)
    dispatcher_id = fields.UUID(required=True)


class BreachRecordedSchema(GivenOutReading):
    """``dispatch.work_order_breach_recorded.v1``."""

    breach_id = fields.UUID(required=True)
    code = fields.String(required=True)
    person_id = fields.UUID(required=True)
    items = fields.Integer(required=True)


class BreachWithdrawnSchema(GivenOutReading):
    """``dispatch.work_order_breach_withdrawn.v1``."""

    breach_id = fields.UUID(required=True)
    code = fields.String(required=True)
    person_id = fields.UUID(required=True)
    dispatcher_id = fields.UUID(required=True)


NOTABLE: Mapping[str, type[Reading]] = {
    "dispatch.person_departed.v1": PersonDepartedSchema,
    "dispatch.work_order_opened.v1": WorkOrderOpenedSchema,
    "dispatch.work_order_issued.v1": WorkOrderIssuedSchema,
    "dispatch.work_order_progress_reported.v1": ProgressReportedSchema,
    "dispatch.work_order_reply_due_soon.v1": ReplyDueSoonSchema,
    "dispatch.work_order_reply_overdue.v1": ReplyOverdueSchema,
    "dispatch.work_order_reminded.v1": RemindedSchema,
    "dispatch.work_order_handed_on.v1": HandedOnSchema,
    "dispatch.work_order_unable_reported.v1": UnableReportedSchema,
    "dispatch.work_order_decision_referred.v1": DecisionReferredSchema,
    "dispatch.work_order_unable_decided.v1": UnableDecidedSchema,
    "dispatch.work_order_cancelled.v1": CancelledSchema,
    "dispatch.work_order_breach_recorded.v1": BreachRecordedSchema,
    "dispatch.work_order_breach_withdrawn.v1": BreachWithdrawnSchema,
}
