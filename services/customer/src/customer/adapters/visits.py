"""Visits as they are found: by those who may see them, and by what is planned next."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from customer.adapters.mapping import Visit
from customer.adapters.tables import visit_credits, visits
from customer.domain.staff import Caller
from customer.domain.visit_rules import RuleKey
from customer.domain.visit_states import OPEN, State
from shared.outbox import upsert
from shared.rules import NotFound
from shared.scope import seen_units, within

NOBODY = UUID(int=0)


class Visits:
    """The visits of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, visit: Visit) -> None:
        """Keep a new visit."""
        self._session.add(visit)

    def get(self, visit_id: UUID, *, caller: Caller) -> Visit:
        """The visit, as the caller sees it. Raises NotFound."""
        found = self._session.scalars(seen_by(caller).where(visits.c.id == visit_id))
        visit = found.one_or_none()
        if visit is None:
            raise NotFound("There is no such visit.")
        return visit

    def known(self, visit_id: UUID) -> Visit:
        """The visit that a timer is about; nobody else changes it until the commit. Raises
        NoResultFound."""
        return self._session.get_one(Visit, visit_id, with_for_update=True)

    def listed(
        self,
        *,
        caller: Caller,
        mine: bool = False,
        customer_id: UUID | None = None,
        state: State | None = None,
        due_until: date | None = None,
    ) -> Select[Visit]:
        """The query of what the caller sees, narrowed by what is given."""
        query = select(Visit).where(_visited_by(caller))
        if not mine:
            units = seen_units(self._session, caller.unit)
            seen = or_(visits.c.org_unit.in_(units), _visited_by(caller))
            query = select(Visit).where(seen)
        if customer_id is not None:
            query = query.where(visits.c.customer_id == customer_id)
        if state is not None:
            query = query.where(visits.c.state == state)
        if due_until is not None:
            query = query.where(visits.c.due_on <= due_until)
        return query

    def open_of(self, customer_id: UUID) -> dict[tuple[str, RuleKey, str], Visit]:
        """The open visits of a customer by unit, rule and occasion; each has one at most."""
        found = self._open(visits.c.customer_id == customer_id)
        return {(visit.org_unit, visit.key, visit.occasion): visit for visit in found}

    def done_occasions(self, customer_id: UUID) -> set[tuple[str, RuleKey, str]]:
        """For which occasions the customer was visited already, by unit and rule."""
        query = select(visits.c.org_unit, visits.c.activity, visits.c.role, visits.c.occasion)
        made = query.where(
            visits.c.customer_id == customer_id,
            visits.c.state == State.DONE,
            visits.c.occasion != "",
        )
        rows = self._session.execute(made)
        return {(row.org_unit, RuleKey(row.activity, row.role), row.occasion) for row in rows}

    def open_by(self, visitor_id: UUID) -> list[Visit]:
        """The open visits that one person is to make."""
        return self._open(visits.c.visitor_id == visitor_id)

    def open_below(self, unit: str) -> list[Visit]:
        """The open visits to customers of ``unit`` and of the units below it."""
        return self._open(within(visits.c.org_unit, unit))

    def last_days(self, customer_id: UUID) -> dict[tuple[str, RuleKey], date]:
        """When each rule of each unit was last satisfied by a visit to the customer."""
        rows = self._session.execute(
            select(visit_credits).where(visit_credits.c.customer_id == customer_id)
        )
        return {(row.unit, RuleKey(row.activity, row.role)): row.visited_on for row in rows}

    def credit(self, visit: Visit, rules: Iterable[RuleKey]) -> None:
        """Remember which rules of its unit a visit satisfied; an earlier day never replaces a later
        one, in whatever order visits are reported on."""
        insert = upsert(self._session.get_bind().dialect)(visit_credits)
        fresh = {"visited_on": visit.completed_on, "visit_id": visit.id}
        for activity, role in rules:
            statement = insert.values(
                customer_id=visit.customer_id,
                unit=visit.org_unit,
                activity=activity,
                role=role,
                **fresh,
            )
            self._session.execute(
                statement.on_conflict_do_update(
                    index_elements=["customer_id", "unit", "activity", "role"],
                    set_=fresh,
                    where=visit_credits.c.visited_on <= visit.completed_on,
                )
            )

    def open_counts(self, visitor_ids: Iterable[UUID]) -> Counter[UUID]:
        """How many open visits each of these persons has."""
        query = (
            select(visits.c.visitor_id, func.count())
            .where(visits.c.visitor_id.in_(list(visitor_ids)), visits.c.state.in_(OPEN))
            .group_by(visits.c.visitor_id)
        )
        return Counter({row[0]: row[1] for row in self._session.execute(query)})

    def _open(self, condition: ColumnElement[bool]) -> list[Visit]:
        query = select(Visit).where(condition, visits.c.state.in_(OPEN)).order_by(visits.c.id)
        return list(self._session.scalars(query.with_for_update()))


def seen_by(caller: Caller) -> Select[Visit]:
    """What lies in the caller's units, and what he is to visit himself wherever it lies; all that
    anybody sees starts here."""
    return select(Visit).where(visible_to(caller))


def visible_to(caller: Caller) -> ColumnElement[bool]:
    """The condition that the caller sees a visit."""
    return or_(within(visits.c.org_unit, caller.unit), _visited_by(caller))


def _visited_by(caller: Caller) -> ColumnElement[bool]:
    return visits.c.visitor_id == person_of(caller)


def person_of(caller: Caller) -> UUID:
    """The person's id in a token; for one that names no person, the id that nobody has."""
    try:
        return UUID(caller.id)
    except ValueError:
        return NOBODY
