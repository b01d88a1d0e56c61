"""Change whom to write to about a case, or forget him."""

from uuid import UUID

from complaint.adapters.mapping import Case
from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.case_contacts import NamedContact
from complaint.domain.closing import check_open
from complaint.domain.complaint import Complaint
from complaint.domain.flow_cases import FlowCase
from complaint.domain.staff import Caller
from complaint.use_cases.case_contacts import forget, name_contact
from complaint.use_cases.chain import check_of_chain
from complaint.use_cases.flows import check_member


def change_contact(
    tx: ComplaintTransaction, case_id: UUID, *, by: Caller, contact: NamedContact
) -> NamedContact:
    """From now on somebody else, or another address, is written to (CP-24).

    Raises NotFound, NotOfThisTier, CaseClosed.
    """
    case = tx.cases.take(Case, case_id, unit=by.unit)
    _check(tx, case, by=by)
    check_open(case)
    case.touch()
    tx.note(case.ref.subject, "contact_changed")
    name_contact(tx, case, contact)
    return contact


def erase_contact(tx: ComplaintTransaction, case_id: UUID, *, by: Caller, reason: str) -> None:
    """Whom a case names wants to be forgotten, however far the case is; who did it and why goes
    into the audit log (CF-10).

    Raises NotFound, NotOfThisTier.
    """
    case = tx.cases.take(Case, case_id, unit=by.unit)
    _check(tx, case, by=by)
    case.touch()
    tx.record("case_contact.erased", case.ref.subject, reason=reason)
    forget(tx, case)


def _check(tx: ComplaintTransaction, case: Case, *, by: Caller) -> None:
    if isinstance(case, Complaint):
        check_of_chain(tx, case, by=by)
    elif isinstance(case, FlowCase):
        check_member(tx, case, by=by)
