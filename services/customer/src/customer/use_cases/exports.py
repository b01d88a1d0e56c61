"""Let customers leave as a file: masked, or in full where a consent or the law allows it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from customer.adapters.exports import Exports
from customer.adapters.transaction import CustomerTransaction
from customer.domain.consents import ConsentMissing
from customer.domain.exports import (
    TOLD_IN_FULL,
    Export,
    ExportTooLarge,
    FullExportForbidden,
    most,
)
from customer.domain.staff import Caller
from customer.use_cases.consents import legal_because, register
from customer.use_cases.customers import check_unit
from customer.use_cases.secrecy import demand_secrecy


def open_masked(
    tx: CustomerTransaction, *, caller: Caller, unit: str | None, reason: str
) -> Export:
    """Allow a file without personal data, and keep who asked and why (S38).

    Raises UnitUnknown, ExportTooLarge.
    """
    export = Export(viewer=caller.unit, below=_unit(tx, unit, caller=caller), full=False)
    _keep(tx, export, reason=reason)
    return export


def open_full(
    tx: CustomerTransaction,
    *,
    caller: Caller,
    permitted: bool,
    unit: str | None,
    reason: str,
    recipient: str,
    purpose: str,
    consent_ids: Sequence[UUID],
    legal_basis: str | None,
) -> Export:
    """Allow a file with everything (CF-09): of those whose consents are named and hold, or, on a
    legal basis, of the whole unit. Every customer of a consent gets an entry in his register.

    Raises FullExportForbidden, SecrecyNotAcknowledged, ConsentMissing, UnitUnknown, ExportTooLarge.
    """
    if not permitted:
        raise FullExportForbidden("Your role takes out masked files alone.")
    demand_secrecy(tx, caller=caller)
    told = {"recipient": recipient, "purpose": purpose}
    below = _unit(tx, unit, caller=caller)
    if not consent_ids:
        because = legal_because(tx, legal_basis, unit=below)
        export = Export(viewer=caller.unit, below=below, full=True)
        _keep(tx, export, reason=reason, legal_basis=legal_basis, because=because)
        return export
    customer_ids = _consented(tx, consent_ids, below=below, caller=caller, told=told)
    export = Export(viewer=caller.unit, below=below, full=True, customer_ids=customer_ids)
    _keep(tx, export, reason=reason, consent_ids=list(consent_ids))
    return export


def _consented(
    tx: CustomerTransaction,
    consent_ids: Sequence[UUID],
    *,
    below: str,
    caller: Caller,
    told: dict[str, Any],
) -> tuple[UUID, ...]:
    found = tx.consents.of_ids(consent_ids)
    seen = tx.customers.seen(
        (consent.customer_id for consent in found), unit=caller.unit, below=below
    )
    if len(found) != len(set(consent_ids)) or any(one.customer_id not in seen for one in found):
        raise ConsentMissing("One of the consents is not that of a customer of this export.")
    for consent in found:
        customer = seen[consent.customer_id]
        consent.check(**told, items=TOLD_IN_FULL, on=tx.today(customer.org_unit))
        register(
            tx,
            customer,
            **told,
            items=TOLD_IN_FULL,
            consent_id=consent.id,
            legal_basis=None,
            because=None,
        )
    return tuple(sorted(seen))


def _keep(tx: CustomerTransaction, export: Export, *, reason: str, **basis: Any) -> None:
    limit = most(full=export.full)
    rows = Exports(tx.session).count(export, most=limit)
    if rows > limit:
        raise ExportTooLarge(f"One file holds {limit} customers; name a smaller unit.", most=limit)
    tx.record(
        "customers.exported",
        f"unit/{export.below}",
        full=export.full,
        customers=rows,
        reason=reason,
        **basis,
    )


def _unit(tx: CustomerTransaction, unit: str | None, *, caller: Caller) -> str:
    check_unit(tx, unit or caller.unit, caller=caller)
    return unit or caller.unit
