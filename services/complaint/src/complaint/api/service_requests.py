"""Service requests over HTTP."""

from typing import Any
from uuid import UUID

from complaint.adapters.cases import Cases
from complaint.api.access import NAMED, READERS, caller
from complaint.api.flow_answers import ServiceRequestSchema, shown
from complaint.api.flow_requests import ArrivalSchema, TellOutcomeSchema, arrival_of
from complaint.api.requests import NothingSchema, TellProgressSchema
from complaint.domain.requests import ServiceRequest
from complaint.use_cases import requests
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx

blp = Blueprint("service_requests", __name__, description="Service requests")


@blp.post("/v1/service-requests")
@allow(*NAMED)
@command
@blp.arguments(ArrivalSchema)
@blp.response(201, ServiceRequestSchema)
def file_service_request(asked: dict[str, Any]) -> ServiceRequest:
    """Take a service request in; it goes to suitable staff by itself."""
    arrival = arrival_of(asked, now=tx().now)
    return shown(requests.file(tx(), by=caller(), arrival=arrival, **asked))


@blp.get("/v1/service-requests/<uuid:request_id>")
@allow(*READERS)
@query
@blp.response(200, ServiceRequestSchema)
def get_service_request(request_id: UUID) -> ServiceRequest:
    """One service request."""
    return shown(Cases(session()).get(ServiceRequest, request_id, unit=principal().unit))


@blp.post("/v1/service-requests/<uuid:request_id>/starts")
@allow(*NAMED)
@command
@blp.arguments(NothingSchema)
@blp.response(200, ServiceRequestSchema)
def start_service_request(_asked: dict[str, Any], request_id: UUID) -> ServiceRequest:
    """Begin to work on it."""
    return shown(requests.start(tx(), request_id, by=caller()))


@blp.post("/v1/service-requests/<uuid:request_id>/results")
@allow(*NAMED)
@command
@blp.arguments(TellOutcomeSchema)
@blp.response(200, ServiceRequestSchema)
def finish_service_request(asked: dict[str, Any], request_id: UUID) -> ServiceRequest:
    """What was asked for is done."""
    return shown(requests.finish(tx(), request_id, by=caller(), **asked))


@blp.post("/v1/service-requests/<uuid:request_id>/answers")
@allow(*NAMED)
@command
@blp.arguments(TellProgressSchema)
@blp.response(200, ServiceRequestSchema)
def answer_service_request(asked: dict[str, Any], request_id: UUID) -> ServiceRequest:
    """The customer was told what was done."""
    return shown(requests.tell_result(tx(), request_id, by=caller(), **asked))
