"""Put customers on blacklists: a department on its own, the company after a report (AD-13)."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from customer.adapters.mapping import BlacklistEntry, Customer
from customer.adapters.transaction import CustomerTransaction
from customer.domain.blacklist_rules import (
    AlreadyBlacklisted,
    NoAuthority,
    Officer,
    Scope,
    check_authority,
    check_grounds,
)
from customer.domain.blacklist_states import TRANSITIONS, Command
from customer.use_cases.blacklist_effects import bar, told_of
from customer.use_cases.customers import check_unit
from customer.use_cases.grading import held
from shared.ids import new_id
from shared.org_units import chain
from shared.rules import Because, Ruling

EXPIRY = "blacklist.expiry"


def list_for_department(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    unit: str | None,
    officer: Officer,
    **grounds: Any,
) -> BlacklistEntry:
    """Put a customer on the list of a department at or below the officer's unit (AD-14, AD-16).

    Raises NoAuthority, UnitUnknown, AlreadyBlacklisted, ReasonUnknown, PolicyMissing.
    """
    unit = unit or officer.unit
    check_unit(tx, unit, caller=officer)
    check_keeper(tx, Scope.DEPARTMENT, unit=unit, officer=officer)
    if len(chain(tx.session, unit)) == 1:
        raise NoAuthority("The list of the whole company is not that of a department.")
    entry = _new(tx, customer, Scope.DEPARTMENT, unit=unit, officer=officer, grounds=grounds)
    _enlist(tx, entry, customer, officer=officer)
    tx.blacklist.add(entry)
    bar(tx, entry, customer)
    return entry


def report_customer(
    tx: CustomerTransaction,
    customer: Customer,
    *,
    unit: str | None,
    officer: Officer,
    **grounds: Any,
) -> BlacklistEntry:
    """Report a customer for the list of the company; nobody is barred by it (AD-20).

    Raises UnitUnknown, AlreadyBlacklisted, ReasonUnknown, NotReportable, PolicyMissing.
    """
    unit = unit or officer.unit
    check_unit(tx, unit, caller=officer)
    entry = _new(tx, customer, Scope.COMPANY, unit=unit, officer=officer, grounds=grounds)
    tx.blacklist.add(entry)
    tx.emit(entry.reported(told_of(tx, entry)), because=entry.because)
    _keep(tx, entry, "reported", because=entry.because)
    return entry


def verify_report(
    tx: CustomerTransaction, entry: BlacklistEntry, *, findings: str, officer: Officer
) -> BlacklistEntry:
    """Keep what another person than the reporter found out (AD-20).

    Raises NoAuthority, SamePerson, WrongState.
    """
    check_keeper(tx, entry.scope, unit=entry.org_unit, officer=officer)
    entry.verify(by=officer.id, findings=findings, now=tx.now)
    _keep(tx, entry, "verified")
    return entry


def list_for_company(
    tx: CustomerTransaction, entry: BlacklistEntry, *, officer: Officer
) -> BlacklistEntry:
    """Bar a customer, who was reported and verified, from the whole company (AD-16, AD-21).

    Raises NoAuthority, WrongState.
    """
    check_keeper(tx, entry.scope, unit=entry.org_unit, officer=officer)
    customer = tx.customers.known(entry.customer_id)
    _enlist(tx, entry, customer, officer=officer)
    bar(tx, entry, customer)
    return entry


def dismiss_report(
    tx: CustomerTransaction, entry: BlacklistEntry, *, reason: str, officer: Officer
) -> BlacklistEntry:
    """Drop a report (AD-20). Raises NoAuthority, WrongState."""
    check_keeper(tx, entry.scope, unit=entry.org_unit, officer=officer)
    entry.dismiss(reason)
    _keep(tx, entry, "dismissed")
    return entry


def shorten_validity(
    tx: CustomerTransaction,
    entry: BlacklistEntry,
    *,
    valid_until: date,
    reason: str,
    officer: Officer,
) -> BlacklistEntry:
    """Let the validity of an entry end earlier, for a reason (AD-17).

    Raises NoAuthority, ValidityNotShorter, WrongState.
    """
    check_keeper(tx, entry.scope, unit=entry.org_unit, officer=officer)
    event = entry.shorten(
        valid_until,
        reason=reason,
        today=tx.today(entry.org_unit),
        number=tx.customers.known(entry.customer_id).number,
        told=told_of(tx, entry),
    )
    tx.emit(event, because=entry.because)
    _await_expiry(tx, entry)
    _keep(tx, entry, "shortened", valid_until=valid_until)
    return entry


def expire_entry(tx: CustomerTransaction, *, entry_id: UUID) -> None:
    """Tell that the validity of an entry has ended; the customer stays barred (AD-18)."""
    entry = tx.blacklist.known(entry_id)
    if Command.EXPIRE in TRANSITIONS[entry.state]:
        tx.emit(entry.expire(told_of(tx, entry)), because=entry.because)
        _keep(tx, entry, "expired", because=entry.because)


def check_keeper(tx: CustomerTransaction, scope: Scope, *, unit: str, officer: Officer) -> None:
    """Raise NoAuthority unless the officer keeps that list (AD-13, AD-14)."""
    check_authority(officer.roles, ruling(tx, "blacklist_authority", scope, unit=unit))


def ruling(tx: CustomerTransaction, section: str, scope: Scope, *, unit: str) -> Ruling[Any]:
    """What a section says today of that list in ``unit``. Raises UnitUnknown, PolicyMissing."""
    return tx.policies.ruling(section, unit=unit, on=tx.today(unit), scope=scope)


def _new(
    tx: CustomerTransaction,
    customer: Customer,
    scope: Scope,
    *,
    unit: str,
    officer: Officer,
    grounds: Mapping[str, Any],
) -> BlacklistEntry:
    tx.blacklist.hold(customer.id)
    if tx.blacklist.live(customer.id, scope=scope, unit=unit) is not None:
        raise AlreadyBlacklisted("The customer stands on that list, or is reported for it.")
    rule = ruling(tx, "blacklist_grounds", scope, unit=unit)
    check_grounds(grounds["reason_code"], held(tx, customer, unit=unit), rule)
    return BlacklistEntry(
        id=new_id(),
        customer_id=customer.id,
        scope=scope,
        org_unit=unit,
        reported_by=officer.id,
        reported_at=tx.now,
        because=rule.because,
        **grounds,
    )


def _enlist(
    tx: CustomerTransaction, entry: BlacklistEntry, customer: Customer, *, officer: Officer
) -> None:
    validity = ruling(tx, "blacklist_validity", entry.scope, unit=entry.org_unit)
    event = entry.enlist(
        by=officer.id,
        validity=validity,
        today=tx.today(entry.org_unit),
        now=tx.now,
        number=customer.number,
        told=told_of(tx, entry),
    )
    tx.emit(event, because=validity.because)
    _await_expiry(tx, entry)
    _keep(tx, entry, "listed", because=validity.because)


def _await_expiry(tx: CustomerTransaction, entry: BlacklistEntry) -> None:
    if entry.valid_until is None:
        return
    zone = tx.calendar(entry.org_unit).timezone
    midnight = datetime.combine(entry.valid_until, time.min, tzinfo=zone).astimezone(UTC)
    due_at = max(midnight, tx.now)
    tx.set_timer(EXPIRY, f"blacklist_entry/{entry.id}", due_at, entry_id=entry.id)


def _keep(
    tx: CustomerTransaction,
    entry: BlacklistEntry,
    what: str,
    *,
    because: Because | None = None,
    **detail: Any,
) -> None:
    """The audit log and the timeline of the entry say who did what; no reason in words."""
    subject = f"blacklist_entry/{entry.id}"
    tx.record(f"blacklist.{what}", subject, customer_id=entry.customer_id, **detail)
    tx.note(subject, f"blacklist_{what}", because=because, scope=entry.scope, **detail)
