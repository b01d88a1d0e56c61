"""The analysis of cases, over HTTP."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from complaint.adapters.case_analyses import CaseAnalyses
from complaint.adapters.tables import case_analyses as table
from complaint.api.access import NAMED, READERS, caller
from complaint.api.department_work import TaskSchema, list_schema, listed
from complaint.api.requests import LONG, text
from complaint.domain.case_analyses import AnalysisState, CaseAnalysis
from complaint.use_cases import case_analyses
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import page
from shared.web.schemas import AwareTime, RequestSchema, page_schema

blp = Blueprint("case_analyses", __name__, description="Cases analysed time and again")
ONE = "/v1/case-analyses/<uuid:analysis_id>"


class FinishAnalysisSchema(RequestSchema):
    """What the cases show, and what is done against their return (CP-05)."""

    findings = text(LONG, required=True)
    measures = text(LONG, required=True)


class CaseAnalysisSchema(TaskSchema):
    """One analysis; ``said`` is what the cases show."""

    from_on = fields.Date(required=True)
    until_on = fields.Date(required=True)
    opened_at = AwareTime(required=True)
    measures = fields.String(required=True, allow_none=True)
    done_by = fields.UUID(required=True, allow_none=True)
    done_at = AwareTime(required=True, allow_none=True)


class SortedCasesSchema(Schema):
    """How many cases of a kind there were, by what they are about, come from or whose topic."""

    kind = fields.String(required=True)
    sort = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True)


class AnalysedCasesSchema(Schema):
    """What was filed in the period of an analysis, in its unit and below (PT-21)."""

    cases = fields.List(fields.Nested(SortedCasesSchema), required=True)


@blp.get("/v1/case-analyses")
@allow(*READERS)
@query
@blp.arguments(list_schema("CaseAnalyses", AnalysisState), location="query")
@blp.response(200, page_schema(CaseAnalysisSchema))
def list_case_analyses(asked: dict[str, Any]) -> dict[str, Any]:
    """The analyses of the caller's unit and those below."""
    found = listed(CaseAnalyses(session()), asked)
    return page(found, key=(table.c.id,), args=asked, session=session())


@blp.get(ONE)
@allow(*READERS)
@query
@blp.response(200, CaseAnalysisSchema)
def get_case_analysis(analysis_id: UUID) -> CaseAnalysis:
    """One analysis."""
    return CaseAnalyses(session()).get(analysis_id, unit=principal().unit)


@blp.get(f"{ONE}/cases")
@allow(*READERS)
@query
@blp.response(200, AnalysedCasesSchema)
def count_analysed_cases(analysis_id: UUID) -> dict[str, Any]:
    """How many cases of each kind and sort an analysis is about, as they stand now."""
    known = CaseAnalyses(session())
    return {"cases": known.cases(known.get(analysis_id, unit=principal().unit))}


@blp.post(f"{ONE}/results")
@allow(*NAMED)
@command
@blp.arguments(FinishAnalysisSchema)
@blp.response(200, CaseAnalysisSchema)
def finish_case_analysis(asked: dict[str, Any], analysis_id: UUID) -> CaseAnalysis:
    """Write down what the cases show, and what is done about it."""
    return case_analyses.finish(tx(), analysis_id, by=caller(), **asked)
