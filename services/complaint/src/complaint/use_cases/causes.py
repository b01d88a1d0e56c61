"""Refuse causes that the packs do not name (RP-13)."""

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.causes import CauseUnknown


def check_cause(tx: ComplaintTransaction, code: str | None, *, unit: str) -> None:
    """Raises CauseUnknown for a code that the packs of the unit do not name."""
    if code is None:
        return
    rules = tx.policies.rulings("causes", unit=unit, on=tx.day_of(unit, tx.now))
    codes = rules[0].value.codes if rules else ()
    if code not in codes:
        because = rules[0].because if rules else None
        raise CauseUnknown("There is no such cause.", because=because, causes=list(codes))
