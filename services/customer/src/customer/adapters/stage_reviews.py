"""Stage reviews, and problems that ask for a lower grade, as they are found."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from customer.adapters.grades import Keyed
from customer.adapters.mapping import GradeProblem, StageReview
from customer.adapters.tables import grade_problems, grades, stage_reviews
from customer.domain.stage_review_states import State
from shared.rules import NotFound
from shared.scope import within


class StageReviews:
    """The stage reviews and problems of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, review: StageReview) -> None:
        """Keep a new review."""
        self._session.add(review)

    def known(self, review_id: UUID) -> StageReview:
        """The review that a timer is about; nobody else changes it until the commit."""
        return self._session.get_one(StageReview, review_id, with_for_update=True)

    def get(self, review_id: UUID, *, unit: str) -> StageReview:
        """A review as a person of ``unit`` sees it, to be changed. Raises NotFound."""
        query = self.listed(unit=unit).where(stage_reviews.c.id == review_id).with_for_update()
        found = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such stage review.")
        return found

    def listed(self, *, unit: str, state: State | None = None) -> Select[StageReview]:
        """The query of what a person of ``unit`` sees."""
        query = select(StageReview).where(within(stage_reviews.c.unit, unit))
        return query if state is None else query.where(stage_reviews.c.state == state)

    def reported_since(self, key: Keyed, since: datetime) -> bool:
        """Whether a review of that customer was reported after ``since``."""
        wanted = exists().where(
            stage_reviews.c.customer_id == key.customer_id,
            stage_reviews.c.unit == key.unit,
            stage_reviews.c.scheme == key.scheme,
            stage_reviews.c.reported_at >= since,
        )
        return bool(self._session.scalar(select(wanted)))

    def add_problem(self, problem: GradeProblem) -> None:
        """Keep a new problem."""
        self._session.add(problem)

    def known_problem(self, problem_id: UUID) -> GradeProblem:
        """The problem that a timer is about; nobody else changes it until the commit."""
        return self._session.get_one(GradeProblem, problem_id, with_for_update=True)

    def pending(self, key: Keyed) -> GradeProblem | None:
        """The problem for which that grade has still to be lowered."""
        query = select(GradeProblem).where(
            grade_problems.c.customer_id == key.customer_id,
            grade_problems.c.unit == key.unit,
            grade_problems.c.scheme == key.scheme,
            grade_problems.c.product == key.product,
            grade_problems.c.settled_at.is_(None),
        )
        return self._session.scalars(query.with_for_update()).one_or_none()

    def counts(self, unit: str) -> list[tuple[str, str, str, int]]:
        """How many reviews stand where, by unit and scheme (RP-05)."""
        columns = (stage_reviews.c.unit, stage_reviews.c.scheme, stage_reviews.c.state)
        query = select(*columns, func.count()).where(within(stage_reviews.c.unit, unit))
        rows = self._session.execute(query.group_by(*columns).order_by(*columns))
        return [(row[0], row[1], State(row[2]).value, row[3]) for row in rows]

    def distribution(self, unit: str) -> list[tuple[str, str, str, int]]:
        """How many customers hold which grade in ``unit`` and below, by product (RP-06)."""
        columns = (grades.c.scheme, grades.c.product, grades.c.grade)
        query = select(*columns, func.count(grades.c.customer_id.distinct()))
        query = query.where(within(grades.c.unit, unit), grades.c.internal.is_(False))
        rows = self._session.execute(query.group_by(*columns).order_by(*columns))
        return [(row[0], row[1], row[2], row[3]) for row in rows]
