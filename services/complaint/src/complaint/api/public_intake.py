"""What customers file themselves, without a token (PT-20)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from complaint.api.public_schemas import (
    FiledSchema,
    FilePubliclySchema,
    GiveFeedbackSchema,
    ReportProblemSchema,
    RequestPubliclySchema,
)
from complaint.api.tracking import seen
from complaint.domain.complaint import Complaint
from complaint.domain.feedback import Feedback
from complaint.domain.flow_cases import Arrival, FlowCase
from complaint.domain.intake import Details, Intake
from complaint.domain.problems import Problem
from complaint.domain.public_intake import CHANNEL
from complaint.domain.requests import ServiceRequest
from complaint.domain.staff import Filer
from complaint.domain.tracking import TrackedCase
from complaint.use_cases import feedback, problems, public_intake, requests
from shared.web.addresses import client_address
from shared.web.auth import ANYONE, allow
from shared.web.blueprint import Blueprint
from shared.web.commands import command, revealing, tx
from shared.web.idempotency import Guard
from shared.web.strangers import limited

blp = Blueprint("public_intake", __name__, description="What customers file themselves")


WHO = ("org_unit", "complainant", "about", "complainant_name", "complainant_phone")


@blp.post("/v1/public/complaints")
@allow(ANYONE)
@limited
@command
@blp.arguments(FilePubliclySchema)
@blp.response(201, FiledSchema)
@revealing
def file_public_complaint(asked: dict[str, Any]) -> dict[str, Any]:
    """Complain without a token. Sent again with its key it gets the same code and files nothing."""
    contact = asked.pop("contact")
    who = {name: asked.pop(name) for name in WHO if name in asked}
    intake = Intake(channel=CHANNEL, received_at=tx().now, **who)
    given = {"intake": intake, "details": Details(**asked), "contact": contact}
    act = partial(public_intake.complain, tx(), **given)
    return _filed(Complaint.kind, intake.org_unit, act)


@blp.post("/v1/public/problems")
@allow(ANYONE)
@limited
@command
@blp.arguments(ReportProblemSchema)
@blp.response(201, FiledSchema)
@revealing
def report_public_problem(asked: dict[str, Any]) -> dict[str, Any]:
    """Tell of a problem without a token; so it was found by the customer (PT-14)."""
    arrival = _arrival(asked.pop("org_unit"))
    given = {"arrival": arrival, "found_by_customer": True, **asked}
    return _flow(Problem.kind, problems.submit, given)


@blp.post("/v1/public/service-requests")
@allow(ANYONE)
@limited
@command
@blp.arguments(RequestPubliclySchema)
@blp.response(201, FiledSchema)
@revealing
def file_public_request(asked: dict[str, Any]) -> dict[str, Any]:
    """Ask for a service without a token."""
    arrival = _arrival(asked.pop("org_unit"))
    return _flow(ServiceRequest.kind, requests.file, {"arrival": arrival, **asked})


@blp.post("/v1/public/feedback")
@allow(ANYONE)
@limited
@command
@blp.arguments(GiveFeedbackSchema)
@blp.response(201, FiledSchema)
@revealing
def give_public_feedback(asked: dict[str, Any]) -> dict[str, Any]:
    """Say without a token what one thinks."""
    arrival = _arrival(asked.pop("org_unit"))
    return _flow(Feedback.kind, feedback.record, {"arrival": arrival, **asked})


def _arrival(unit: str) -> Arrival:
    return Arrival(org_unit=unit, channel=CHANNEL, received_at=tx().now)


def _flow(kind: str, use_case: Callable[..., FlowCase], given: dict[str, Any]) -> dict[str, Any]:
    def act(by: Filer) -> FlowCase:
        return use_case(tx(), by=by, **given)

    return _filed(kind, given["arrival"].org_unit, act)


def _filed(kind: str, unit: str, act: Callable[[Filer], TrackedCase]) -> dict[str, Any]:
    filed = public_intake.file(tx(), _sent(), kind=kind, unit=unit, act=act)
    return {"tracking_code": filed.tracking_code, **seen(tx().session, tx().policies, filed.case)}


def _sent() -> public_intake.Sent:
    """The running request."""
    guard = Guard.of_request()
    return public_intake.Sent(guard.key, guard.digest, client_address())
