"""The queue over all kinds of cases, over HTTP."""

from typing import Any

from complaint.adapters.cases import QUEUE, Cases
from complaint.api.access import READERS, caller
from complaint.api.flow_answers import CaseSummarySchema
from complaint.api.flow_requests import ListCasesSchema
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import query, session
from shared.web.paging import page
from shared.web.schemas import page_schema

blp = Blueprint("cases", __name__, description="Cases of every kind")


@blp.get("/v1/cases")
@allow(*READERS)
@query
@blp.arguments(ListCasesSchema, location="query")
@blp.response(200, page_schema(CaseSummarySchema))
def list_cases(asked: dict[str, Any]) -> dict[str, Any]:
    """The open cases of the caller's unit and below in the order in which they are attended to."""
    mine = caller().id if asked.pop("assigned_to", None) else None
    found = Cases(session()).open_to(unit=principal().unit, assigned_to=mine)
    return page(found, key=QUEUE, args=asked, session=session())
