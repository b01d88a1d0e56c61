"""Identify interested parties, record them in the configuration database, archive them (CF-41)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from customer.adapters.mapping import InterestedParty
from customer.adapters.transaction import CustomerTransaction
from customer.adapters.visits import person_of
from customer.domain.interested_parties import PartyKind, PartyUnfit
from customer.domain.staff import Caller
from customer.use_cases.customers import check_unit
from shared.ids import new_id
from shared.rules import Ruling


def identify_party(
    tx: CustomerTransaction,
    *,
    org_unit: str,
    kind: str,
    customer_id: UUID | None,
    caller: Caller,
    **fields: Any,
) -> InterestedParty:
    """Enter who has an interest in a service of a unit.

    Raises UnitUnknown, PartyUnfit, and NotFound for a customer whom the caller does not see.
    """
    check_unit(tx, org_unit, caller=caller)
    rule = _rule(tx, org_unit, kind)
    rule.value.check(customer_id, rule.because)
    if customer_id is not None:
        tx.customers.get(customer_id, unit=caller.unit)
    party = InterestedParty(
        id=new_id(),
        org_unit=org_unit,
        kind=kind,
        customer_id=customer_id,
        identified_by=person_of(caller),
        identified_at=tx.now,
        **fields,
    )
    tx.interested_parties.add(party)
    _keep(tx, party, "identified")
    return party


def change_party(
    tx: CustomerTransaction, party: InterestedParty, fresh: Mapping[str, str | None]
) -> InterestedParty:
    """Change what is known of a party; it is recorded and archived anew."""
    changed = party.change(fresh)
    if changed:
        tx.emit(party.told())
        _keep(tx, party, "changed", fields=changed)
    return party


def record_party(
    tx: CustomerTransaction, party: InterestedParty, *, configuration_item: str, caller: Caller
) -> InterestedParty:
    """Say under which id the configuration database holds a party. Raises WrongState."""
    party.record(configuration_item, by=person_of(caller), now=tx.now)
    tx.emit(party.told())
    _keep(tx, party, "recorded", configuration_item=configuration_item)
    return party


def archive_party(
    tx: CustomerTransaction, party: InterestedParty, *, archive_reference: str, caller: Caller
) -> InterestedParty:
    """Say where the office system keeps a recorded party. Raises WrongState."""
    party.archive(archive_reference, by=person_of(caller), now=tx.now)
    _keep(tx, party, "archived", archive_reference=archive_reference)
    return party


def _rule(tx: CustomerTransaction, unit: str, kind: str) -> Ruling[PartyKind]:
    rules = tx.policies.rulings("interested_parties", unit=unit, on=tx.today(unit))
    for rule in rules:
        if rule.value.kind == kind:
            return rule
    known = ", ".join(rule.value.kind for rule in rules) or "none"
    said = f"The packs of the unit know: {known}."
    raise PartyUnfit("There is no such kind of party.", errors={"kind": [said]})


def _keep(tx: CustomerTransaction, party: InterestedParty, what: str, **detail: Any) -> None:
    subject = f"interested_party/{party.id}"
    tx.record(f"interested_party.{what}", subject, **detail)
    tx.note(subject, f"interested_party_{what}", **detail)
