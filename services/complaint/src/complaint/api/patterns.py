"""What recurs, over HTTP."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields

from complaint.adapters.mapping import Pattern
from complaint.adapters.patterns import Patterns, recurring
from complaint.adapters.tables import patterns as table
from complaint.api.access import READERS
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import query, session
from shared.web.paging import PageArgs, page
from shared.web.schemas import AwareTime, BecauseSchema, page_schema

blp = Blueprint("patterns", __name__, description="What recurs")


class ListPatternsSchema(PageArgs):
    """Which of the visible patterns to list."""

    open = fields.Boolean()
    since = AwareTime()


class PatternSchema(Schema):
    """Cases alike; a product of null means that none was known."""

    id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    category = fields.String(required=True)
    product = fields.Function(lambda one: one.product or None, required=True)
    department = fields.String(required=True)
    cases = fields.Integer(required=True)
    first_at = AwareTime(required=True)
    last_at = AwareTime(required=True)
    detected_at = AwareTime(required=True)
    action_id = fields.UUID(required=True)
    because = fields.Nested(BecauseSchema, required=True)
    ended_at = AwareTime(required=True, allow_none=True)


@blp.get("/v1/patterns")
@allow(*READERS)
@query
@blp.arguments(ListPatternsSchema, location="query")
@blp.response(200, page_schema(PatternSchema))
def list_patterns(asked: dict[str, Any]) -> dict[str, Any]:
    """What recurs at the caller's unit and below, or is for a department there to end."""
    since, is_open = asked.get("since"), asked.get("open")
    found = recurring(principal().unit, since=since, is_open=is_open)
    return page(found, key=(table.c.id,), args=asked, session=session())


@blp.get("/v1/patterns/<uuid:pattern_id>")
@allow(*READERS)
@query
@blp.response(200, PatternSchema)
def get_pattern(pattern_id: UUID) -> Pattern:
    """One pattern."""
    return Patterns(session()).get(pattern_id, unit=principal().unit)
