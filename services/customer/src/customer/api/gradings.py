"""Grades over HTTP: propose, approve, reject; what holds and how it came about."""

from typing import Any
from uuid import UUID

from customer.adapters.customers import Customers
from customer.adapters.gradings import Gradings
from customer.adapters.mapping import Grading
from customer.adapters.tables import grade_history, gradings
from customer.api.grade_schemas import GradesSchema, is_customer
from customer.api.grading_access import GRADE_APPROVERS, GRADE_READERS, GRADERS
from customer.api.grading_schemas import (
    GradeHistorySchema,
    GradingArgs,
    GradingSchema,
    NothingSchema,
    ProposeGradeSchema,
    RejectGradeSchema,
)
from customer.api.versions import shown
from customer.use_cases.gradings import approve_grade, propose_grade, reject_grade
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema


def blueprint() -> Blueprint:
    """How customers come by the grades that people give."""
    blp = Blueprint("gradings", __name__, description="Gradings of customers")
    _commands(blp)
    _queries(blp)
    _lists(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post("/v1/customers/<uuid:customer_id>/gradings")
    @allow(*GRADERS)
    @command
    @blp.arguments(ProposeGradeSchema)
    @blp.response(201, GradingSchema)
    def propose(asked: dict[str, Any], customer_id: UUID) -> Grading:
        """Propose a grade; it holds once all roles of the scheme agree."""
        customer = tx().customers.get(customer_id, unit=principal().unit)
        return shown(propose_grade(tx(), customer, **asked, caller=principal()))

    @blp.post("/v1/gradings/<uuid:grading_id>/approvals")
    @allow(*GRADE_APPROVERS)
    @command
    @blp.arguments(NothingSchema)
    @blp.response(200, GradingSchema)
    def approve(_asked: dict[str, Any], grading_id: UUID) -> Grading:
        """Agree to a proposed grade."""
        grading = tx().gradings.get(grading_id, unit=principal().unit, deciding=True)
        return shown(approve_grade(tx(), grading, caller=principal()))

    @blp.post("/v1/gradings/<uuid:grading_id>/rejections")
    @allow(*GRADE_APPROVERS)
    @command
    @blp.arguments(RejectGradeSchema)
    @blp.response(200, GradingSchema)
    def reject(asked: dict[str, Any], grading_id: UUID) -> Grading:
        """Decide against a proposed grade."""
        grading = tx().gradings.get(grading_id, unit=principal().unit, deciding=True)
        return shown(reject_grade(tx(), grading, **asked, caller=principal()))


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/gradings/<uuid:grading_id>")
    @allow(*GRADE_READERS)
    @query
    @blp.response(200, GradingSchema)
    def get_grading(grading_id: UUID) -> Grading:
        """One grading."""
        return shown(
            Gradings(session()).get(grading_id, unit=principal().unit, open_only=is_customer())
        )

    @blp.get("/v1/customers/<uuid:customer_id>/grades")
    @allow(*GRADE_READERS)
    @query
    @blp.response(200, GradesSchema)
    def get_grades(customer_id: UUID) -> Any:
        """The grades that a customer holds, in each unit that gave one."""
        return Customers(session()).get(customer_id, unit=principal().unit)


def _lists(blp: Blueprint) -> None:
    @blp.get("/v1/gradings")
    @allow(*GRADE_READERS)
    @query
    @blp.arguments(GradingArgs, location="query")
    @blp.response(200, page_schema(GradingSchema))
    def list_gradings(args: dict[str, Any]) -> dict[str, Any]:
        """The gradings of the caller's units, the oldest first."""
        asked = {name: args[name] for name in ("customer_id", "scheme", "state")}
        seen = Gradings(session()).listed(unit=principal().unit, open_only=is_customer(), **asked)
        key = [gradings.c.proposed_at, gradings.c.id]
        return page(seen, key=key, args=args, session=session())

    @blp.get("/v1/customers/<uuid:customer_id>/grade-history")
    @allow(*GRADE_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(GradeHistorySchema))
    def list_grade_history(args: dict[str, Any], customer_id: UUID) -> dict[str, Any]:
        """Every grade that the caller's units gave a customer, the oldest first."""
        customer = Customers(session()).get(customer_id, unit=principal().unit)
        seen = Gradings(session()).history(
            customer.id, unit=principal().unit, open_only=is_customer()
        )
        key = [grade_history.c.decided_at, grade_history.c.id]
        return page(seen, key=key, args=args, session=session())
