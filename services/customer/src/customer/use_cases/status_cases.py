"""Handle what customers report of their registration (CF-34)."""

from collections.abc import Sequence
from uuid import UUID

from customer.adapters.mapping import Customer, StatusCase
from customer.adapters.transaction import CustomerTransaction
from customer.domain.status_cases import CaseCommand, CaseKind, CaseState
from customer.use_cases.admission import end_all, recheck_all
from customer.use_cases.change_notices import report_change
from customer.use_cases.file_fields import majors
from customer.use_cases.leaving import leave
from shared.ids import new_id


def report_status(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    kind: CaseKind,
    words: str,
    contact_id: UUID | None = None,
) -> StatusCase:
    """Open a case of what a customer reports in writing or on the portal (CF-34)."""
    case = StatusCase(
        id=new_id(),
        customer_id=customer.id,
        org_unit=customer.org_unit,
        kind=kind,
        words=words,
        contact_id=contact_id,
        reported_by=tx.origin.actor,
        reported_at=tx.now,
    )
    tx.status_cases.add(case)
    tx.emit(case.reported())
    tx.record("status_case.opened", f"customer/{customer.id}", case_id=case.id)
    return case


def decide_status(
    tx: CustomerTransaction,
    customer: Customer,
    case: StatusCase,
    *,
    command: CaseCommand,
    fields: Sequence[str] = (),
) -> StatusCase:
    """Accept or reject a case; what follows from it is done at once (CF-34).

    The documents that the packs name are verified anew, and admissions that rest on them expire. A
    changed registration has to be followed by the file (CF-07) in ``fields``, or in every major
    one; a cancelled one ends every standing and admission of the customer, and his visits.
    Raises WrongState, FieldNotMajor.
    """
    tx.emit(case.decide(command, by=tx.origin.actor, now=tx.now))
    tx.record(f"status_case.{case.state}", f"customer/{customer.id}", case_id=case.id)
    if case.state is CaseState.ACCEPTED:
        _doubt_documents(tx, customer, case.kind)
        if case.kind is CaseKind.CANCELLATION:
            _leave(tx, customer)
        else:
            _follow(tx, customer, case, fields)
    return case


def _doubt_documents(tx: CustomerTransaction, customer: Customer, kind: CaseKind) -> None:
    unit = customer.org_unit
    for rule in tx.policies.rulings("status_changes", unit=unit, on=tx.today(unit)):
        if rule.value.case is kind:
            for document_kind in rule.value.documents:
                for document in tx.documents.of(customer.id, document_kind):
                    document.doubt()
    tx.session.flush()


def _follow(
    tx: CustomerTransaction, customer: Customer, case: StatusCase, fields: Sequence[str]
) -> None:
    recheck_all(tx, customer)
    if followed := fields or sorted(majors(tx, customer)):
        report_change(tx, customer, fields=followed, known_at=case.reported_at)


def _leave(tx: CustomerTransaction, customer: Customer) -> None:
    end_all(tx, customer)
    left = tx.memberships.of(customer.id)
    leave(tx, customer, left, way="registration_cancelled", because=None)
