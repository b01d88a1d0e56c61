"""Penalties and reports, as those tell of them who make them."""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields, post_load

from notify.consumers.readings.reading import Reading

NOTHING = "–"  # What a rate is where nothing was counted.


class PenaltyReading(Reading):
    """What the events of a penalty say that matters here."""

    penalty_id = fields.UUID(required=True)
    about = fields.String(required=True)
    org_unit = fields.String(required=True)
    person_id = fields.UUID(required=True)
    code = fields.String(required=True)


class PenaltyProposedSchema(PenaltyReading):
    """``complaint.penalty_proposed.v1``."""

    occurred_on = fields.Date(required=True)


class PenaltyPostedSchema(PenaltyReading):
    """``complaint.penalty_posted.v1`` and ``dispatch.penalty_posted.v1``."""

    amount = fields.String(required=True)
    month = fields.String(required=True)


class KeyFiguresSchema(Reading):
    """The key numbers of a weekly report."""

    received = fields.Integer(required=True)
    closed = fields.Integer(required=True)
    open = fields.Integer(required=True)
    breaches = fields.Integer(required=True)
    escalations = fields.Integer(required=True)


class RatesSchema(Reading):
    """Timeliness and solution from 0 to 1, satisfaction from 0 to 100; None of nothing."""

    timeliness = fields.Float(required=True, allow_none=True)
    solution = fields.Float(required=True, allow_none=True)
    satisfaction = fields.Float(required=True, allow_none=True)


class WeeklyReportSchema(Reading):
    """``complaint.weekly_report_generated.v1``; its numbers are words of the message."""

    org_unit = fields.String(required=True)
    week = fields.String(required=True)
    revision = fields.Integer(required=True)
    told_ids = fields.List(fields.UUID(), required=True)
    figures = fields.Nested(KeyFiguresSchema, required=True)
    rates = fields.Nested(RatesSchema, required=True)

    @post_load
    def _worded(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        rates = data.pop("rates")
        shown = {name: _percent(rates[name]) for name in ("timeliness", "solution")}
        satisfaction = rates["satisfaction"]
        shown["satisfaction"] = NOTHING if satisfaction is None else f"{satisfaction:.1f}"
        return {**data.pop("figures"), **data, **shown}


def _percent(rate: float | None) -> str:
    return NOTHING if rate is None else f"{rate:.1%}"


NOTABLE: Mapping[str, type[Reading]] = {
    "complaint.penalty_proposed.v1": PenaltyProposedSchema,
    "complaint.penalty_posted.v1": PenaltyPostedSchema,
    "dispatch.penalty_posted.v1": PenaltyPostedSchema,
    "complaint.weekly_report_generated.v1": WeeklyReportSchema,
}
