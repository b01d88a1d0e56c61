"""Summaries of opinions over HTTP: open, delegate, analyse, request an action, list, show."""

from typing import Any
from uuid import UUID

from customer.adapters.mapping import OpinionSummary, Visit
from customer.adapters.opinions import Opinions
from customer.adapters.tables import opinion_summaries, visits
from customer.api.access import OPINION_ANALYSTS, OPINION_MANAGERS, OPINION_READERS
from customer.api.opinion_schemas import (
    AnalyseSummarySchema,
    DelegateSummarySchema,
    OpenSummarySchema,
    OpinionSchema,
    OpinionSummarySchema,
    RequestActionSchema,
    SummaryArgs,
)
from customer.api.units import check_seen
from customer.api.versions import shown
from customer.use_cases import opinions as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema

ONE = "/v1/opinion-summaries/<uuid:summary_id>"


def blueprint() -> Blueprint:
    """What customers said on visits, by unit and period."""
    blp = Blueprint("opinions", __name__, description="Opinions of customers")
    _begin(blp)
    _outcome(blp)
    _queries(blp)
    return blp


def _begin(blp: Blueprint) -> None:
    @blp.post("/v1/units/<unit>/opinion-summaries")
    @allow(*OPINION_MANAGERS)
    @command
    @blp.arguments(OpenSummarySchema)
    @blp.response(201, OpinionSummarySchema)
    def open_opinion_summary(asked: dict[str, Any], unit: str) -> OpinionSummary:
        """Collect the opinions of a unit in a period that is over (VS-36)."""
        check_seen(unit)
        return shown(use_cases.open_summary(tx(), unit=unit, **asked, caller=principal()))

    @blp.post(f"{ONE}/delegations")
    @allow(*OPINION_MANAGERS)
    @command
    @blp.arguments(DelegateSummarySchema)
    @blp.response(200, OpinionSummarySchema)
    def delegate_opinion_summary(asked: dict[str, Any], summary_id: UUID) -> OpinionSummary:
        """Name the person who analyses the opinions."""
        return shown(
            use_cases.delegate_summary(tx(), _one(summary_id), **asked, caller=principal())
        )


def _outcome(blp: Blueprint) -> None:
    @blp.post(f"{ONE}/analyses")
    @allow(*OPINION_ANALYSTS)
    @command
    @blp.arguments(AnalyseSummarySchema)
    @blp.response(200, OpinionSummarySchema)
    def analyse_opinions(asked: dict[str, Any], summary_id: UUID) -> OpinionSummary:
        """Write down what follows from the opinions."""
        return shown(use_cases.analyse_summary(tx(), _one(summary_id), **asked, caller=principal()))

    @blp.post(f"{ONE}/action-requests")
    @allow(*OPINION_ANALYSTS)
    @command
    @blp.arguments(RequestActionSchema)
    @blp.response(200, OpinionSummarySchema)
    def request_action(asked: dict[str, Any], summary_id: UUID) -> OpinionSummary:
        """Have a corrective or preventive action opened."""
        return shown(use_cases.request_action(tx(), _one(summary_id), **asked, caller=principal()))


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/opinion-summaries")
    @allow(*OPINION_READERS)
    @query
    @blp.arguments(SummaryArgs, location="query")
    @blp.response(200, page_schema(OpinionSummarySchema))
    def list_opinion_summaries(args: dict[str, Any]) -> dict[str, Any]:
        """The summaries of the caller's unit and of those below it, by unit and period."""
        seen = Opinions(session()).listed(unit=principal().unit, state=args["state"])
        key = [
            opinion_summaries.c.org_unit,
            opinion_summaries.c.period_from,
            opinion_summaries.c.id,
        ]
        return page(seen, key=key, args=args, session=session())

    @blp.get(ONE)
    @allow(*OPINION_READERS)
    @query
    @blp.response(200, OpinionSummarySchema)
    def get_opinion_summary(summary_id: UUID) -> OpinionSummary:
        """One summary."""
        return shown(Opinions(session()).get(summary_id, unit=principal().unit))

    @blp.get(f"{ONE}/opinions")
    @allow(*OPINION_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(OpinionSchema))
    def list_opinions(args: dict[str, Any], summary_id: UUID) -> dict[str, Any]:
        """What customers said, report by report."""
        known = Opinions(session())
        summary = known.get(summary_id, unit=principal().unit)
        key = [visits.c.reported_at, visits.c.id]
        found = page(known.reports(summary), key=key, args=args, session=session())
        return {**found, "items": [_said(summary, visit) for visit in found["items"]]}


def _one(summary_id: UUID) -> OpinionSummary:
    found: OpinionSummary = tx().opinions.get(summary_id, unit=principal().unit)
    return found


def _said(summary: OpinionSummary, visit: Visit) -> dict[str, Any]:
    told = visit.record.sections if visit.record else {}
    return {
        "visit_id": visit.id,
        "customer_id": visit.customer_id,
        "org_unit": visit.org_unit,
        "activity": visit.activity,
        "completed_on": visit.completed_on,
        "reported_at": visit.reported_at,
        "sections": {name: told[name] for name in summary.sections if name in told},
    }
