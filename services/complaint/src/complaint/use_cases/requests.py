"""Service requests: one function a command (PT-27)."""

from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.flow_cases import Arrival
from complaint.domain.flows import Stage
from complaint.domain.progress import ProgressContact
from complaint.domain.requests import ServiceRequest
from complaint.domain.satisfaction import Method
from complaint.domain.staff import Caller
from complaint.use_cases import flows
from shared.ids import new_id


def file(tx: ComplaintTransaction, *, by: Caller, arrival: Arrival, matter: str) -> ServiceRequest:
    """Take a service request in; it goes to suitable staff by itself (PT-27).

    Raises UnitUnknown, ReceivedInFuture, PolicyMissing, TierEmpty.
    """
    flows.check_arrival(tx, arrival, by=by)
    unit, kind = arrival.org_unit, ServiceRequest.kind
    first = flows.responsible(tx, kind=kind, unit=unit, stage=Stage.IMPLEMENTATION)
    request = ServiceRequest(
        id=new_id(),
        number=flows.number(tx, kind=kind, unit=unit),
        arrival=arrival,
        matter=matter,
        level=flows.LOWEST,
        handler_id=first.value,
        assigned_ids=frozenset({first.value}),
        filed_by=by.id,
        filed_at=tx.now,
    )
    flows.file(tx, request, first)
    return request


def start(tx: ComplaintTransaction, request_id: UUID, *, by: Caller) -> ServiceRequest:
    """Begin to work on it. Raises NotFound, NotOfThisTier, WrongState."""
    request = flows.taken(tx, ServiceRequest, request_id, by=by)
    told = request.start(now=tx.now)
    tx.note(request.ref.subject, "request_started")
    flows.go_on(tx, request, told)
    return request


def finish(
    tx: ComplaintTransaction, request_id: UUID, *, by: Caller, result: str
) -> ServiceRequest:
    """It is done. Raises NotFound, NotOfThisTier, WrongState, TierEmpty."""
    request = flows.taken(tx, ServiceRequest, request_id, by=by)
    told = request.finish(result, now=tx.now)
    tx.note(request.ref.subject, "request_finished")
    flows.go_on(tx, request, told)
    return request


def tell_result(
    tx: ComplaintTransaction, request_id: UUID, *, by: Caller, method: Method, content: str
) -> ServiceRequest:
    """The customer was told; that closes it. Raises NotFound, NotOfThisTier, WrongState."""
    request = flows.taken(tx, ServiceRequest, request_id, by=by)
    contact = ProgressContact(id=new_id(), by=by.id, at=tx.now, method=method, content=content)
    flows.go_on(tx, request, request.tell_result(contact))
    return request
