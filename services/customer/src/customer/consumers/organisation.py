"""What dispatch tells of units and persons."""

from typing import Any

from marshmallow import fields

from customer.adapters.transaction import CustomerTransaction
from customer.consumers.readings import Reading
from customer.use_cases.staff import keep_departure, keep_person, keep_unit
from shared.envelope import Received
from shared.subscriptions import Subscription, Subscriptions


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


class PersonDepartedSchema(Reading):
    """``dispatch.person_departed.v1``, which comes before the change of the same person."""

    person_id = fields.UUID(required=True)
    successor_id = fields.UUID(required=True, allow_none=True)


def on_org_unit_changed(tx: CustomerTransaction, _event: Received, data: dict[str, Any]) -> None:
    keep_unit(tx, **data)


def on_person_changed(tx: CustomerTransaction, _event: Received, data: dict[str, Any]) -> None:
    keep_person(tx, **data)


def on_person_departed(tx: CustomerTransaction, _event: Received, data: dict[str, Any]) -> None:
    keep_departure(tx, **data)


SUBSCRIPTIONS: Subscriptions = {
    "dispatch.org_unit_changed.v1": Subscription(
        reads=OrgUnitChangedSchema(), handler=on_org_unit_changed
    ),
    "dispatch.person_changed.v1": Subscription(
        reads=PersonChangedSchema(), handler=on_person_changed
    ),
    "dispatch.person_departed.v1": Subscription(
        reads=PersonDepartedSchema(), handler=on_person_departed
    ),
}
