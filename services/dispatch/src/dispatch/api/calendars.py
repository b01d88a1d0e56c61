"""Calendars of units over HTTP."""

from typing import Any

from marshmallow import Schema, fields, post_load, pre_dump
from marshmallow.validate import Length, OneOf, Regexp

from dispatch.adapters.units import Units
from dispatch.api.access import READERS, STAFF_ADMINISTRATORS
from dispatch.api.versions import shown
from dispatch.domain.calendars import CalendarPlan
from dispatch.domain.units import Unit
from dispatch.use_cases.calendars import set_calendar
from shared.rules import NotFound
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.etags import check_version
from shared.web.schemas import RequestSchema
from shared.working_time import Calendar

DAYS = 400
DAY = Regexp(r"\d{4}-\d\d-\d\d\Z")


def _windows(**options: Any) -> fields.List[Any]:
    pair = fields.List(fields.String(validate=Length(max=8)), validate=Length(equal=2))
    return fields.List(pair, validate=Length(max=12), **options)


class CalendarPlanSchema(RequestSchema):
    """Weekly windows (``"0"`` is Monday) as pairs of times, the nation whose holidays hold, and
    days of one's own: ``holidays`` by name, ``workdays`` by windows (null: those of a usual day).
    """

    zone = fields.String(required=True, validate=Length(1, 60))
    week = fields.Dict(
        keys=fields.String(validate=OneOf([str(day) for day in range(7)])),
        values=_windows(),
        required=True,
    )
    national = fields.String(required=True, allow_none=True, validate=OneOf(["CN"]))
    holidays = fields.Dict(
        keys=fields.String(validate=DAY),
        values=fields.String(validate=Length(1, 80)),
        load_default=dict,
        validate=Length(max=DAYS),
    )
    workdays = fields.Dict(
        keys=fields.String(validate=DAY),
        values=_windows(allow_none=True),
        load_default=dict,
        validate=Length(max=DAYS),
    )

    @post_load
    def plan(self, data: dict[str, Any], **_: Any) -> CalendarPlan:
        return CalendarPlan(**data)


class DatesSchema(Schema):
    """A calendar laid out in dates; ``published`` are the years whose holidays are certain."""

    zone = fields.String(required=True)
    week = fields.Dict(keys=fields.String(), values=_windows(), required=True)
    holidays = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    workdays = fields.Dict(keys=fields.String(), values=_windows(allow_none=True), required=True)
    published = fields.List(fields.Integer(), required=True)

    @pre_dump
    def plain(self, calendar: Calendar, **_: Any) -> dict[str, Any]:
        return calendar.to_data()


class CalendarSchema(Schema):
    """The plan as it was asked for, and the dates that it stands for."""

    plan = fields.Nested(CalendarPlanSchema, required=True)
    calendar = fields.Nested(DatesSchema, required=True)


def blueprint() -> Blueprint:
    """The calendar of a unit: set, show."""
    blp = Blueprint("calendars", __name__, description="When units work")

    @blp.put("/v1/units/<unit>/calendar")
    @allow(*STAFF_ADMINISTRATORS)
    @command
    @blp.arguments(CalendarPlanSchema)
    @blp.response(200, CalendarSchema)
    def set_unit_calendar(plan: CalendarPlan, unit: str) -> Unit:
        """Give a unit a calendar of its own; If-Match holds the version of the unit."""
        found = tx().units.get(unit, seen_from=principal().unit)
        check_version(found.version)
        return shown(set_calendar(tx(), found, plan=plan))

    @blp.get("/v1/units/<unit>/calendar")
    @allow(*READERS)
    @query
    @blp.response(200, CalendarSchema)
    def get_unit_calendar(unit: str) -> Unit:
        """The calendar that the unit itself has; 404 where it works by that of its parent."""
        found = Units(session()).get(unit, seen_from=principal().unit)
        if found.plan is None:
            raise NotFound("The unit has no calendar of its own.")
        return shown(found)

    return blp
