"""What staff records as told to a customer is held against the banned phrases (SC-23, K-24).

What was said cannot be unsaid, so nothing is refused: the record stays, and supervisors hear of it.
"""

from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.call_backs import CallBack
from complaint.domain.cases import Case
from complaint.domain.phrase_flags import PhraseFlag, RecordedText, offences
from complaint.use_cases.chain import superiors
from shared.ids import new_id


def check_wording(
    tx: ComplaintTransaction,
    said: str,
    *,
    about: Case | CallBack,
    text: RecordedText,
    by: UUID,
) -> None:
    """Flag each banned phrase of ``said``, which ``by`` told the customer, to his superior, or else
    to the nearest of the roles that the packs name. Raises UnitUnknown, CalendarMissing.
    """
    unit, case_id = _place(about)
    today = tx.day_of(unit, tx.now)
    excusable = tx.call_backs.was_promised(case_id, by=by)
    banned = tx.policies.rulings("phrases", unit=unit, on=today)
    rules = tx.policies.rulings("phrase_flags", unit=unit, on=today)
    roles = {role for rule in rules for role in rule.value.supervisors}
    for found in offences(said, banned, excusable=excusable):
        flag = PhraseFlag(
            id=new_id(),
            org_unit=unit,
            about=about.ref.subject,
            text=text,
            person_id=by,
            phrase=found.value.phrase,
            because=found.because,
            flagged_at=tx.now,
        )
        tx.session.add(flag)
        tx.tell([flag.flagged(superiors(tx, by, roles=roles, unit=unit))])
        tx.note(flag.about, "phrase_flagged", because=flag.because, flag_id=str(flag.id))


def _place(about: Case | CallBack) -> tuple[str, UUID | None]:
    """The unit whose packs hold, and the case, where there is one."""
    if isinstance(about, CallBack):
        return about.org_unit, about.case_id
    return about.unit, about.id
