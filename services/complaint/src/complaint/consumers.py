"""What wakes complaint: SUBSCRIPTIONS (events of dispatch) and TIMERS (time)."""

from typing import Any
from uuid import UUID

from marshmallow import EXCLUDE, Schema, fields

from complaint.adapters.transaction import ComplaintTransaction
from complaint.use_cases import field_work, first_contact, staff
from shared.envelope import Received
from shared.subscriptions import Fired, Subscription, Subscriptions, Timers


class ReadingSchema(Schema):
    """What is not named is of no concern here."""

    class Meta:
        unknown = EXCLUDE


class OrgUnitSchema(ReadingSchema):
    """``dispatch.org_unit_changed.v1``"""

    unit = fields.String(required=True)
    parent = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    calendar = fields.Dict(required=True, allow_none=True)


class PostSchema(ReadingSchema):
    """A role in a unit."""

    unit = fields.String(required=True)
    role = fields.String(required=True)


class PersonSchema(ReadingSchema):
    """``dispatch.person_changed.v1``"""

    person_id = fields.UUID(required=True)
    active = fields.Boolean(required=True)
    posts = fields.List(fields.Nested(PostSchema), required=True)
    superior_id = fields.UUID(required=True, allow_none=True)


class WorkOrderSchema(ReadingSchema):
    """What every event of a work order says; ``complaint_id`` is null where none asked for it."""

    work_order_id = fields.UUID(required=True)
    complaint_id = fields.UUID(required=True, allow_none=True)


class WorkOrderOpenedSchema(WorkOrderSchema):
    """``dispatch.work_order_opened.v1``"""

    request_id = fields.UUID(required=True, allow_none=True)


class WorkOrderIssuedSchema(WorkOrderSchema):
    """``dispatch.work_order_issued.v1``"""

    order_no = fields.String(required=True)


class WorkOrderCalledBackSchema(WorkOrderSchema):
    """``dispatch.work_order_called_back.v1``"""

    satisfied = fields.Boolean(required=True)


def on_org_unit_changed(tx: ComplaintTransaction, _event: Received, data: dict[str, Any]) -> None:
    staff.keep_unit(tx, **data)


def on_person_changed(tx: ComplaintTransaction, _event: Received, data: dict[str, Any]) -> None:
    staff.keep_person(tx, **data)


def on_work_order_opened(tx: ComplaintTransaction, _event: Received, data: dict[str, Any]) -> None:
    if data["complaint_id"]:
        field_work.link_work_order(tx, data.pop("complaint_id"), **data)


def on_work_order_issued(tx: ComplaintTransaction, _event: Received, data: dict[str, Any]) -> None:
    if data["complaint_id"]:
        field_work.note_issued(tx, data.pop("complaint_id"), **data)


def on_work_order_completed(
    tx: ComplaintTransaction, _event: Received, data: dict[str, Any]
) -> None:
    if data["complaint_id"]:
        field_work.note_completed(tx, data.pop("complaint_id"), **data)


def on_work_order_called_back(
    tx: ComplaintTransaction, _event: Received, data: dict[str, Any]
) -> None:
    if data["complaint_id"]:
        field_work.finish_field_work(tx, data.pop("complaint_id"), **data)


def on_first_contact_warning(tx: ComplaintTransaction, fired: Fired) -> None:
    first_contact.warn(tx, _complaint_of(fired))


def on_first_contact_due(tx: ComplaintTransaction, fired: Fired) -> None:
    first_contact.breach(tx, _complaint_of(fired))


def on_first_contact_recount(tx: ComplaintTransaction, fired: Fired) -> None:
    first_contact.recount(tx, _complaint_of(fired), tries=fired.data["tries"])


def on_team_reassign(tx: ComplaintTransaction, fired: Fired) -> None:
    staff.reassign(tx, _complaint_of(fired), tries=fired.data["tries"])


def _complaint_of(fired: Fired) -> UUID:
    return UUID(fired.subject.removeprefix("complaint/"))


SUBSCRIPTIONS: Subscriptions = {
    "dispatch.org_unit_changed.v1": Subscription(OrgUnitSchema(), on_org_unit_changed),
    "dispatch.person_changed.v1": Subscription(PersonSchema(), on_person_changed),
    "dispatch.work_order_opened.v1": Subscription(WorkOrderOpenedSchema(), on_work_order_opened),
    "dispatch.work_order_issued.v1": Subscription(WorkOrderIssuedSchema(), on_work_order_issued),
    "dispatch.work_order_completed.v1": Subscription(WorkOrderSchema(), on_work_order_completed),
    "dispatch.work_order_called_back.v1": Subscription(
        WorkOrderCalledBackSchema(), on_work_order_called_back
    ),
}

TIMERS: Timers = {
    first_contact.WARNING: on_first_contact_warning,
    first_contact.DUE: on_first_contact_due,
    first_contact.RECOUNT: on_first_contact_recount,
    staff.REASSIGN: on_team_reassign,
}
