"""What the office for partners does alone: keep their forms, organise inspections (AD-29)."""

from customer.adapters.mapping import PartnerForm
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.partner_office import ArchiveNumberTaken, PartnerOffice, check_office
from customer.domain.staff import Officer
from shared.rules import Ruling


def demand_office(tx: CustomerTransaction, unit: str, *, officer: Officer) -> Ruling[PartnerOffice]:
    """What the packs say of the office. Raises NotTheOffice, PolicyMissing."""
    office: Ruling[PartnerOffice] = tx.policies.ruling(
        "partner_office", unit=unit, on=tx.today(unit)
    )
    check_office(officer.roles, office)
    return office


def archive_form(
    tx: CustomerTransaction, form: PartnerForm, *, archive_number: str, officer: Officer
) -> PartnerForm:
    """Put a form that was decided into the archive, under a number that no other has; that is done
    once.

    Raises NotTheOffice, ArchiveNumberTaken, FormArchived, WrongState, PolicyMissing.
    """
    office = demand_office(tx, form.unit, officer=officer)
    if tx.partners.is_taken(archive_number, form_id=form.id):
        raise ArchiveNumberTaken("Another form has that number.")
    told = form.archive(archive_number, by=person_of(officer), now=tx.now)
    tx.emit(told, because=office.because)
    tx.record("partner.form_archived", f"partner-form/{form.id}", archive_number=archive_number)
    tx.note(f"customer/{form.customer_id}", "partner_form_archived", form_id=form.id)
    return form
