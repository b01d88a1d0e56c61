"""What shows that a complaint was handled as ISO 10002 asks, over HTTP."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields
from sqlalchemy import select

from complaint.adapters.complaints import Complaints
from complaint.api.access import READERS
from complaint.domain.conformance import KINDS, findings
from shared.tables import journal
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import query, session
from shared.web.schemas import AwareTime

blp = Blueprint("conformance", __name__, description="Complaints held against ISO 10002")


class EvidenceSchema(Schema):
    """An event or a note of the timeline: when it came first, and how often."""

    kind = fields.String(required=True)
    at = AwareTime(required=True)
    times = fields.Integer(required=True)


class FindingSchema(Schema):
    """One point of the standard. ``status``: evidenced, by_design or missing."""

    code = fields.String(required=True)
    clause = fields.String(required=True)
    status = fields.String(required=True)
    by_design = fields.String(required=True, allow_none=True)
    evidence = fields.List(fields.Nested(EvidenceSchema), required=True)


class ConformanceSchema(Schema):
    """Every point of the standard."""

    standard = fields.String(required=True)
    points = fields.List(fields.Nested(FindingSchema), required=True)


@blp.get("/v1/complaints/<uuid:complaint_id>/conformance")
@allow(*READERS)
@query
@blp.response(200, ConformanceSchema)
def get_conformance(complaint_id: UUID) -> dict[str, Any]:
    """What the timeline of a complaint shows of each point of ISO 10002."""
    Complaints(session()).get(complaint_id, unit=principal().unit)
    entries = (
        select(journal.c.kind, journal.c.at)
        .where(journal.c.subject == f"complaint/{complaint_id}", journal.c.kind.in_(KINDS))
        .order_by(journal.c.position)
    )
    found = findings(session().execute(entries))
    return {"standard": "ISO 10002:2004", "points": found}
