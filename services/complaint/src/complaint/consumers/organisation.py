"""Units and persons as dispatch tells them, and the search for who takes over."""

from typing import Any

from marshmallow import fields

from complaint.adapters.transaction import ComplaintTransaction
from complaint.consumers.readings import Reading
from complaint.consumers.subjects import case_of
from complaint.use_cases import staff
from shared.envelope import Received
from shared.subscriptions import Fired, Subscription, Subscriptions, Timers


class OrgUnitSchema(Reading):
    """``dispatch.org_unit_changed.v1``"""

    unit = fields.String(required=True)
    parent = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    calendar = fields.Dict(required=True, allow_none=True)


class PostSchema(Reading):
    """A role in a unit."""

    unit = fields.String(required=True)
    role = fields.String(required=True)


class PersonSchema(Reading):
    """``dispatch.person_changed.v1``"""

    person_id = fields.UUID(required=True)
    active = fields.Boolean(required=True)
    posts = fields.List(fields.Nested(PostSchema), required=True)
    superior_id = fields.UUID(required=True, allow_none=True)


class PersonDepartedSchema(Reading):
    """``dispatch.person_departed.v1``, which comes before the change of the same person."""

    person_id = fields.UUID(required=True)
    successor_id = fields.UUID(required=True, allow_none=True)


def on_org_unit_changed(tx: ComplaintTransaction, _event: Received, data: dict[str, Any]) -> None:
    staff.keep_unit(tx, **data)


def on_person_changed(tx: ComplaintTransaction, _event: Received, data: dict[str, Any]) -> None:
    staff.keep_person(tx, **data)


def on_person_departed(tx: ComplaintTransaction, _event: Received, data: dict[str, Any]) -> None:
    staff.keep_departure(tx, **data)


def on_team_reassign(tx: ComplaintTransaction, fired: Fired) -> None:
    staff.reassign(tx, case_of(fired), tries=fired.data["tries"])


SUBSCRIPTIONS: Subscriptions = {
    "dispatch.org_unit_changed.v1": Subscription(OrgUnitSchema(), on_org_unit_changed),
    "dispatch.person_changed.v1": Subscription(PersonSchema(), on_person_changed),
    "dispatch.person_departed.v1": Subscription(PersonDepartedSchema(), on_person_departed),
}

TIMERS: Timers = {staff.REASSIGN: on_team_reassign}
