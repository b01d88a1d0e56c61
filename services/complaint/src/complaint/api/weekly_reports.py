"""The weekly report over HTTP: make it, and read it as data or as a page."""

from typing import Any

from flask import Response, request
from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf, Range

from complaint.adapters.mapping import WeeklyReport
from complaint.adapters.weekly_reports import WeeklyReports
from complaint.api.access import READERS, REPORTERS, caller
from complaint.api.report_pages import PAGES, Form, accepted, page_of
from complaint.domain.iso_weeks import IsoWeek
from complaint.domain.weekly_reports import Notable
from complaint.use_cases.weekly_reports import make_report
from shared.org_units import calendar_of
from shared.rules import NotFound
from shared.scope import may_see
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema
from shared.words import LANGUAGES

blp = Blueprint("weekly_reports", __name__, description="The weekly report on complaints")


class MakeReportSchema(RequestSchema):
    """Of which ISO week (``2026-W07``)."""

    week = fields.String(required=True, validate=Length(8, 8))


class ReportArgs(Schema):
    """Which revision, the last one by default, in which form and language. Without a form the one
    that is accepted is chosen, and data where none of them is."""

    revision = fields.Integer(load_default=None, validate=Range(min=1))
    format = fields.Enum(Form, by_value=True, load_default=None)
    language = fields.String(load_default=LANGUAGES[0], validate=OneOf(LANGUAGES))


class OpenComplaintSchema(Schema):
    """A complaint that was open at the end; when something was due next as the report was made."""

    complaint_id = fields.UUID(required=True)
    number = fields.String(required=True)
    level = fields.Integer(required=True)
    handler_id = fields.UUID(required=True)
    next_due_at = fields.String(required=True, allow_none=True)


class NotableComplaintSchema(Schema):
    """A complaint that is named for ``reasons``, the gravest first (F-14)."""

    complaint_id = fields.UUID(required=True)
    number = fields.String(required=True)
    level = fields.Integer(required=True)
    handler_id = fields.UUID(required=True)
    reasons = fields.List(fields.String(validate=OneOf(list(Notable))), required=True)


class WeeklyReportSchema(Schema):
    """One revision. Units, times and position say what it was made of; ``changes`` what differs
    from the revision before."""

    org_unit = fields.String(required=True)
    week = fields.Function(
        lambda report: str(IsoWeek(report.year, report.week)), metadata={"type": "string"}
    )
    revision = fields.Integer(required=True)
    units = fields.List(fields.String(), attribute="period.units", required=True)
    from_at = AwareTime(attribute="period.from_at", required=True)
    until_at = AwareTime(attribute="period.until_at", required=True)
    position = fields.Integer(attribute="period.position", required=True)
    figures = fields.Dict(required=True)
    open_list = fields.List(fields.Nested(OpenComplaintSchema), required=True)
    open_not_listed = fields.Integer(required=True)
    notable = fields.List(fields.Nested(NotableComplaintSchema), required=True)
    changes = fields.Dict(required=True)
    because = fields.Nested(BecauseSchema, required=True)
    made_at = AwareTime(required=True)
    made_by = fields.UUID(required=True, allow_none=True)


@blp.post("/v1/units/<unit>/weekly-reports")
@allow(*REPORTERS)
@command
@blp.arguments(MakeReportSchema)
@blp.response(200, WeeklyReportSchema)
def make_weekly_report(asked: dict[str, Any], unit: str) -> WeeklyReport:
    """Work the report of a week out; a revision with other numbers is a new one (CP-37)."""
    _check_seen(unit)
    return make_report(tx(), unit, IsoWeek.read(asked["week"]), by=caller().id)


@blp.get("/v1/units/<unit>/weekly-reports/<week>")
@allow(*READERS)
@query
@blp.arguments(ReportArgs, location="query")
@blp.response(200, WeeklyReportSchema)
@blp.doc(responses={"200": {"content": PAGES}})
def get_weekly_report(asked: dict[str, Any], unit: str, week: str) -> WeeklyReport | Response:
    """The report of a week (``2026-W07``), as data or as a page to read."""
    _check_seen(unit)
    report = WeeklyReports(session()).get(unit, IsoWeek.read(week), asked["revision"])
    form = asked["format"] or accepted(request.accept_mimetypes)
    if form is Form.JSON:
        return report
    zone = calendar_of(session(), unit).timezone
    return page_of(report, form, language=asked["language"], zone=zone)


def _check_seen(unit: str) -> None:
    """Raise NotFound for a unit that the caller does not see."""
    if not may_see(session(), principal_unit=principal().unit, unit=unit):
        raise NotFound("There is no such unit.")
