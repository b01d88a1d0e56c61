"""Stage reviews, entitlements and the reports on grades over HTTP."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields
from marshmallow.validate import Length, Range

from customer.adapters.customers import Customers
from customer.adapters.mapping import StageReview
from customer.adapters.memberships import Memberships
from customer.adapters.stage_reviews import StageReviews
from customer.adapters.tables import stage_reviews
from customer.api.entitlement_schemas import EntitlementsSchema
from customer.api.grade_schemas import is_customer
from customer.api.grading_access import (
    GRADE_READERS,
    REVIEW_FILERS,
    REVIEW_READERS,
    REVIEW_REPORTERS,
)
from customer.api.grading_schemas import MOST_INDICATORS, MOST_POINTS, NothingSchema, code, codes
from customer.api.readings import Looking, looking
from customer.api.texts import prose
from customer.api.versions import shown
from customer.domain.stage_review_states import State
from customer.use_cases.entitlements import entitled, service_schemes
from customer.use_cases.stage_reviews import file_review, report_review
from shared.policy import Rulebook
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import AwareTime, BecauseSchema, RequestSchema, page_schema


class ReportReviewSchema(RequestSchema):
    """The result of a review (F-11): points by item, the problems that were found, what follows."""

    proposed_grade = code(required=True)
    scores = fields.Dict(
        keys=code(),
        values=fields.Integer(strict=True, validate=Range(0, MOST_POINTS)),
        load_default=dict,
        validate=Length(max=MOST_INDICATORS),
    )
    problems = codes()
    consequence = prose(1000, load_default=None)


class StageReviewArgs(PageArgs):
    """Which reviews to list."""

    state = fields.Enum(State, by_value=True, load_default=None)


class StageReviewSchema(Schema):
    """The review of a graded customer at the end of a stage."""

    review_id = fields.UUID(required=True, attribute="id")
    customer_id = fields.UUID(required=True)
    unit = fields.String(required=True)
    scheme = fields.String(required=True)
    period_from = fields.Date(required=True)
    period_to = fields.Date(required=True)
    due_on = fields.Date(required=True)
    old_grade = fields.String(required=True)
    proposed_grade = fields.String(required=True, allow_none=True)
    form = fields.Dict(required=True)
    state = fields.Enum(State, by_value=True, required=True)
    reviewer = fields.String(required=True, allow_none=True)
    reported_at = AwareTime(required=True, allow_none=True)
    filed_by = fields.String(required=True, allow_none=True)
    filed_at = AwareTime(required=True, allow_none=True)
    because = fields.Nested(BecauseSchema, required=True)


class CountSchema(Schema):
    """How many customers or reviews of the caller's units are of one kind."""

    unit = fields.String()
    scheme = fields.String(required=True)
    product = fields.String()
    grade = fields.String()
    state = fields.String()
    count = fields.Integer(required=True)


class CountsSchema(Schema):
    """A report; ``customers`` are those who are entered in the caller's units."""

    customers = fields.Integer(required=True)
    items = fields.List(fields.Nested(CountSchema), required=True)


def blueprint(rulebook: Rulebook) -> Blueprint:
    """What follows from grades."""
    blp = Blueprint("stage_reviews", __name__, description="Stage reviews and entitlements")
    _commands(blp)
    _queries(blp, looking(rulebook))
    _reports(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post("/v1/stage-reviews/<uuid:review_id>/results")
    @allow(*REVIEW_REPORTERS)
    @command
    @blp.arguments(ReportReviewSchema)
    @blp.response(200, StageReviewSchema)
    def report_result(asked: dict[str, Any], review_id: UUID) -> StageReview:
        """Report the result of a review; problems ask for a lower grade."""
        review = tx().stage_reviews.get(review_id, unit=principal().unit)
        return shown(report_review(tx(), review, **asked, by=principal().id))

    @blp.post("/v1/stage-reviews/<uuid:review_id>/filings")
    @allow(*REVIEW_FILERS)
    @command
    @blp.arguments(NothingSchema)
    @blp.response(200, StageReviewSchema)
    def put_on_file(_asked: dict[str, Any], review_id: UUID) -> StageReview:
        """Put a reported review on file."""
        review = tx().stage_reviews.get(review_id, unit=principal().unit)
        return shown(file_review(tx(), review, by=principal().id))


def _queries(blp: Blueprint, look: Looking) -> None:
    @blp.get("/v1/stage-reviews")
    @allow(*REVIEW_READERS)
    @query
    @blp.arguments(StageReviewArgs, location="query")
    @blp.response(200, page_schema(StageReviewSchema))
    def list_stage_reviews(args: dict[str, Any]) -> dict[str, Any]:
        """The reviews of the caller's units, by due day."""
        seen = StageReviews(session()).listed(unit=principal().unit, state=args["state"])
        key = [stage_reviews.c.due_on, stage_reviews.c.id]
        return page(seen, key=key, args=args, session=session())

    @blp.get("/v1/customers/<uuid:customer_id>/entitlements")
    @allow(*GRADE_READERS)
    @query
    @blp.response(200, EntitlementsSchema)
    def get_entitlements(customer_id: UUID) -> dict[str, Any]:
        """What his grades entitle and oblige a customer to, what he is given, how he is served."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        reading = look()
        given = reading.benefits.granted(customer.id)
        return {
            "items": entitled(reading.policies, customer, on=reading.today),
            "benefits": [one for one in given if one.holds(reading.today(one.org_unit))],
            "service_schemes": service_schemes(reading, customer, open_only=is_customer()),
        }


def _reports(blp: Blueprint) -> None:
    @blp.get("/v1/reports/stage-reviews")
    @allow(*REVIEW_READERS)
    @query
    @blp.response(200, CountsSchema)
    def report_stage_reviews() -> dict[str, Any]:
        """How many reviews stand where, by unit and scheme (RP-05)."""
        rows = StageReviews(session()).counts(principal().unit)
        return _counted(("unit", "scheme", "state", "count"), rows)

    @blp.get("/v1/reports/grade-distribution")
    @allow(*REVIEW_READERS)
    @query
    @blp.response(200, CountsSchema)
    def report_grade_distribution() -> dict[str, Any]:
        """How many customers hold which grade, by product, and of how many (RP-06)."""
        rows = StageReviews(session()).distribution(principal().unit)
        return _counted(("scheme", "product", "grade", "count"), rows)


def _counted(names: tuple[str, ...], rows: list[Any]) -> dict[str, Any]:
    items = [dict(zip(names, row, strict=True)) for row in rows]
    return {"customers": Memberships(session()).entered_below(principal().unit), "items": items}
