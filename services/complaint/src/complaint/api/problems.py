"""Problem tickets over HTTP."""

from typing import Any
from uuid import UUID

from complaint.adapters.cases import Cases
from complaint.api.access import NAMED, READERS, caller
from complaint.api.answers import FieldWorkSchema
from complaint.api.flow_answers import ProblemTicketSchema, shown
from complaint.api.flow_requests import (
    CallCustomerBackSchema,
    CallInSchema,
    LogStepSchema,
    PlanSolutionSchema,
    RecordFindingsSchema,
    SubmitProblemSchema,
    TellOutcomeSchema,
    VerifyProblemSchema,
    arrival_of,
)
from complaint.api.requests import NothingSchema, RequestFieldWorkSchema, TellProgressSchema
from complaint.domain.field_work import Assignment, FieldWork
from complaint.domain.problems import Plan, Problem
from complaint.use_cases import field_work, problems
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs
from shared.web.timeline import TimelinePageSchema, timeline_page

blp = Blueprint("problems", __name__, description="Problem tickets")


@blp.post("/v1/problems")
@allow(*NAMED)
@command
@blp.arguments(SubmitProblemSchema)
@blp.response(201, ProblemTicketSchema)
def submit_problem(asked: dict[str, Any]) -> Problem:
    """Take a problem in; the answer says its priority, who answers for it and until when."""
    arrival = arrival_of(asked, now=tx().now)
    return shown(problems.submit(tx(), by=caller(), arrival=arrival, **asked))


@blp.get("/v1/problems/<uuid:problem_id>")
@allow(*READERS)
@query
@blp.response(200, ProblemTicketSchema)
def get_problem(problem_id: UUID) -> Problem:
    """One problem."""
    return shown(Cases(session()).get(Problem, problem_id, unit=principal().unit))


@blp.get("/v1/problems/<uuid:problem_id>/timeline")
@allow(*READERS)
@query
@blp.arguments(PageArgs, location="query")
@blp.response(200, TimelinePageSchema)
def get_problem_timeline(asked: dict[str, Any], problem_id: UUID) -> dict[str, Any]:
    """Everything that happened to a problem, oldest first."""
    problem = Cases(session()).get(Problem, problem_id, unit=principal().unit)
    return timeline_page(session(), problem.ref.subject, asked)


@blp.post("/v1/problems/<uuid:problem_id>/registrations")
@allow(*NAMED)
@command
@blp.arguments(NothingSchema)
@blp.response(200, ProblemTicketSchema)
def register_problem(_asked: dict[str, Any], problem_id: UUID) -> Problem:
    """Confirm and register it."""
    return shown(problems.register(tx(), problem_id, by=caller()))


@blp.post("/v1/problems/<uuid:problem_id>/verifications")
@allow(*NAMED)
@command
@blp.arguments(VerifyProblemSchema)
@blp.response(200, ProblemTicketSchema)
def verify_problem(asked: dict[str, Any], problem_id: UUID) -> Problem:
    """Say which departments it touches and who looks into it."""
    return shown(problems.verify(tx(), problem_id, by=caller(), **asked))


@blp.post("/v1/problems/<uuid:problem_id>/findings")
@allow(*NAMED)
@command
@blp.arguments(RecordFindingsSchema)
@blp.response(200, ProblemTicketSchema)
def record_problem_findings(asked: dict[str, Any], problem_id: UUID) -> Problem:
    """Write down what the investigation found."""
    return shown(problems.record_findings(tx(), problem_id, by=caller(), **asked))


@blp.post("/v1/problems/<uuid:problem_id>/plans")
@allow(*NAMED)
@command
@blp.arguments(PlanSolutionSchema)
@blp.response(200, ProblemTicketSchema)
def plan_solution(plan: Plan, problem_id: UUID) -> Problem:
    """Decide how to solve it."""
    return shown(problems.plan_solution(tx(), problem_id, by=caller(), plan=plan))


@blp.post("/v1/problems/<uuid:problem_id>/field-work-requests")
@allow(*NAMED)
@command
@blp.arguments(RequestFieldWorkSchema)
@blp.response(201, FieldWorkSchema)
def request_problem_field_work(assignment: Assignment, problem_id: UUID) -> FieldWork:
    """Ask dispatch for warranty or maintenance at the customer's."""
    by = caller()
    return field_work.request_for_problem(tx(), problem_id, by=by, assignment=assignment)


@blp.post("/v1/problems/<uuid:problem_id>/handling-steps")
@allow(*NAMED)
@command
@blp.arguments(LogStepSchema)
@blp.response(200, ProblemTicketSchema)
def log_handling_step(asked: dict[str, Any], problem_id: UUID) -> Problem:
    """Write down something that was done about it."""
    return shown(problems.log_step(tx(), problem_id, by=caller(), **asked))


@blp.post("/v1/problems/<uuid:problem_id>/solutions")
@allow(*NAMED)
@command
@blp.arguments(TellOutcomeSchema)
@blp.response(200, ProblemTicketSchema)
def solve_problem(asked: dict[str, Any], problem_id: UUID) -> Problem:
    """It is solved; the return visit comes next."""
    return shown(problems.track(tx(), problem_id, by=caller(), **asked))


@blp.post("/v1/problems/<uuid:problem_id>/return-visits")
@allow(*NAMED)
@command
@blp.arguments(CallCustomerBackSchema)
@blp.response(200, ProblemTicketSchema)
def call_problem_back(asked: dict[str, Any], problem_id: UUID) -> Problem:
    """The customer was asked whether he is satisfied; if not, the work goes on."""
    return shown(problems.call_back(tx(), problem_id, by=caller(), **asked))


@blp.post("/v1/problems/<uuid:problem_id>/closings")
@allow(*NAMED)
@command
@blp.arguments(NothingSchema)
@blp.response(200, ProblemTicketSchema)
def close_problem(_asked: dict[str, Any], problem_id: UUID) -> Problem:
    """Nothing is left to do."""
    return shown(problems.close(tx(), problem_id, by=caller()))


@blp.post("/v1/problems/<uuid:problem_id>/progress-contacts")
@allow(*NAMED)
@command
@blp.arguments(TellProgressSchema)
@blp.response(200, ProblemTicketSchema)
def tell_problem_progress(asked: dict[str, Any], problem_id: UUID) -> Problem:
    """The customer was told how far his problem is."""
    return shown(problems.tell_progress(tx(), problem_id, by=caller(), **asked))


@blp.post("/v1/problems/<uuid:problem_id>/participants")
@allow(*NAMED)
@command
@blp.arguments(CallInSchema)
@blp.response(200, ProblemTicketSchema)
def call_in_participant(asked: dict[str, Any], problem_id: UUID) -> Problem:
    """Let somebody else work on it as well."""
    return shown(problems.call_in(tx(), problem_id, by=caller(), **asked))
