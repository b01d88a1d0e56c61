"""Count what a weekly report is made of, by a few statements however many complaints there are.

Numbers rest on what does not change once it is past: filings, archives and answers with their
times, and the journal up to a position. Department and cause are those of the form in use, and the
due times of clocks those that hold when it is counted.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    Uuid,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session

from complaint.adapters.tables import cases, clocks, complaints, forms
from complaint.domain import events
from complaint.domain.figures import (
    NOT_STATED,
    Answers,
    Cell,
    Counts,
    Outcome,
    Recurrence,
    Solved,
    TimedClock,
)
from complaint.domain.weekly_reports import Period, RecurrenceRule
from shared.tables import journal

SUBJECT = "complaint/"
ASSIGNED = events.ComplaintAssigned.type
TAKEN_OVER = events.CaseTakenOver.type
ESCALATED = events.ComplaintEscalated.type
TO_MEETING = events.GmMeetingRequested.type
PROGRESS_OVERDUE = events.ProgressOverdue.type
HAPPENED = {
    "breaches": (
        events.ClockBreached.type,
        events.FirstContactBreached.type,
        PROGRESS_OVERDUE,
    ),
    "escalations": (ESCALATED,),
    "meetings": (TO_MEETING,),
    "progress_overdue": (PROGRESS_OVERDUE,),
}
LISTED = 1000  # How many open complaints a report names; the number of all is told besides.


class Counting:
    """What happened in one period, as the database says."""

    def __init__(self, session: Session, period: Period) -> None:
        self._session = session
        self._period = period
        self._within = cases.c.org_unit.in_(period.units)

    def counts(self, rule: RecurrenceRule | None) -> Counts:
        """Everything that is counted; nothing recurs where no rule says what does."""
        return Counts(
            cells=self._cells(),
            clocks=self._clocks(),
            answers=self._answers(),
            outcome=self._outcome(),
            solved=self._solved(),
            happened=self._happened(),
            repeats=self._repeats(),
            recurrences=self._recurrences(rule) if rule else [],
        )

    def open_list(self) -> list[Mapping[str, Any]]:
        """The first LISTED that are open: the highest level first, then what is due next."""
        level, handler = self._level(), self._handler()
        query = (
            select(cases.c.id, cases.c.number, cases.c.next_due_at)
            .add_columns(level.c.said.label("level"), handler.c.said.label("handler"))
            .join_from(cases, complaints, complaints.c.id == cases.c.id)
            .join(level, level.c.case_id == cases.c.id)
            .join(handler, handler.c.case_id == cases.c.id)
            .outerjoin(forms, self._archived())
            .where(self._within, self._known(), forms.c.id.is_(None))
            .order_by(level.c.said.desc(), cases.c.next_due_at, cases.c.id)
            .limit(LISTED)
        )
        return [
            {
                "complaint_id": str(row.id),
                "number": row.number,
                "level": row.level,
                "handler_id": row.handler,
                "next_due_at": row.next_due_at.isoformat() if row.next_due_at else None,
            }
            for row in self._session.execute(query)
        ]

    def _cells(self) -> list[Cell]:
        level, handler, latest = self._level(), self._handler(), self._latest()
        archived = forms.alias("archived")
        closed = archived.c.archived_at >= self._period.from_at
        received = cases.c.filed_at >= self._period.from_at
        is_open = archived.c.id.is_(None)
        stated = case((func.coalesce(latest.c.cause, "") == "", NOT_STATED), else_="stated")
        alike = [
            level.c.said.label("level"),
            complaints.c.complainant,
            cases.c.channel,
            complaints.c.about,
            latest.c.respondent_department,
            stated.label("cause"),
            handler.c.said.label("handler"),
        ]
        query = (
            select(*alike, _many(received), _many(closed), _many(is_open))
            .join_from(cases, complaints, complaints.c.id == cases.c.id)
            .join(level, level.c.case_id == cases.c.id)
            .join(handler, handler.c.case_id == cases.c.id)
            .join(latest, latest.c.complaint_id == cases.c.id)
            .outerjoin(archived, self._archived(archived))
            .where(self._within, self._known(), or_(received, closed, is_open))
            .group_by(*alike)
        )
        rows = self._session.execute(query)
        return [Cell(tuple(row[: len(alike)]), *row[len(alike) :]) for row in rows]

    def _clocks(self) -> list[TimedClock]:
        on_time = and_(
            clocks.c.stopped_at.is_not(None), clocks.c.stopped_at <= clocks.c.deadline_due_at
        )
        missed = and_(clocks.c.deadline_hard, ~func.coalesce(on_time, False))
        query = (
            select(clocks.c.name, func.count(), _many(on_time), _many(missed))
            .join(cases, cases.c.id == clocks.c.case_id)
            .join(complaints, complaints.c.id == cases.c.id)
            .where(
                self._within,
                self._known(),
                clocks.c.deadline_due_at >= self._period.from_at,
                clocks.c.deadline_due_at < self._period.until_at,
            )
            .group_by(clocks.c.name)
            .order_by(clocks.c.name)
        )
        return [TimedClock(name.value, *rest) for name, *rest in self._session.execute(query)]

    def _answers(self) -> list[Answers]:
        alike = [forms.c.answer_scale, forms.c.answer_code, forms.c.answer_normalised]
        query: Select[Any] = (
            select(*alike, func.count())
            .join(cases, cases.c.id == forms.c.complaint_id)
            .where(self._within, *self._during(forms.c.answer_asked_at))
            .group_by(*alike)
            .order_by(*alike)
        )
        return [Answers(*row) for row in self._session.execute(query)]

    def _outcome(self) -> Outcome:
        during = self._during(forms.c.archived_at)
        closed = (
            select(forms.c.complaint_id.label("case_id"), forms.c.answer_accepted.label("good"))
            .where(*during)
            .subquery()
        )
        raised = self._journal(ESCALATED, TO_MEETING, since=True).distinct().subquery()
        accepted = func.coalesce(closed.c.good, False)
        query = (
            select(func.count(), _many(accepted))
            .select_from(cases)
            .outerjoin(closed, closed.c.case_id == cases.c.id)
            .outerjoin(raised, raised.c.case_id == cases.c.id)
            .where(
                self._within,
                self._known(),
                or_(closed.c.case_id.is_not(None), raised.c.case_id.is_not(None)),
            )
        )
        return Outcome(*self._session.execute(query).one())

    def _solved(self) -> list[Solved]:
        level = self._level()
        query = (
            select(level.c.said, cases.c.received_at, forms.c.archived_at)
            .join_from(cases, forms, forms.c.complaint_id == cases.c.id)
            .join(level, level.c.case_id == cases.c.id)
            .where(self._within, *self._during(forms.c.archived_at))
            .order_by(level.c.said, cases.c.id)
        )
        return [Solved(level, end - begin) for level, begin, end in self._session.execute(query)]

    def _happened(self) -> dict[str, int]:
        kinds = sorted({kind for kinds in HAPPENED.values() for kind in kinds})
        entries = self._journal(*kinds, since=True).add_columns(journal.c.kind).subquery()
        query = (
            select(entries.c.kind, func.count())
            .join(cases, cases.c.id == entries.c.case_id)
            .where(self._within)
            .group_by(entries.c.kind)
        )
        found = {row[0]: row[1] for row in self._session.execute(query)}
        return {name: sum(found.get(kind, 0) for kind in of) for name, of in HAPPENED.items()}

    def _repeats(self) -> int:
        query = (
            select(func.count())
            .join_from(cases, complaints, complaints.c.id == cases.c.id)
            .where(
                self._within, complaints.c.repeat_of.is_not(None), *self._during(cases.c.filed_at)
            )
        )
        return self._session.scalar(query) or 0

    def _recurrences(self, rule: RecurrenceRule) -> list[Recurrence]:
        latest = self._latest()
        since = self._period.until_at - timedelta(days=rule.days)
        alike = [complaints.c.about, latest.c.respondent_department]
        query = (
            select(*alike, func.count())
            .join_from(cases, complaints, complaints.c.id == cases.c.id)
            .join(latest, latest.c.complaint_id == cases.c.id)
            .where(self._within, self._known(), cases.c.filed_at >= since)
            .group_by(*alike)
            .having(func.count() >= rule.at_least)
        )
        found = [Recurrence(about.value, *rest) for about, *rest in self._session.execute(query)]
        return sorted(found, key=lambda one: (-one.complaints, one.about, one.department or ""))

    def _known(self) -> ColumnElement[bool]:
        return cases.c.filed_at < self._period.until_at

    def _during(self, column: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        return column >= self._period.from_at, column < self._period.until_at

    def _archived(self, table: Any = forms) -> ColumnElement[bool]:
        """The form with which a complaint was filed away before the end; at most one."""
        return and_(table.c.complaint_id == cases.c.id, table.c.archived_at < self._period.until_at)

    def _latest(self) -> Subquery:
        """The form of each complaint that was in use at the end."""
        nth = func.row_number().over(
            partition_by=forms.c.complaint_id, order_by=forms.c.position.desc()
        )
        ranked = (
            select(forms.c.complaint_id, forms.c.cause, forms.c.respondent_department)
            .add_columns(nth.label("nth"))
            .where(forms.c.opened_at < self._period.until_at)
            .subquery()
        )
        return select(ranked).where(ranked.c.nth == 1).subquery()

    def _level(self) -> Subquery:
        """The level of each complaint at the end."""
        return self._last(journal.c.data["level"].as_integer(), ASSIGNED)

    def _handler(self) -> Subquery:
        """Who handled each complaint at the end: the first of those called upon, or whoever took
        it over."""
        first = journal.c.data[("person_ids", 0)].as_string()
        said = case(
            (journal.c.kind == ASSIGNED, first), else_=journal.c.data["person_id"].as_string()
        )
        return self._last(said, ASSIGNED, TAKEN_OVER)

    def _last(self, said: ColumnElement[Any], *kinds: str) -> Subquery:
        nth = func.row_number().over(
            partition_by=journal.c.subject, order_by=journal.c.position.desc()
        )
        entries = self._journal(*kinds).add_columns(said.label("said"), nth.label("nth"))
        ranked = entries.subquery()
        return select(ranked.c.case_id, ranked.c.said).where(ranked.c.nth == 1).subquery()

    def _journal(self, *kinds: str, since: bool = False) -> Select[UUID]:
        """The entries of those kinds on complaints before the end, ``since`` the beginning only."""
        # Without hyphens it is what SQLite keeps of an id, and what PostgreSQL reads as one.
        bare = func.replace(func.substr(journal.c.subject, len(SUBJECT) + 1), "-", "")
        query = select(cast(bare, Uuid).label("case_id")).where(
            journal.c.kind.in_(kinds),
            journal.c.subject.startswith(SUBJECT),
            journal.c.at < self._period.until_at,
            journal.c.position <= self._period.position,
        )
        return query.where(journal.c.at >= self._period.from_at) if since else query


def _many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows meet the condition."""
    return func.coalesce(func.sum(case((condition, literal(1)), else_=literal(0))), 0)
