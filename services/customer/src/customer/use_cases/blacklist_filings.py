"""Hand lists in to the marketing division, which gives receipts (AD-15)."""

from customer.adapters.mapping import BlacklistFiling
from customer.adapters.transaction import CustomerTransaction
from customer.domain.blacklist_rules import Officer, Scope
from customer.use_cases.blacklist import check_keeper
from customer.use_cases.customers import check_unit
from shared.ids import new_id
from shared.numbers import next_number


def file_list(
    tx: CustomerTransaction, *, scope: Scope, unit: str | None, officer: Officer
) -> BlacklistFiling:
    """Hand in the list as it stands now. Raises UnitUnknown, NoAuthority."""
    unit = unit or officer.unit
    check_unit(tx, unit, caller=officer)
    check_keeper(tx, scope, unit=unit, officer=officer)
    filing = BlacklistFiling(
        id=new_id(),
        scope=scope,
        org_unit=unit,
        entry_ids=tuple(tx.blacklist.on_list(scope, unit=unit)),
        filed_by=officer.id,
        filed_at=tx.now,
    )
    tx.blacklist_filings.add(filing)
    tx.record("blacklist.filed", f"blacklist_filing/{filing.id}", scope=scope)
    return filing


def receive_filing(
    tx: CustomerTransaction, filing: BlacklistFiling, *, officer: Officer
) -> BlacklistFiling:
    """Give the receipt; filings are received by whoever keeps the list of the company.

    Raises NoAuthority, ReceiptGiven.
    """
    check_keeper(tx, Scope.COMPANY, unit=filing.org_unit, officer=officer)
    number = next_number(tx.session, "blacklist_filing")
    filing.receive(f"BL-{number:06d}", by=officer.id, now=tx.now)
    tx.record("blacklist.filing_received", f"blacklist_filing/{filing.id}")
    return filing
