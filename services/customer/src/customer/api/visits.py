"""Visits over HTTP: list, show, appoint, complete, timeline."""

from typing import Any
from uuid import UUID

from customer.adapters.mapping import Visit
from customer.adapters.tables import visits
from customer.adapters.visits import Visits
from customer.api.access import VISIT_READERS, VISITORS
from customer.api.versions import shown
from customer.api.visit_schemas import (
    AppointVisitSchema,
    CompleteVisitSchema,
    Order,
    VisitArgs,
    VisitSchema,
)
from customer.use_cases.visits import appoint_visit, complete_visit
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema
from shared.web.timeline import TimelinePageSchema, timeline_page

ORDERS = {
    Order.DUE: (visits.c.due_on, visits.c.priority, visits.c.id),
    Order.PRIORITY: (visits.c.priority, visits.c.due_on, visits.c.id),
}


def blueprint() -> Blueprint:
    """The visits that are planned and those that were made."""
    blp = Blueprint("visits", __name__, description="Visits to customers")
    _commands(blp)
    _queries(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post("/v1/visits/<uuid:visit_id>/completions")
    @allow(*VISITORS)
    @command
    @blp.arguments(CompleteVisitSchema)
    @blp.response(200, VisitSchema)
    def complete(asked: dict[str, Any], visit_id: UUID) -> Visit:
        """Report on a visit that was made; the next one is planned from its day."""
        visit = tx().visits.get(visit_id, caller=principal())
        return shown(complete_visit(tx(), visit, **asked, caller=principal()))

    @blp.post("/v1/visits/<uuid:visit_id>/appointments")
    @allow(*VISITORS)
    @command
    @blp.arguments(AppointVisitSchema)
    @blp.response(200, VisitSchema)
    def appoint(asked: dict[str, Any], visit_id: UUID) -> Visit:
        """Choose the day of a visit, no later than it is due."""
        visit = tx().visits.get(visit_id, caller=principal())
        return shown(appoint_visit(tx(), visit, **asked))


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/visits")
    @allow(*VISIT_READERS)
    @query
    @blp.arguments(VisitArgs, location="query")
    @blp.response(200, page_schema(VisitSchema))
    def list_visits(args: dict[str, Any]) -> dict[str, Any]:
        """The visits of the caller's units and those that he is to make, in the order wanted."""
        seen = Visits(session()).listed(
            caller=principal(),
            mine=args["visitor"] is not None,
            customer_id=args["customer_id"],
            state=args["state"],
            due_until=args["due_until"],
        )
        return page(seen, key=ORDERS[args["order"]], args=args, session=session())

    @blp.get("/v1/visits/<uuid:visit_id>")
    @allow(*VISIT_READERS)
    @query
    @blp.response(200, VisitSchema)
    def get_visit(visit_id: UUID) -> Visit:
        """One visit."""
        return shown(Visits(session()).get(visit_id, caller=principal()))

    @blp.get("/v1/visits/<uuid:visit_id>/timeline")
    @allow(*VISIT_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, TimelinePageSchema)
    def get_visit_timeline(args: dict[str, Any], visit_id: UUID) -> dict[str, Any]:
        """All that happened to a visit."""
        visit = Visits(session()).get(visit_id, caller=principal())
        return timeline_page(session(), f"visit/{visit.id}", args)
