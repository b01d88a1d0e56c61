"""A case turns out to be one of another kind (K-22, PT-32)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.cases import Case, CaseRef
from complaint.domain.complaint import Complaint
from complaint.domain.conversions import convertible
from complaint.domain.flow_cases import FlowCase
from complaint.domain.intake import Details, Intake
from complaint.domain.links import Relation
from complaint.domain.problems import Problem
from complaint.domain.requests import ServiceRequest
from complaint.domain.staff import Caller
from complaint.use_cases import filing, flows, links, problems, requests, shipment_holds
from complaint.use_cases.case_contacts import named_by
from complaint.use_cases.clocks import settle, tell_missed


@dataclass(frozen=True)
class Conversion:
    """The case that ended, and the one that goes on in its place."""

    converted: FlowCase
    case: Case


def convert(
    tx: ComplaintTransaction,
    ref: CaseRef,
    *,
    by: Caller,
    to: str,
    reason: str,
    facts: Mapping[str, Any],
) -> Conversion:
    """Close a case as converted, and take it in as a case of the kind ``to``, in the same unit and
    as received at the same time, so that its clocks take nothing from the customer. Whom it names
    to be written to goes along.

    ``facts`` are what that kind has to know besides. Raises NotFound, NotConvertible,
    NotOfThisTier, WrongState, HoldStands, and what taking such a case in raises.
    """
    case = convertible(tx.cases.taken(ref, unit=by.unit), to)
    tell_missed(tx, case)
    flows.check_member(tx, case, by=by)
    case.check("convert")
    if isinstance(case, Problem):
        shipment_holds.check_ended(tx, case)
    made = TAKES_IN[to](tx, case, by, {**facts, "contact": named_by(tx, case)})
    told = case.convert(by.id, to_kind=made.kind, to_id=made.id, now=tx.now)
    settle(tx, case, told)
    tx.record("case.converted", case.ref.subject, to=made.ref.subject, reason=reason)
    tx.attachments.follow(case.id, to=made.id)
    tx.trackings.follow(case.id, to=made.id)
    links.join(tx, made, case, relation=Relation.CONVERTED_FROM, by=by.id)
    return Conversion(case, made)


def _complaint(
    tx: ComplaintTransaction, case: FlowCase, by: Caller, facts: Mapping[str, Any]
) -> Complaint:
    told = dict(facts)
    own = {name: told.pop(name) for name in ("level", "level_reason", "contact")}
    details = Details(**{"reason": case.matter, **told.pop("details")})
    came = case.arrival
    intake = Intake(
        org_unit=came.org_unit,
        channel=came.channel,
        received_at=came.received_at,
        customer_id=came.customer_id,
        **told,
    )
    return filing.file_complaint(tx, by=by, intake=intake, details=details, **own)


def _problem(
    tx: ComplaintTransaction, case: FlowCase, by: Caller, facts: Mapping[str, Any]
) -> Problem:
    return problems.submit(tx, by=by, arrival=case.arrival, matter=case.matter, **facts)


def _request(
    tx: ComplaintTransaction, case: FlowCase, by: Caller, facts: Mapping[str, Any]
) -> ServiceRequest:
    return requests.file(tx, by=by, arrival=case.arrival, matter=case.matter, **facts)


TakesIn = Callable[[ComplaintTransaction, FlowCase, Caller, Mapping[str, Any]], Case]
TAKES_IN: Mapping[str, TakesIn] = {
    Complaint.kind: _complaint,
    Problem.kind: _problem,
    ServiceRequest.kind: _request,
}
