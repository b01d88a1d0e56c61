"""Write newsletters, have them allowed, and send them to those who asked for them (CM-02).

An issue goes out ``MOST`` contacts in a transaction, which keeps behind whom it goes on: the death
of the worker costs the last few at most, who are neither lost nor written to twice.
"""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from notify.adapters.transaction import NotifyTransaction
from notify.domain.contacts import Contact
from notify.domain.events import NewsletterMoved
from notify.domain.message_states import Why
from notify.domain.messages import Intent, Purpose
from notify.domain.newsletter_states import IssueCommand, IssueState
from notify.domain.newsletters import (
    Audience,
    Newsletter,
    NewsletterRule,
    SendsTooEarly,
    Text,
    TopicUnknown,
    months_later,
)
from notify.domain.staff import Officer
from notify.domain.templates import Wording, check_phrases
from notify.use_cases.notices import tell_own
from notify.use_cases.planning import note, plan
from shared.ids import new_id
from shared.rules import Ruling

ISSUE_TIMER = "care.newsletter"
DUE_TIMER = "care.newsletter_due"
DUE_AGAIN = "due_again"  # The state that is told when the next issue is due.
ONCE = "once"
MOST = 200  # Contacts in one transaction.


def write_issue(
    tx: NotifyTransaction,
    *,
    unit: str,
    topic: str,
    audience: Audience,
    texts: Mapping[str, Text],
    send_at: datetime,
    caller: Officer,
) -> Newsletter:
    """Write an issue, which goes out at ``send_at`` if it is allowed by then. Raises TopicUnknown,
    SendsTooEarly, PhraseBanned, UnitUnknown."""
    ruling = _ruling(tx, unit, topic)
    if send_at < tx.now:
        raise SendsTooEarly("An issue goes out in the future.", because=ruling.because)
    for said in texts.values():
        check_phrases(Wording(title=said.headline, body=said.text), tx.banned(unit))
    issue = Newsletter(
        id=new_id(),
        topic=topic,
        org_unit=unit,
        audience=audience,
        texts=texts,
        send_at=send_at,
        approvers=ruling.value.approvers,
        because=ruling.because,
        editor_id=caller.id,
        created_at=tx.now,
    )
    event = issue.opened()
    tx.newsletters.add(issue)
    tx.set_timer(ISSUE_TIMER, issue.key, send_at)
    _told(tx, issue, event)
    return issue


def decide_issue(
    tx: NotifyTransaction,
    issue: Newsletter,
    command: IssueCommand,
    *,
    caller: Officer,
    reason: str | None = None,
) -> Newsletter:
    """Allow or decline an issue. Raises WrongState, NoSayOnIssue, OwnIssue."""
    event = issue.decide(command, by=caller.id, roles=caller.roles, reason=reason, now=tx.now)
    if issue.state is IssueState.DECLINED:
        tx.cancel_timer(ISSUE_TIMER, issue.key)
    _told(tx, issue, event)
    return issue


def withdraw_issue(tx: NotifyTransaction, issue: Newsletter, *, reason: str) -> Newsletter:
    """Send no more of an issue; what waits for its channel is cancelled. Raises WrongState."""
    event = issue.move(IssueCommand.WITHDRAW)
    issue.reason = reason
    tx.cancel_timer(ISSUE_TIMER, issue.key)
    for message in tx.messages.waiting_about(issue.key, reasons=[issue.topic]):
        message.cancel(Why.OVERTAKEN, tx.now)
        note(tx, message)
    _told(tx, issue, event)
    return issue


def go_out(tx: NotifyTransaction, *, issue_id: UUID, behind: UUID | None) -> None:
    """The time of an issue has come, or the next of its readers are due. Raises UnitUnknown."""
    issue = tx.newsletters.locked(issue_id)
    if issue.state is IssueState.PROPOSED:
        _told(tx, issue, issue.move(IssueCommand.LAPSE))
        return
    if issue.state is IssueState.APPROVED:
        _told(tx, issue, issue.move(IssueCommand.START))
    ruling = _ruling(tx, issue.org_unit, issue.topic)
    readers = tx.newsletters.readers(issue.org_unit, behind=behind, most=MOST)
    consenting = tx.promotion_consents.among([one.id for one in readers], issue.topic)
    for contact in readers:
        wanted = contact.id in consenting or ruling.value.purpose is not Purpose.PROMOTION
        if wanted and issue.audience.holds(tx.audience_facts(contact)):
            plan(tx, _intent(tx, issue, contact, ruling.value))
    if len(readers) == MOST:
        tx.set_timer(ISSUE_TIMER, issue.key, tx.now, behind=readers[-1].id)
        return
    _told(tx, issue, issue.move(IssueCommand.FINISH))
    due_at = months_later(issue.send_at, ruling.value.interval_months)
    tx.set_timer(DUE_TIMER, issue.key, due_at)


def remind(tx: NotifyTransaction, *, issue_id: UUID) -> None:
    """The next issue is due; who wrote the last one is told, unless there is one (CM-02)."""
    issue = tx.newsletters.locked(issue_id)
    if not tx.newsletters.followed(issue):
        tell_own(tx, NewsletterMoved.type, {**_data(tx, issue.told()), "state": DUE_AGAIN})


def _intent(
    tx: NotifyTransaction, issue: Newsletter, contact: Contact, rule: NewsletterRule
) -> Intent:
    return Intent(
        reason=issue.topic,
        subject=issue.key,
        occurrence=ONCE,
        person_id=contact.id,
        org_unit=contact.org_unit or issue.org_unit,
        template=rule.template,
        urgency=rule.urgency,
        route=rule.channels,
        words=asdict(issue.in_language(contact.language)),
        because=issue.because,
        expires_at=tx.now + timedelta(hours=rule.valid_hours),
        customer_id=contact.customer_id,
        purpose=rule.purpose,
    )


def _ruling(tx: NotifyTransaction, unit: str, topic: str) -> Ruling[NewsletterRule]:
    found = tx.newsletter(topic, unit=unit)
    if found is None:
        raise TopicUnknown("No pack of the unit knows newsletters about that.", topic=topic)
    return found


def _told(tx: NotifyTransaction, issue: Newsletter, event: NewsletterMoved) -> None:
    """Tell the world, and those of the staff whom the packs name."""
    data = _data(tx, event, approvers=issue.approvers)
    tx.emit(replace(event, approver_ids=data["approver_ids"]), because=issue.because)
    tell_own(tx, event.type, data)


def _data(
    tx: NotifyTransaction, event: NewsletterMoved, *, approvers: tuple[str, ...] = ()
) -> dict[str, Any]:
    nearest = tuple(tx.staff.nearest(approvers, unit=event.org_unit))
    return {**asdict(event), "approver_ids": nearest}
