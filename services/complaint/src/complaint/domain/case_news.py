"""What of all that happens to a case its customer is told (CP-24, E-14, E-17, E-18, PT-21, PT-26).

He is told what was said to him, and how far his case is. Levels, tiers, findings, causes, decisions
of meetings and whatever concerns the staff stay inside.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from complaint.domain import events
from complaint.domain.cases import Case
from complaint.domain.clocks import ClockName
from complaint.domain.complaint import Complaint
from complaint.domain.events.case_contacts import CaseNewsArose, News
from complaint.domain.flow_cases import FlowCase
from complaint.domain.handling_records import ProcessStep


@dataclass(frozen=True, kw_only=True)
class Item:
    """A piece of news: see CaseNewsArose."""

    news: News
    text: str | None = None
    steps: tuple[ProcessStep, ...] = ()
    reach: str | None = None
    due_at: datetime | None = None


def news_of(case: Case, happened: Sequence[object]) -> Iterator[CaseNewsArose]:
    """The news in what ``happened`` to a case by the last command."""
    for event in happened:
        item = _item(case, event)
        if item:
            yield CaseNewsArose(
                **case.told_of(),
                number=case.number,
                handler_id=case.handler_id,
                news=item.news,
                text=item.text,
                steps=item.steps,
                reach=item.reach,
                due_at=item.due_at,
            )


def _item(case: Case, event: object) -> Item | None:
    if isinstance(case, Complaint):
        return _of_complaint(case, event)
    return _of_flow(case, event) if isinstance(case, FlowCase) else None


def _of_complaint(case: Complaint, event: object) -> Item | None:
    match event:
        case events.ComplaintFiled():
            return Item(news=News.RECEIVED, due_at=event.first_contact_due_at)
        case events.ProcessExplained():
            said = case.explanations[-1]
            return Item(
                news=News.EXPLAINED, text=said.outline, steps=said.steps, reach=said.contact
            )
        case events.ProgressTold():
            return Item(news=News.PROGRESS, text=case.contacts[-1].content)
        case events.ComplaintEscalated() | events.GmMeetingRequested():
            return Item(news=News.WENT_UP)
        case events.ComplaintAssigned(reason="raised"):
            return Item(news=News.WENT_UP)
        case events.ResultTold():
            return Item(news=News.RESULT, text=case.form.told.result if case.form.told else None)
        case events.ComplaintClosed():
            return Item(news=News.CLOSED)
        case events.ComplaintReopened():
            return Item(news=News.REOPENED)
    return None


def _of_flow(case: FlowCase, event: object) -> Item | None:
    match event:
        case events.CaseFiled():
            reply = case.clock(ClockName.REPLY)
            return Item(news=News.RECEIVED, due_at=reply.deadline.due_at if reply else None)
        case events.CustomerTold():
            news = News.RESULT if case.closed else News.PROGRESS
            return Item(news=news, text=case.contacts[-1].content)
        case events.ProblemSolved():
            return Item(news=News.SOLVED)
        case events.ProblemClosed():
            return Item(news=News.CLOSED)
    return None
