"""Suspect that a new customer is one who is known already, in whatever unit (CF-19)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from customer.adapters.mapping import Customer
from customer.adapters.transaction import CustomerTransaction
from customer.domain.duplicates import DuplicateSuspected, Holders, Mark, MarkKind
from customer.domain.kinds import Kind
from customer.domain.staff import Caller
from shared.rules import Because

MOST_NUMBERS = 5  # that one line of a report names.
MOST_CANDIDATES = 20


@dataclass(frozen=True)
class Suspicion:
    """Who has which marks in common with a new customer, and the clause by which they count."""

    of: Mapping[UUID, Sequence[MarkKind]]
    because: Because

    @property
    def first(self) -> MarkKind:
        """One of the marks, to name a column by."""
        return min(mark for marks in self.of.values() for mark in marks)


def suspect(
    tx: CustomerTransaction, marks: Sequence[Mark], holders: Holders, *, unit: str, kind: Kind
) -> Suspicion | None:
    """Who of ``holders`` may be the customer with those marks, by the packs of his unit.

    Raises UnitUnknown, CalendarMissing.
    """
    rulings = tx.policies.rulings("duplicates", unit=unit, on=tx.today(unit), kind=kind)
    found = holders.having(marks, [one.value for one in rulings])
    if not found:
        return None
    shared = {mark for kinds in found.values() for mark in kinds}
    return Suspicion(found, next(one.because for one in rulings if one.value.mark in shared))


def refuse(tx: CustomerTransaction, suspicion: Suspicion, *, caller: Caller) -> None:
    """Raise DuplicateSuspected: it names the first whom the caller sees, and tells whether
    there are others."""
    seen = _seen(tx, suspicion, caller)
    raise DuplicateSuspected(
        "A customer like that is known; give a duplicate_reason if it is another one.",
        because=suspicion.because,
        candidates=[
            {"customer_id": str(one.id), "number": one.number, "marks": list(suspicion.of[one.id])}
            for one in seen[:MOST_CANDIDATES]
        ],
        others=len(seen[:MOST_CANDIDATES]) < len(suspicion.of),
    )


def told(tx: CustomerTransaction, suspicion: Suspicion, *, caller: Caller) -> str:
    """What ``refuse`` says, in one sentence for the report of an import."""
    tx.session.flush()  # Rows of the same file are candidates as well.
    numbers = ", ".join(one.number for one in _seen(tx, suspicion, caller)[:MOST_NUMBERS])
    return f"May be a known customer: {numbers or 'one of another unit'}."


def accept(
    tx: CustomerTransaction, customer: Customer, suspicion: Suspicion, *, reason: str
) -> None:
    """Keep why a customer was entered although others have marks of his (CF-17)."""
    tx.file_changes.keep(
        customer.id,
        ["duplicates"],
        old={},
        new={},
        personal=(),
        reason=reason,
        now=tx.now,
        by=tx.origin.actor,
    )
    subject = f"customer/{customer.id}"
    tx.record("customer.duplicate_accepted", subject, reason=reason, like=list(suspicion.of))


def _seen(tx: CustomerTransaction, suspicion: Suspicion, caller: Caller) -> list[Customer]:
    seen = tx.customers.seen(suspicion.of, unit=caller.unit)
    return sorted(seen.values(), key=lambda one: one.number)
