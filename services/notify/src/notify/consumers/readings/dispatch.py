"""Work orders, as dispatch tells of them."""

from collections.abc import Mapping

from marshmallow import fields

from notify.consumers.readings.reading import Reading


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


NOTABLE: Mapping[str, type[Reading]] = {
    "dispatch.work_order_opened.v1": WorkOrderOpenedSchema,
    "dispatch.work_order_issued.v1": WorkOrderIssuedSchema,
}
