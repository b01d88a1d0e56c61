"""Cases alike as they are found, by an index however many cases there are."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from complaint.adapters.mapping import Pattern, PatternMark
from complaint.adapters.tables import pattern_marks, patterns
from complaint.domain.patterns import RepeatThreshold, Scope
from shared.org_units import chain
from shared.rules import NotFound
from shared.scope import within


class Patterns:
    """The patterns of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, pattern: Pattern) -> None:
        """Keep a new pattern."""
        self._session.add(pattern)
        self._session.flush()

    def get(self, pattern_id: UUID, *, unit: str) -> Pattern:
        """The pattern, as a person of ``unit`` sees it. Raises NotFound."""
        query = seen_from(unit).where(patterns.c.id == pattern_id)
        found = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such pattern.")
        return found

    def end(self, pattern_id: UUID, at: datetime) -> None:
        """The action against it was verified."""
        query = select(Pattern).where(patterns.c.id == pattern_id).with_for_update()
        self._session.scalars(query).one().ended_at = at

    def open_of(self, unit: str, mark: PatternMark) -> Pattern | None:
        """The open pattern of ``unit`` that such a case is part of; nobody else changes it."""
        query = select(Pattern).where(
            patterns.c.org_unit == unit,
            patterns.c.category == mark.category,
            patterns.c.product == mark.product,
            patterns.c.ended_at.is_(None),
        )
        return self._session.scalars(query.with_for_update()).one_or_none()

    def mark(self, case_id: UUID) -> PatternMark | None:
        """By what that case is like others."""
        return self._session.get(PatternMark, case_id)

    def put(self, mark: PatternMark) -> None:
        """Keep by what a case is like others."""
        self._session.add(mark)

    def scope(self, mark: PatternMark, rule: RepeatThreshold) -> str:
        """The unit at and below which is counted."""
        if rule.scope is Scope.UNIT:
            return mark.org_unit
        return list(chain(self._session, mark.org_unit))[-1]

    def near(self, mark: PatternMark, unit: str, rule: RepeatThreshold) -> list[PatternMark]:
        """Cases alike at and below ``unit`` that are part of no pattern: as many before and behind
        ``mark`` as can make one with it."""
        of = pattern_marks.c
        alike = select(PatternMark).where(
            of.category == mark.category,
            of.product == mark.product,
            of.pattern_id.is_(None),
            of.case_id != mark.case_id,
            within(of.org_unit, unit),
        )
        key = (of.filed_at, of.case_id)
        behind = or_(
            of.filed_at > mark.filed_at,
            and_(of.filed_at == mark.filed_at, of.case_id > mark.case_id),
        )
        since, until = mark.filed_at - rule.span, mark.filed_at + rule.span
        before = alike.where(of.filed_at >= since, ~behind).order_by(*(one.desc() for one in key))
        after = alike.where(of.filed_at <= until, behind).order_by(*key)
        most = rule.at_least - 1
        return [
            *self._session.scalars(before.limit(most)),
            *self._session.scalars(after.limit(most)),
        ]


def seen_from(unit: str) -> Select[Pattern]:
    """Every pattern at ``unit`` and below it, or on which a department there has to act."""
    return select(Pattern).where(
        or_(within(patterns.c.department, unit), within(patterns.c.org_unit, unit))
    )


def recurring(
    unit: str, *, since: datetime | None = None, is_open: bool | None = None
) -> Select[Pattern]:
    """The list of what recurs at ``unit`` and below it, detected from ``since`` on, open or not
    (RP-13)."""
    query = seen_from(unit)
    if since is not None:
        query = query.where(patterns.c.detected_at >= since)
    if is_open is not None:
        ended = patterns.c.ended_at
        query = query.where(ended.is_(None) if is_open else ended.is_not(None))
    return query
