"""Flagged phrases over HTTP."""

from typing import Any

from marshmallow import Schema, fields

from complaint.adapters.phrase_flags import listed
from complaint.adapters.tables import phrase_flags as table
from complaint.api.access import PENALTY_READERS
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import query, session
from shared.web.paging import PageArgs, page
from shared.web.schemas import AwareTime, BecauseSchema, page_schema

blp = Blueprint("phrase_flags", __name__, description="What nobody may say to a customer, said")


class ListFlagsSchema(PageArgs):
    """Whose flags to list; everybody's, where nobody is named."""

    person_id = fields.UUID()


class FlagSchema(Schema):
    """A banned phrase in a record of what a customer was told; the record says it in full."""

    id = fields.UUID(required=True)
    org_unit = fields.String(required=True)
    about = fields.String(required=True)
    text = fields.String(required=True)
    person_id = fields.UUID(required=True)
    phrase = fields.String(required=True)
    because = fields.Nested(BecauseSchema, required=True)
    flagged_at = AwareTime(required=True)


@blp.get("/v1/phrase-flags")
@allow(*PENALTY_READERS)
@query
@blp.arguments(ListFlagsSchema, location="query")
@blp.response(200, page_schema(FlagSchema))
def list_phrase_flags(asked: dict[str, Any]) -> dict[str, Any]:
    """The flags of the caller's unit and those below."""
    found = listed(unit=principal().unit, person_id=asked.get("person_id"))
    return page(found, key=(table.c.id,), args=asked, session=session())
