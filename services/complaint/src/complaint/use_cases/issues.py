"""Open problem tickets for what customers raised (E-04)."""

from datetime import datetime
from uuid import UUID

from complaint.adapters.transaction import ComplaintTransaction
from complaint.domain.flow_cases import Arrival
from complaint.domain.issues import IssueNotTaken, IssueTicketRule, TicketOpen
from complaint.domain.problems import Problem
from complaint.domain.staff import Caller
from complaint.use_cases import problems
from shared.rules import Ruling


def open_ticket(
    tx: ComplaintTransaction,
    *,
    issue_id: UUID,
    customer_id: UUID,
    unit: str,
    occasion: str,
    text: str,
    raised_by: UUID,
    raised_at: datetime,
) -> Problem:
    """Open the one ticket of an issue where the unit's packs say so, as received when the issue was
    raised. Where they do not, whoever is responsible for the issue answers it all the same.

    Raises TicketOpen, IssueNotTaken; UnitUnknown, CalendarMissing and TierEmpty until units and
    staff are told.
    """
    if tx.cases.of_issue(issue_id):
        raise TicketOpen("A ticket was opened for this issue already.")
    rule = _rule(tx, unit=unit, occasion=occasion).value
    arrival = Arrival(
        org_unit=unit,
        channel=rule.channel,
        received_at=min(raised_at, tx.now),
        customer_id=customer_id,
    )
    return problems.submit(
        tx,
        by=Caller(raised_by, frozenset(), unit),
        arrival=arrival,
        matter=text,
        type=rule.type,
        source=rule.source,
        found_by_customer=rule.found_by_customer,
        issue_id=issue_id,
    )


def note_answer(tx: ComplaintTransaction, issue_id: UUID) -> None:
    """Let the timeline of the ticket say that the customer has an answer; the ticket goes on, since
    an answer alone solves nothing."""
    ticket = tx.cases.of_issue(issue_id)
    if ticket is not None:
        tx.note(ticket.ref.subject, "issue_answered", issue_id=issue_id)


def _rule(tx: ComplaintTransaction, *, unit: str, occasion: str) -> Ruling[IssueTicketRule]:
    day = tx.day_of(unit, tx.now)
    found = tx.policies.rulings("issue_tickets", unit=unit, on=day, occasion=occasion)
    if not found:
        raise IssueNotTaken(f"{unit} opens no ticket for what was raised by {occasion}.")
    return found[0]
