"""Cases that belong together, and cases that turn out to be of another kind, over HTTP (K-22)."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import OneOf

from complaint.adapters.cases import Cases
from complaint.adapters.links import Links
from complaint.adapters.tables import case_links
from complaint.api.access import NAMED, READERS, caller
from complaint.api.flow_answers import CaseSummarySchema
from complaint.api.flow_requests import ProblemFactsSchema
from complaint.api.requests import LONG, ComplaintFactsSchema, text
from complaint.domain.cases import CaseRef
from complaint.domain.complaint import Complaint
from complaint.domain.links import SAID, CaseLink, Relation
from complaint.domain.problems import Problem
from complaint.domain.requests import ServiceRequest
from complaint.use_cases import conversions, links
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import AwareTime, RequestSchema, page_schema

# The kinds that a case may become, and where a request holds what each has to know.
FACTS = {Complaint.kind: "complaint", Problem.kind: "problem", ServiceRequest.kind: None}

blp = Blueprint("links", __name__, description="Cases that belong together")


class LinkCaseSchema(RequestSchema):
    """To which case of any kind this one stands, and how."""

    relation = fields.Enum(
        Relation, by_value=True, required=True, validate=OneOf(SAID, error="Not to be said.")
    )
    case_id = fields.UUID(required=True)


class CaseNameSchema(Schema):
    """By what people know a case."""

    kind = fields.String(required=True)
    id = fields.UUID(required=True)
    number = fields.String(required=True)


class CaseLinkSchema(Schema):
    """``source`` is in ``relation`` to ``target``."""

    id = fields.UUID(required=True)
    relation = fields.String(required=True)
    source = fields.Nested(CaseNameSchema, required=True)
    target = fields.Nested(CaseNameSchema, required=True)
    linked_by = fields.UUID(required=True)
    linked_at = AwareTime(required=True)


class ConvertCaseSchema(RequestSchema):
    """What a case turned out to be, why, and what such a case has to know besides: in
    ``complaint`` or ``problem``; a request has nothing more to know."""

    to = fields.String(required=True, validate=OneOf(list(FACTS)))
    reason = text(LONG, required=True)
    complaint = fields.Nested(ComplaintFactsSchema)
    problem = fields.Nested(ProblemFactsSchema)

    @validates_schema
    def _fits(self, data: dict[str, Any], **_: Any) -> None:
        wanted = FACTS[data["to"]] if "to" in data else None
        for name in ("complaint", "problem"):
            if (name in data) != (name == wanted):
                raise ValidationError("Missing or not asked for.", name)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        facts = data.get(FACTS[data["to"]] or "", {})
        return {"to": data["to"], "reason": data["reason"], "facts": facts}


class ConversionSchema(Schema):
    """The case that ended, and the one that goes on."""

    converted = fields.Nested(CaseSummarySchema, required=True)
    case = fields.Nested(CaseSummarySchema, required=True)


@blp.post("/v1/cases/<kind>/<uuid:case_id>/links")
@allow(*NAMED)
@command
@blp.arguments(LinkCaseSchema)
@blp.response(201, CaseLinkSchema)
def link_case(asked: dict[str, Any], kind: str, case_id: UUID) -> CaseLink:
    """Say how a case stands to another one."""
    other_id = asked.pop("case_id")
    return links.link(tx(), CaseRef(kind, case_id), by=caller(), case_id=other_id, **asked)


@blp.get("/v1/cases/<kind>/<uuid:case_id>/links")
@allow(*READERS)
@query
@blp.arguments(PageArgs, location="query")
@blp.response(200, page_schema(CaseLinkSchema))
def list_case_links(asked: dict[str, Any], kind: str, case_id: UUID) -> dict[str, Any]:
    """The cases to which this one stands, and those that stand to it, that the caller sees."""
    found = Cases(session()).shown(CaseRef(kind, case_id), unit=principal().unit)
    seen = Links(session()).of_case(found.id, unit=principal().unit)
    return page(seen, key=(case_links.c.id,), args=asked, session=session())


@blp.post("/v1/cases/<kind>/<uuid:case_id>/conversions")
@allow(*NAMED)
@command
@blp.arguments(ConvertCaseSchema)
@blp.response(201, ConversionSchema)
def convert_case(asked: dict[str, Any], kind: str, case_id: UUID) -> conversions.Conversion:
    """It turned out to be a case of another kind, as which it goes on."""
    return conversions.convert(tx(), CaseRef(kind, case_id), by=caller(), **asked)
