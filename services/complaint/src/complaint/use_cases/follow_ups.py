"""What follows for single cases when dispatch tells of units and persons.

Each follow-up stands for itself: one that a rule refuses undoes neither what was told nor the
others. It is tried again later, since what it lacks may only not have been told yet.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.cases import CaseRef
from shared.rules import RuleBroken

# How long to wait for what other events bring: the first wait, doubled each time up to the last.
FIRST_WAIT = timedelta(minutes=5)
LAST_WAIT = timedelta(days=1)
DOUBLINGS = 9  # As many as it takes from the first wait to the last.

FollowUp = Callable[[ComplaintTransaction, UUID], None]


def follow_up(
    tx: ComplaintTransaction,
    ref: CaseRef,
    act: FollowUp,
    *,
    timer: str,
    tries: int = 0,
    **data: Any,
) -> None:
    """Do ``act`` for the case; where a rule refuses it, note that and set ``timer``, which
    holds ``data``.

    ``tries`` says how often it was refused before, so that the timeline tells it once.
    """
    try:
        with tx.apart():
            act(tx, ref.id)
    except RuleBroken as broken:
        _later(tx, ref, broken, timer=timer, tries=tries, **data)
    else:
        tx.cancel_timer(timer, ref.subject)


def _later(
    tx: ComplaintTransaction,
    ref: CaseRef,
    broken: RuleBroken,
    *,
    timer: str,
    tries: int,
    **data: Any,
) -> None:
    if not tries:
        kind = timer.replace(".", "_") + "_refused"
        tx.note(ref.subject, kind, because=broken.because, code=broken.code)
    wait = min(FIRST_WAIT * 2 ** min(tries, DOUBLINGS), LAST_WAIT)
    tx.set_timer(timer, ref.subject, tx.now + wait, tries=tries + 1, **data)
