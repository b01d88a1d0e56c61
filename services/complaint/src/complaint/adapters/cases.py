"""Cases of every kind as they are found."""

from typing import TypeVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from complaint.adapters.mapping import Case, Problem
from complaint.adapters.priorities import Priorities
from complaint.adapters.tables import assignees, cases, problems
from complaint.domain.cases import CaseRef
from shared.rules import NotFound
from shared.scope import seen_units, within

Kind = TypeVar("Kind", bound=Case)

# The order in which open cases are attended to: the higher level, then the customer who is
# preferred (CL-28, CL-29, CP-59), then what is due next. What is open awaits something (K-05).
QUEUE = (cases.c.queue_place, cases.c.next_due_at, cases.c.id)


class Cases:
    """The cases of one database session, each of its own kind."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, case: Case) -> None:
        """Keep a new case; its customer keeps the priority that he has until the commit."""
        if case.customer:
            Priorities(self._session).await_changes(case.customer)
        self._session.add(case)

    def get(self, kind: type[Kind], case_id: UUID, *, unit: str) -> Kind:
        """The case of that kind, as a person of ``unit`` sees it. Raises NotFound."""
        return self._one(_seen(kind, unit).where(cases.c.id == case_id))

    def take(self, kind: type[Kind], case_id: UUID, *, unit: str) -> Kind:
        """As ``get``; nobody else changes the case until the commit."""
        found = _seen(kind, unit).where(cases.c.id == case_id)
        return self._one(found.with_for_update(of=cases))

    def shown(self, ref: CaseRef, *, unit: str) -> Case:
        """The case of that kind and id, as a person of ``unit`` sees it. Raises NotFound."""
        return self._one(_named(ref, unit))

    def taken(self, ref: CaseRef, *, unit: str) -> Case:
        """As ``shown``; nobody else changes the case until the commit."""
        return self._one(_named(ref, unit).with_for_update(of=cases))

    def of_issue(self, issue_id: UUID) -> Problem | None:
        """The ticket that was opened for the issue of a customer, if one was."""
        found = select(Problem).where(problems.c.issue_id == issue_id)
        return self._session.scalars(found).one_or_none()

    def open_to(self, *, unit: str, assigned_to: UUID | None = None) -> Select[Case]:
        """The query of the open cases of every kind that a person of ``unit`` sees; with
        ``assigned_to`` those that call upon that person."""
        units = seen_units(self._session, unit)
        query = select(Case).where(cases.c.org_unit.in_(units), cases.c.next_due_at.is_not(None))
        if assigned_to is not None:
            mine = select(assignees.c.case_id).where(assignees.c.person_id == assigned_to)
            query = query.where(cases.c.id.in_(mine))
        return query

    def of_event(self, case_id: UUID) -> Case:
        """The case that a timer or an event is about; nobody else changes it until the commit.

        Raises NotFound.
        """
        found = select(Case).where(cases.c.id == case_id)
        return self._one(found.with_for_update(of=cases))

    def open_ones(self, *, below: str, after: UUID | None, most: int) -> list[CaseRef]:
        """The first ``most`` of ``below`` and the units under it for which something is still
        awaited, in order of their ids, from behind ``after``."""
        query = (
            _refs()
            .where(within(cases.c.org_unit, below), cases.c.next_due_at.is_not(None))
            .limit(most)
        )
        if after is not None:
            query = query.where(cases.c.id > after)
        return self._found(query)

    def of_customer(self, customer_id: UUID, *, after: UUID | None, most: int) -> list[UUID]:
        """The ids of the first ``most`` open cases of a customer, from behind ``after``."""
        query = (
            select(cases.c.id)
            .where(cases.c.customer_id == customer_id, cases.c.next_due_at.is_not(None))
            .order_by(cases.c.id)
            .limit(most)
        )
        if after is not None:
            query = query.where(cases.c.id > after)
        return list(self._session.scalars(query))

    def in_hands_of(self, person_id: UUID) -> list[CaseRef]:
        """Those that call upon the person and for which something is still awaited."""
        query = (
            _refs()
            .join(assignees, assignees.c.case_id == cases.c.id)
            .where(assignees.c.person_id == person_id, cases.c.next_due_at.is_not(None))
        )
        return self._found(query)

    def _one(self, query: Select[Kind]) -> Kind:
        found = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such case.")
        return found

    def _found(self, query: Select[str, UUID]) -> list[CaseRef]:
        return [CaseRef(*row) for row in self._session.execute(query)]


def _seen(kind: type[Kind], unit: str) -> Select[Kind]:
    return select(kind).where(within(cases.c.org_unit, unit))


def _named(ref: CaseRef, unit: str) -> Select[Case]:
    return _seen(Case, unit).where(cases.c.id == ref.id, cases.c.kind == ref.kind)


def _refs() -> Select[str, UUID]:
    return select(cases.c.kind, cases.c.id).order_by(cases.c.id)
