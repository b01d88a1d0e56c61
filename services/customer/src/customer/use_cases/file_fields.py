"""What the packs ask of a customer's file, and how much of it is there."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from customer.adapters.mapping import Customer, CustomerFile
from customer.adapters.transaction import CustomerTransaction
from customer.domain.file_fields import ELSEWHERE, Completeness, FieldType, FileField, completeness
from customer.domain.file_operations import OperationRefused
from customer.domain.kinds import Kind
from customer.use_cases.file_numbers import number_file
from customer.use_cases.grading import held
from shared.policy import PolicyMissing
from shared.rules import Ruling


@dataclass(frozen=True)
class FileView:
    """A customer's file as it is now; ``file`` is None while nobody has opened it."""

    customer: Customer
    file: CustomerFile | None
    fields: list[Ruling[FileField]]
    values: dict[str, Any]
    completeness: Completeness


def asked_of(
    tx: CustomerTransaction, customer: Customer, *, unit: str | None = None
) -> list[Ruling[FileField]]:
    """The fields of a customer's file in the order of the packs of his unit, or ``unit`` (CF-01).

    Raises UnitUnknown, CalendarMissing.
    """
    unit = unit or customer.org_unit
    with tx.session.no_autoflush:  # One command is one version of the customer.
        return tx.policies.rulings(
            "file_fields",
            unit=unit,
            on=tx.today(unit),
            kind=customer.kind,
            grade=held(tx, customer, unit=unit),
        )


def view(tx: CustomerTransaction, customer: Customer) -> FileView:
    """The whole file. Raises as ``asked_of``."""
    fields = asked_of(tx, customer)
    values = _values(tx, customer, [one.value for one in fields])
    found = completeness([one.value for one in fields], values)
    return FileView(customer, tx.files.seen(customer.id), fields, values, found)


def missing(tx: CustomerTransaction, customer: Customer) -> tuple[str, ...]:
    """The required fields that are empty. Raises as ``asked_of``."""
    return view(tx, customer).completeness.missing


def missing_in(
    tx: CustomerTransaction, customer: Customer, *, form: str, unit: str
) -> tuple[str, ...]:
    """The required fields of a form that are empty, as the packs of ``unit`` ask for it (CF-28).

    Raises PolicyMissing for a form that no pack describes, and as ``asked_of``.
    """
    fields = [one.value for one in asked_of(tx, customer, unit=unit) if one.value.form == form]
    if not fields:
        raise PolicyMissing("No pack of the unit says what the form asks for.", form=form)
    return completeness(fields, _values(tx, customer, fields)).missing


def majors(tx: CustomerTransaction, customer: Customer) -> frozenset[str]:
    """The fields whose change is a major one (CF-07). Raises as ``asked_of``."""
    return frozenset(one.value.field for one in asked_of(tx, customer) if one.value.major)


def personal_of(tx: CustomerTransaction, customer: Customer) -> frozenset[str]:
    """The fields whose values are nobody's to read in passing (CF-08). Raises as ``asked_of``."""
    own = {one.value.field for one in asked_of(tx, customer) if one.value.personal}
    return frozenset(own | {"name"} if customer.kind is Kind.CONSUMER else own)


def permit(
    tx: CustomerTransaction, customer: Customer, operation: str, *, roles: Collection[str]
) -> None:
    """Raise OperationRefused unless the packs let one of ``roles`` do that with a file (CF-26).

    Where no pack says anything, the roles of the route decide alone.
    """
    unit = customer.org_unit
    for rule in tx.policies.rulings("file_operations", unit=unit, on=tx.today(unit)):
        if rule.value.operation == operation and not set(rule.value.roles) & set(roles):
            raise OperationRefused(
                f"Nobody of your roles may {operation} files here.",
                because=rule.because,
                allowed=list(rule.value.roles),
            )


def opened(tx: CustomerTransaction, customer: Customer, *, roles: Collection[str]) -> CustomerFile:
    """The file of a customer, locked and begun unless there is one. Raises as ``permit``."""
    file = tx.files.find(customer.id)
    permit(tx, customer, "create" if file is None else "change", roles=roles)
    file = file or tx.files.open(customer.id, now=tx.now, by=tx.origin.actor)
    number_file(tx, customer, file)
    return file


def _values(
    tx: CustomerTransaction, customer: Customer, fields: Collection[FileField]
) -> dict[str, Any]:
    stored = tx.file_values.of(customer.id)
    values: dict[str, Any] = {}
    for field in fields:
        if field.type in ELSEWHERE:
            value = _elsewhere(tx, customer, field)
        else:
            value = stored.get(field.field)
        if value is not None:
            values[field.field] = value
    return values


def _elsewhere(tx: CustomerTransaction, customer: Customer, field: FileField) -> Any:
    if field.type is FieldType.MASTER:
        return getattr(customer, field.field)
    reached = [one for one in tx.contacts.of(customer.id) if one.active]
    return sum(1 for one in reached if one.phone or one.email) or None
