"""Keep who acknowledged the duty of secrecy, and ask for it (CF-08, CF-12)."""

from customer.adapters.mapping import SecrecyAcknowledgement
from customer.adapters.transaction import CustomerTransaction
from customer.domain.secrecy import SecrecyDuty, SecrecyNotAcknowledged, WordingOutdated
from customer.domain.staff import Caller
from shared.ids import new_id
from shared.rules import Ruling


def acknowledge_secrecy(
    tx: CustomerTransaction, *, wording: str, caller: Caller
) -> SecrecyAcknowledgement:
    """Sign the duty of secrecy of one's unit. Raises WordingOutdated, PolicyMissing."""
    today = tx.today(caller.unit)
    ruling: Ruling[SecrecyDuty] = tx.policies.ruling("secrecy", unit=caller.unit, on=today)
    if wording != ruling.value.wording:
        raise WordingOutdated(
            "Another wording is to be signed.",
            because=ruling.because,
            errors={"wording": [f"Is {ruling.value.wording} now."]},
        )
    signed = SecrecyAcknowledgement(
        id=new_id(),
        person_id=caller.id,
        unit=caller.unit,
        wording=wording,
        signed_on=today,
        signed_at=tx.now,
    )
    tx.secrecy.add(signed)
    tx.record("secrecy.acknowledged", f"person/{caller.id}", wording=wording)
    return signed


def demand_secrecy(tx: CustomerTransaction, *, caller: Caller) -> None:
    """Raise SecrecyNotAcknowledged where the regulations of the caller's unit ask for a signature
    and he has given none that still counts."""
    today = tx.today(caller.unit)
    for ruling in tx.policies.rulings("secrecy", unit=caller.unit, on=today):
        signed = tx.secrecy.latest(caller.id, ruling.value.wording)
        if signed is None or not signed.holds(ruling.value, on=today):
            raise SecrecyNotAcknowledged(
                "Sign the duty of secrecy first.",
                because=ruling.because,
                wording=ruling.value.wording,
            )
