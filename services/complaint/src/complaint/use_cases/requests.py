"""Service requests: one function a command (PT-27)."""

from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.case_contacts import NamedContact
from complaint.domain.flow_cases import Arrival
from complaint.domain.phrase_flags import RecordedText
from complaint.domain.requests import ServiceRequest
from complaint.domain.satisfaction import Method
from complaint.domain.staff import Caller, Filer
from complaint.use_cases import flows
from complaint.use_cases.wording import check_wording


def file(
    tx: ComplaintTransaction,
    *,
    by: Filer,
    arrival: Arrival,
    matter: str,
    contact: NamedContact | None = None,
) -> ServiceRequest:
    """Take a service request in; it goes to suitable staff by itself (PT-27).

    Raises UnitUnknown, ReceivedInFuture, PolicyMissing, TierEmpty.
    """
    to = flows.received(tx, ServiceRequest, arrival, by=by)
    return flows.take_in(
        tx, ServiceRequest, by=by, to=to, arrival=arrival, matter=matter, contact=contact
    )


def start(tx: ComplaintTransaction, request_id: UUID, *, by: Caller) -> ServiceRequest:
    """Begin to work on it. Raises NotFound, NotOfThisTier, WrongState."""
    request = flows.taken(tx, ServiceRequest, request_id, by=by)
    return flows.go_on(tx, request, request.start(now=tx.now), done="started")


def finish(
    tx: ComplaintTransaction, request_id: UUID, *, by: Caller, result: str
) -> ServiceRequest:
    """It is done. Raises NotFound, NotOfThisTier, WrongState, TierEmpty."""
    request = flows.taken(tx, ServiceRequest, request_id, by=by)
    return flows.go_on(tx, request, request.finish(result, now=tx.now), done="finished")


def tell_result(
    tx: ComplaintTransaction, request_id: UUID, *, by: Caller, method: Method, content: str
) -> ServiceRequest:
    """The customer was told; that closes it. Raises NotFound, NotOfThisTier, WrongState."""
    request = flows.taken(tx, ServiceRequest, request_id, by=by)
    contact = flows.contact(tx, by, method=method, content=content)
    check_wording(tx, content, about=request, text=RecordedText.RESULT, by=by.id)
    return flows.go_on(tx, request, request.tell_result(contact))
