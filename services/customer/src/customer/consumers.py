"""What wakes customer: SUBSCRIPTIONS (events of others) and TIMERS (time)."""

from typing import Any
from uuid import UUID

from marshmallow import EXCLUDE, Schema, fields

from customer.adapters.transaction import CustomerTransaction
from customer.use_cases.history import keep_care
from customer.use_cases.recounts import RECOUNT, recount_customer, replan_customer
from customer.use_cases.staff import keep_person, keep_unit
from customer.use_cases.visit_plans import OVERDUE, REMIND, SEARCH
from customer.use_cases.visits import remind_visitor, report_overdue
from shared.envelope import Received
from shared.rules import Because
from shared.subscriptions import Fired, Subscription, Subscriptions, Timers


class Reading(Schema):
    """As much of an event as this service has a use for."""

    class Meta:
        unknown = EXCLUDE


class OrgUnitChangedSchema(Reading):
    """``dispatch.org_unit_changed.v1``."""

    unit = fields.String(required=True)
    parent = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    calendar = fields.Dict(required=True, allow_none=True)


class PostSchema(Reading):
    """A role held in a unit."""

    unit = fields.String(required=True)
    role = fields.String(required=True)


class PersonChangedSchema(Reading):
    """``dispatch.person_changed.v1``."""

    person_id = fields.UUID(required=True)
    active = fields.Boolean(required=True)
    posts = fields.List(fields.Nested(PostSchema), required=True)
    superior_id = fields.UUID(required=True, allow_none=True)


class CareSentSchema(Reading):
    """``notify.care_sent.v1``."""

    message_id = fields.UUID(required=True)
    contact_id = fields.UUID(required=True)
    customer_id = fields.UUID(required=True, allow_none=True)
    occasion = fields.String(required=True)
    year = fields.Integer(required=True)
    sent_at = fields.AwareDateTime(required=True)


def on_org_unit_changed(tx: CustomerTransaction, _event: Received, data: dict[str, Any]) -> None:
    keep_unit(tx, **data)


def on_person_changed(tx: CustomerTransaction, _event: Received, data: dict[str, Any]) -> None:
    keep_person(tx, **data)


def on_care_sent(tx: CustomerTransaction, _event: Received, data: dict[str, Any]) -> None:
    keep_care(tx, **data)


def on_visit_remind(tx: CustomerTransaction, fired: Fired) -> None:
    because = Because.from_data(fired.data["because"])
    remind_visitor(tx, visit_id=UUID(fired.data["visit_id"]), because=because)


def on_visit_overdue(tx: CustomerTransaction, fired: Fired) -> None:
    because = Because.from_data(fired.data["because"])
    report_overdue(tx, visit_id=UUID(fired.data["visit_id"]), because=because)


def on_visit_search(tx: CustomerTransaction, fired: Fired) -> None:
    replan_customer(tx, UUID(fired.data["customer_id"]), searching=True)


def on_visit_recount(tx: CustomerTransaction, fired: Fired) -> None:
    recount_customer(tx, customer_id=UUID(fired.data["customer_id"]))


SUBSCRIPTIONS: Subscriptions = {
    "dispatch.org_unit_changed.v1": Subscription(
        reads=OrgUnitChangedSchema(), handler=on_org_unit_changed
    ),
    "dispatch.person_changed.v1": Subscription(
        reads=PersonChangedSchema(), handler=on_person_changed
    ),
    "notify.care_sent.v1": Subscription(reads=CareSentSchema(), handler=on_care_sent),
}

TIMERS: Timers = {
    REMIND: on_visit_remind,
    OVERDUE: on_visit_overdue,
    SEARCH: on_visit_search,
    RECOUNT: on_visit_recount,
}
