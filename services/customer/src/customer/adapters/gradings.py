"""Gradings as they are found, their history, and the places that a grade has left."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session

from customer.adapters.mapping import Grading
from customer.adapters.tables import grade_history, grade_places, grades, gradings
from customer.domain.grading_states import State
from shared.ids import new_id
from shared.org_units import chain
from shared.outbox import upsert
from shared.rules import NotFound
from shared.scope import within
from shared.tables import org_units

DEPARTMENT = "department"


class Gradings:
    """The gradings of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, grading: Grading) -> None:
        """Keep a new proposal."""
        self._session.add(grading)

    def get(
        self, grading_id: UUID, *, unit: str, deciding: bool = False, open_only: bool = False
    ) -> Grading:
        """A grading, as a person of ``unit`` sees it; whoever is ``deciding`` on it does so alone
        until the commit. Raises NotFound."""
        query = self.listed(unit=unit, open_only=open_only).where(gradings.c.id == grading_id)
        found = self._session.scalars(query.with_for_update() if deciding else query).one_or_none()
        if found is None:
            raise NotFound("There is no such grading.")
        return found

    def listed(
        self,
        *,
        unit: str,
        open_only: bool = False,
        customer_id: UUID | None = None,
        scheme: str | None = None,
        state: State | None = None,
    ) -> Select[Grading]:
        """The query of what a person of ``unit`` sees, narrowed by what is given; ``open_only``
        leaves out what customers must not know of (CL-32)."""
        query = select(Grading).where(within(gradings.c.unit, unit))
        if open_only:
            query = query.where(gradings.c.internal.is_(False))
        if customer_id is not None:
            query = query.where(gradings.c.customer_id == customer_id)
        if scheme is not None:
            query = query.where(gradings.c.scheme == scheme)
        if state is not None:
            query = query.where(gradings.c.state == state)
        return query

    def in_state(self, grading: Grading, state: State) -> Grading | None:
        """The other grading of the same key in that state; there is one at most."""
        query = select(Grading).where(
            gradings.c.customer_id == grading.customer_id,
            gradings.c.unit == grading.unit,
            gradings.c.scheme == grading.scheme,
            gradings.c.product == grading.product,
            gradings.c.state == state,
            gradings.c.id != grading.id,
        )
        return self._session.scalars(query).one_or_none()

    def score(self, customer_id: UUID, *, unit: str, scheme: str) -> Decimal | None:
        """The weighted total by which a customer holds his grade of no one product; None where
        there is none."""
        query = select(gradings.c.score).where(
            gradings.c.customer_id == customer_id,
            gradings.c.unit == unit,
            gradings.c.scheme == scheme,
            gradings.c.product == "",
            gradings.c.state == State.ACTIVE,
        )
        found: Decimal | None = self._session.scalars(query).one_or_none()
        return found

    def keep(self, grading: Grading, *, now: datetime, by: str) -> None:
        """Write into the history that the grade of ``grading`` holds now (CL-43)."""
        told = {name: getattr(grading, name) for name in COPIED}
        row = {**told, "old": grading.old_grade, "new": grading.grade}
        decided = {"id": new_id(), "grading_id": grading.id, "decided_at": now, "decided_by": by}
        self._session.execute(insert(grade_history).values({**row, **decided}))

    def history(
        self, customer_id: UUID, *, unit: str, open_only: bool
    ) -> Select[tuple[object, ...]]:
        """The query of what was decided on a customer, as a person of ``unit`` sees it."""
        query = select(*(grade_history.c[name] for name in HISTORY)).where(
            grade_history.c.customer_id == customer_id, within(grade_history.c.unit, unit)
        )
        return query.where(grade_history.c.internal.is_(False)) if open_only else query

    def department(self, unit: str) -> str:
        """Whose shares hold in ``unit``: the nearest department at or above it, or the unit itself
        where there is none. Raises UnitUnknown."""
        units = chain(self._session, unit)
        query = select(org_units.c.unit).where(
            org_units.c.unit.in_(units), org_units.c.kind == DEPARTMENT
        )
        found = set(self._session.scalars(query))
        return next((one for one in units if one in found), unit)

    def hold_places(self, *, unit: str, scheme: str, product: str) -> None:
        """Let nobody else give a grade of that scheme there until the commit."""
        key = {"unit": unit, "scheme": scheme, "product": product}
        statement = upsert(self._session.get_bind().dialect)(grade_places).values(key)
        self._session.execute(statement.on_conflict_do_nothing())
        conditions = [grade_places.c[name] == value for name, value in key.items()]
        self._session.execute(select(grade_places).where(*conditions).with_for_update())

    def holders(
        self,
        *,
        unit: str,
        scheme: str,
        apart_from: UUID,
        grade: str | None = None,
        product: str | None = None,
    ) -> int:
        """How many other customers hold a grade of the scheme in ``unit`` or below it."""
        query = select(func.count(grades.c.customer_id.distinct())).where(
            within(grades.c.unit, unit),
            grades.c.scheme == scheme,
            grades.c.customer_id != apart_from,
        )
        if grade is not None:
            query = query.where(grades.c.grade == grade)
        if product is not None:
            query = query.where(grades.c.product == product)
        return self._session.scalar(query) or 0


COPIED = (
    "customer_id",
    "unit",
    "scheme",
    "product",
    "because",
    "internal",
    "evidence",
    "score",
    "scorecard_id",
    "criteria",
    "reason",
    "override_reason",
    "proposed_by",
    "approvals",
)
HISTORY = ("id", "old", "new", "grading_id", "decided_at", "decided_by", *COPIED)
