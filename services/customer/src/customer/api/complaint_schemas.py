"""What goes over HTTP about complaints and work orders of a customer: answers."""

from marshmallow import Schema, fields

from customer.domain import complaints, work_orders
from shared.web.schemas import AwareTime


class KnownComplaintSchema(Schema):
    """A complaint of a customer. ``satisfaction`` is the last answer from 0, worst, to 100, best;
    ``contacts`` counts the contacts that the complaint caused."""

    complaint_id = fields.UUID(required=True, attribute="id")
    number = fields.String(required=True)
    org_unit = fields.String(required=True)
    channel = fields.String(required=True)
    state = fields.Enum(complaints.State, by_value=True, required=True)
    level = fields.Integer(required=True)
    handler_id = fields.UUID(required=True)
    filed_at = AwareTime(required=True)
    first_contact_due_at = AwareTime(required=True)
    changed_at = AwareTime(required=True)
    contacts = fields.Integer(required=True)
    satisfaction = fields.Integer(required=True, allow_none=True)
    closed_at = AwareTime(required=True, allow_none=True)


class KnownWorkOrderSchema(Schema):
    """A work order for a customer. ``worker_id`` has to carry it out, or to issue the draft."""

    work_order_id = fields.UUID(required=True, attribute="id")
    order_no = fields.String(required=True, allow_none=True)
    org_unit = fields.String(required=True)
    complaint_id = fields.UUID(required=True, allow_none=True)
    state = fields.Enum(work_orders.State, by_value=True, required=True)
    worker_id = fields.UUID(required=True)
    reply_due_at = AwareTime(required=True)
    opened_at = AwareTime(required=True)
    changed_at = AwareTime(required=True)
    satisfied = fields.Boolean(required=True, allow_none=True)
