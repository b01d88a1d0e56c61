"""What held of cases at the end of a period, whatever happened since.

It rests on what does not change once it is past: filings, archives and answers with their times,
and the journal up to a position.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    Uuid,
    case,
    cast,
    func,
    literal,
    select,
)

from complaint.adapters.tables import cases, forms
from complaint.domain import events
from complaint.domain.complaint import Complaint
from complaint.domain.weekly_reports import Period
from shared.tables import journal

ASSIGNED = events.ComplaintAssigned.type
TAKEN_OVER = events.CaseTakenOver.type


class Past:
    """The conditions and tables that say what held at the end of one period."""

    def __init__(self, period: Period) -> None:
        self.period = period

    def within(self) -> ColumnElement[bool]:
        """Cases of the units that the report is about."""
        return cases.c.org_unit.in_(self.period.units)

    def known(self) -> ColumnElement[bool]:
        """Cases that had been filed."""
        return cases.c.filed_at < self.period.until_at

    def during(self, column: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """What happened in the period."""
        return column >= self.period.from_at, column < self.period.until_at

    def latest(self) -> Subquery:
        """The form of each complaint that was in use at the end, with the time at which it had been
        filed away; one that was taken up again is open on a form of its own."""
        archived = case((forms.c.archived_at < self.period.until_at, forms.c.archived_at))
        nth = func.row_number().over(
            partition_by=forms.c.complaint_id, order_by=forms.c.position.desc()
        )
        ranked = (
            select(forms.c.complaint_id, forms.c.cause, forms.c.cause_code)
            .add_columns(forms.c.respondent_department, forms.c.answer_accepted)
            .add_columns(archived.label("archived_at"), nth.label("nth"))
            .where(forms.c.opened_at < self.period.until_at)
            .subquery()
        )
        return select(ranked).where(ranked.c.nth == 1).subquery()

    def level(self) -> Subquery:
        """The level of each complaint at the end."""
        return self._last(journal.c.data["level"].as_integer(), ASSIGNED)

    def handler(self) -> Subquery:
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
        entries = self.journal(*kinds).add_columns(said.label("said"), nth.label("nth"))
        ranked = entries.subquery()
        return select(ranked.c.case_id, ranked.c.said).where(ranked.c.nth == 1).subquery()

    def journal(self, *kinds: str, of: str = Complaint.kind, since: bool = False) -> Select[UUID]:
        """The entries of those kinds on cases ``of`` a kind before the end, ``since`` the beginning
        only."""
        # Without hyphens it is what SQLite keeps of an id, and what PostgreSQL reads as one.
        bare = func.replace(func.substr(journal.c.subject, len(of) + 2), "-", "")
        query = select(cast(bare, Uuid).label("case_id")).where(
            journal.c.subject.startswith(f"{of}/"), *self.written(*kinds)
        )
        return query.where(journal.c.at >= self.period.from_at) if since else query

    def written(self, *kinds: str) -> list[ColumnElement[bool]]:
        """The entries of those kinds in the journal before the end."""
        return [
            journal.c.kind.in_(kinds),
            journal.c.at < self.period.until_at,
            journal.c.position <= self.period.position,
        ]


def many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows meet the condition."""
    return func.coalesce(func.sum(case((condition, literal(1)), else_=literal(0))), 0)
