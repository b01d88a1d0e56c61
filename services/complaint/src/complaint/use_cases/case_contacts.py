"""Keep whom to write to about a case, tell him what happens, and forget him in the end."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.case_contacts import CaseContact, NamedContact, describe, erased
from complaint.domain.case_news import news_of
from complaint.domain.cases import Case, CaseRef
from complaint.domain.events.case_contacts import CustomerCallNeeded, News
from shared.envelope import Event
from shared.org_units import calendar_of

FORGET = "case_contact.forget"
NO_ADDRESS = "no_address"  # The reason by which notify says that there is nowhere to write to.


def name_contact(tx: ComplaintTransaction, case: Case, contact: NamedContact | None) -> None:
    """Keep whom a case names, if anybody, and let notify know.

    Raises UnitUnknown, CalendarMissing.
    """
    if contact:
        tx.case_contacts.keep(CaseContact.of(case, contact))
    tx.tell([describe(case, contact, zone=calendar_of(tx.session, case.unit).timezone)])


def named_by(tx: ComplaintTransaction, case: Case) -> NamedContact | None:
    """Whom a case names, if anybody."""
    found = tx.case_contacts.find(case.id)
    return found.named if found else None


def tell_news(tx: ComplaintTransaction, case: Case, happened: Sequence[Event]) -> None:
    """Let notify write to the customer what of all that ``happened`` he is told; after the end of
    the case he is forgotten in time."""
    news = list(news_of(case, happened))
    tx.tell(news)
    if happened and case.closed:
        _await_end(tx, case)
    elif any(one.news is News.REOPENED for one in news):
        tx.cancel_timer(FORGET, case.ref.subject)


def forget_contact(tx: ComplaintTransaction, ref: CaseRef) -> None:
    """The time is up for which a closed case knows whom to write to (CF-10). Raises NotFound."""
    forget(tx, tx.cases.of_event(ref.id))


def forget(tx: ComplaintTransaction, case: Case) -> None:
    """Keep nothing of whom a case names, here and in notify."""
    tx.case_contacts.forget(case.id)
    tx.note(case.ref.subject, "contact_forgotten")
    tx.tell([erased(case)])


def note_unreached(
    tx: ComplaintTransaction, ref: CaseRef, *, message_id: UUID, message_kind: str, reason: str
) -> None:
    """The customer could not be told something by message: while the case is open its handler has
    to call him. Raises NotFound."""
    case = tx.cases.of_event(ref.id)
    tx.note(case.ref.subject, "customer_unreached", message=message_kind, reason=reason)
    if not case.closed:
        needed = CustomerCallNeeded(
            **case.told_of(),
            handler_id=case.handler_id,
            message_kind=message_kind,
            reason=reason,
            occasion=reason if reason == NO_ADDRESS else str(message_id),
        )
        tx.tell([needed])


def _await_end(tx: ComplaintTransaction, case: Case) -> None:
    today = tx.day_of(case.unit, tx.now)
    for rule in tx.policies.rulings("case_contacts", unit=case.unit, on=today)[:1]:
        due_at = tx.now + timedelta(days=rule.value.keep_days)
        tx.set_timer(FORGET, case.ref.subject, due_at)
