"""What goes over HTTP about the care calendar: requests and answers."""

from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Range, Regexp

from notify.api.care_policies import CODE, DayOfYearSchema, day_of_year
from notify.domain.care_rules import Action
from notify.domain.care_task_states import TaskState
from shared import masking
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema


class CareTaskSchema(Schema):
    """A gift or a call. ``amount`` is what it may cost at most and ``cost`` what it did, in yuan;
    ``on`` is the local day of the contact."""

    task_id = fields.UUID(required=True, attribute="id")
    contact_id = fields.UUID(required=True)
    customer_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    action = fields.Enum(Action, by_value=True, required=True)
    occasion = fields.String(required=True)
    year = fields.Integer(required=True)
    on = fields.Date(required=True)
    state = fields.Enum(TaskState, by_value=True, required=True)
    responsible_id = fields.UUID(required=True, allow_none=True)
    approvers = fields.List(fields.String(), required=True)
    amount = fields.Decimal(required=True, allow_none=True, places=2, as_string=True)
    cost = fields.Decimal(required=True, allow_none=True, places=2, as_string=True)
    opened_at = AwareTime(required=True)
    lapses_at = AwareTime(required=True)
    decided_by = fields.String(required=True, allow_none=True)
    decided_at = AwareTime(required=True, allow_none=True)
    reason = fields.String(required=True, allow_none=True)
    done_by = fields.String(required=True, allow_none=True)
    done_at = AwareTime(required=True, allow_none=True)
    because = fields.Nested(BecauseSchema, required=True)


class CareTasksArgs(PageArgs):
    """Which tasks to list."""

    state = fields.Enum(TaskState, by_value=True, load_default=None)
    responsible_id = fields.UUID(load_default=None)
    contact_id = fields.UUID(load_default=None)
    customer_id = fields.UUID(load_default=None)


class ApproveCareTaskSchema(RequestSchema):
    """The address says which one."""


class DeclineCareTaskSchema(RequestSchema):
    """Why it is not done."""

    reason = fields.String(required=True, validate=Length(3, 300))


class CompleteCareTaskSchema(RequestSchema):
    """It is done; a gift may say what it cost, in yuan."""

    cost = fields.Decimal(
        load_default=None, places=2, allow_nan=False, validate=Range(min=0, max=1_000_000)
    )


class KeepCareDateSchema(RequestSchema, DayOfYearSchema):
    """A day of a contact's own; ``title`` is what his greeting calls it."""

    contact_id = fields.UUID(required=True)
    title = fields.String(required=True, validate=[Length(1, 60), Regexp(r"[^\r\n{}]*\Z")])

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        day = day_of_year(data)
        return {"contact_id": data["contact_id"], "title": data["title"], "day": day}


class DropCareDateSchema(RequestSchema):
    """The address says which one."""


class CareDateSchema(Schema):
    """A day that is kept for a contact; what it is called may tell of him, and is hidden."""

    date_id = fields.UUID(required=True, attribute="id")
    contact_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    title = fields.Function(lambda _one: masking.HIDDEN, required=True)
    calendar = fields.String(required=True, attribute="day.calendar.value")
    month = fields.Integer(required=True, attribute="day.month")
    day = fields.Integer(required=True, attribute="day.day")
    recorded_by = fields.String(required=True)
    recorded_at = AwareTime(required=True)


class OfContactArgs(PageArgs):
    """Of whom to list."""

    contact_id = fields.UUID(load_default=None)


class GivePromotionConsentSchema(RequestSchema):
    """A contact asks for promotions: of some topics, or of all. ``form`` is where the proof is
    filed, ``wording`` the version of the text that he agreed to."""

    contact_id = fields.UUID(required=True)
    topics = fields.List(
        fields.String(validate=Regexp(CODE)), load_default=list, validate=Length(max=20)
    )
    form = fields.String(required=True, validate=Length(1, 200))
    wording = fields.String(required=True, validate=Length(1, 60))
    given_at = AwareTime(required=True)


class WithdrawPromotionConsentSchema(RequestSchema):
    """The address says which one."""


class PromotionConsentSchema(Schema):
    """That a contact asked for promotions; without topics for all of them."""

    consent_id = fields.UUID(required=True, attribute="id")
    contact_id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    topics = fields.List(fields.String(), required=True)
    form = fields.String(required=True)
    wording = fields.String(required=True)
    given_at = AwareTime(required=True)
    recorded_by = fields.String(required=True)
    withdrawn_at = AwareTime(required=True, allow_none=True)
