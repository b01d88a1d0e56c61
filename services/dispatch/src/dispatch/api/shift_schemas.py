"""What goes over HTTP about shifts and rosters: requests and answers."""

from datetime import time
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load
from marshmallow.validate import ContainsOnly, Length, Regexp

from shared.org_units import CODE
from shared.web.paging import PageArgs
from shared.web.schemas import AwareTime, RequestSchema
from shared.working_time import Window

CLOCK = Regexp(r"([01]\d|2[0-3]):[0-5]\d\Z|24:00\Z")
MIDNIGHT = "24:00"


class DefineShiftSchema(RequestSchema):
    """A shift by the wall clock of the unit's calendar; one that closes no later than it opens
    runs over midnight. ``weekdays``: 0 is Monday."""

    code = fields.String(required=True, validate=Regexp(rf"{CODE.pattern}\Z"))
    name = fields.String(required=True, validate=Length(1, 80))
    opens = fields.String(required=True, validate=CLOCK)
    closes = fields.String(required=True, validate=CLOCK)
    weekdays = fields.List(
        fields.Integer(strict=True),
        required=True,
        validate=[Length(1, 7), ContainsOnly(range(7))],
    )
    on_holidays = fields.Boolean(load_default=False)
    first_day = fields.Date(required=True)
    last_day = fields.Date(load_default=None, allow_none=True)

    @post_load
    def made(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        opens, closes = data.pop("opens"), data.pop("closes")
        if opens == MIDNIGHT:
            raise ValidationError({"opens": ["A shift opens at 00:00 of the next day instead."]})
        end = time(0) if closes == MIDNIGHT else time.fromisoformat(closes)
        hours = Window(time.fromisoformat(opens), end)
        return {**data, "hours": hours, "weekdays": frozenset(data["weekdays"])}


class ShiftSchema(Schema):
    """A shift of a unit; without ``last_day`` it goes on."""

    shift_id = fields.UUID(required=True, attribute="id")
    unit = fields.String(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    opens = fields.Time(required=True, format="%H:%M", attribute="hours.opens")
    closes = fields.Time(required=True, format="%H:%M", attribute="hours.closes")
    weekdays = fields.List(fields.Integer(), required=True)
    on_holidays = fields.Boolean(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True, allow_none=True)


class EndSchema(RequestSchema):
    """Until when with this day."""

    last_day = fields.Date(required=True)


class RosterPersonSchema(RequestSchema):
    """Who works the shift; without ``last_day`` until further notice."""

    person_id = fields.UUID(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(load_default=None, allow_none=True)


class RosterEntrySchema(Schema):
    """Who works which shift on which days. ``last_day`` before ``first_day``: called off."""

    roster_entry_id = fields.UUID(required=True, attribute="id")
    person_id = fields.UUID(required=True)
    shift_id = fields.UUID(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True, allow_none=True)


class RosterArgs(PageArgs):
    """Which days of a roster, and on request whose."""

    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    person_id = fields.UUID(load_default=None)


class DutyArgs(Schema):
    """When; at present where nothing is said."""

    at = AwareTime(load_default=None)


class TurnSchema(Schema):
    """A shift on one day, and who works it; ``shift_id`` is null for the only one of a unit that
    has none: what its calendar says of the day."""

    shift_id = fields.UUID(required=True, allow_none=True)
    code = fields.String(required=True, allow_none=True)
    starts_at = AwareTime(required=True)
    ends_at = AwareTime(required=True)
    person_ids = fields.List(fields.UUID(), required=True)


class DutySchema(Schema):
    """Who is on duty in a unit at a time."""

    unit = fields.String(required=True)
    at = AwareTime(required=True)
    shifts = fields.List(fields.Nested(TurnSchema), required=True)
