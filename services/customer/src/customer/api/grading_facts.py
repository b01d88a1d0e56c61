"""What grades are decided by, over HTTP: declarations, breaches, scorecards."""

from typing import Any
from uuid import UUID

from customer.adapters.customers import Customers
from customer.adapters.grading_facts import GradingFacts, Scorecards
from customer.adapters.mapping import Scorecard
from customer.adapters.tables import scorecards
from customer.api.grading_access import FACT_RECORDERS, GRADE_READERS, SCORECARD_EDITORS
from customer.api.grading_schemas import (
    BreachSchema,
    DefineScorecardSchema,
    FactsSchema,
    RecordBreachSchema,
    RecordFactsSchema,
    ScorecardSchema,
)
from customer.api.units import check_seen
from customer.domain.grade_criteria import Breach, Facts
from customer.domain.scorecards import Band, Indicator
from customer.use_cases.grading_facts import define_scorecard, record_breach, record_facts
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema


def blueprint() -> Blueprint:
    """What grades are decided by."""
    blp = Blueprint("grading_facts", __name__, description="Facts and scorecards of grades")
    _facts(blp)
    _scorecards(blp)
    return blp


def _facts(blp: Blueprint) -> None:
    @blp.post("/v1/customers/<uuid:customer_id>/grading-facts")
    @allow(*FACT_RECORDERS)
    @command
    @blp.arguments(RecordFactsSchema)
    @blp.response(200, FactsSchema)
    def record_facts_of(asked: dict[str, Any], customer_id: UUID) -> Facts:
        """Declare what a customer is, for his grades."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        record_facts(tx(), customer, **{**asked, "declared": tuple(asked["declared"])})
        known: Facts = tx().grading_facts.of(customer.id)
        return known

    @blp.get("/v1/customers/<uuid:customer_id>/grading-facts")
    @allow(*GRADE_READERS)
    @query
    @blp.response(200, FactsSchema)
    def get_facts(customer_id: UUID) -> Facts:
        """What is declared of a customer, and how many breaches are on record."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        return GradingFacts(session()).of(customer.id)

    @blp.post("/v1/customers/<uuid:customer_id>/breaches")
    @allow(*FACT_RECORDERS)
    @command
    @blp.arguments(RecordBreachSchema)
    @blp.response(201, BreachSchema)
    def record_breach_of(asked: dict[str, Any], customer_id: UUID) -> Breach:
        """Record that a customer broke what was agreed."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        return record_breach(tx(), customer, **asked, caller=principal())


def _scorecards(blp: Blueprint) -> None:
    @blp.post("/v1/units/<unit>/scorecards")
    @allow(*SCORECARD_EDITORS)
    @command
    @blp.arguments(DefineScorecardSchema)
    @blp.response(201, ScorecardSchema)
    def define_card(asked: dict[str, Any], unit: str) -> Scorecard:
        """Give a unit a scorecard of its own, within what the company allows."""
        check_seen(unit)
        indicators = tuple(Indicator(**one) for one in asked.pop("indicators"))
        bands = tuple(Band(**one) for one in asked.pop("bands"))
        card = {**asked, "indicators": indicators, "bands": bands}
        return define_scorecard(tx(), unit=unit, caller=principal(), **card)

    @blp.get("/v1/units/<unit>/scorecards")
    @allow(*GRADE_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(ScorecardSchema))
    def list_scorecards(args: dict[str, Any], unit: str) -> dict[str, Any]:
        """The scorecards of a unit itself, the earliest effective first."""
        check_seen(unit)
        key = [scorecards.c.effective_from, scorecards.c.id]
        return page(Scorecards(session()).listed(unit), key=key, args=args, session=session())
