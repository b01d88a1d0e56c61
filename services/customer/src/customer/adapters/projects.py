"""Projects as they are found, and what they ask for together."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from customer.adapters.mapping import Project
from customer.adapters.registers import Register
from customer.adapters.tables import negotiations, projects
from customer.domain.projects import ENDED


class Projects(Register[Project]):
    """The projects of one database session."""

    kind, table, called = Project, projects, "project"

    def flags(self, customer_id: UUID) -> dict[str, bool]:
        """What the projects of a customer that have not ended ask of executives (CL-40): the facts
        ``key_project`` and ``communication_necessary``."""
        asked = select(projects.c.key_project, projects.c.communication_necessary).where(
            projects.c.customer_id == customer_id, projects.c.stage.not_in(ENDED)
        )
        rows = self._session.execute(asked).all()
        return {
            "key_project": any(row.key_project for row in rows),
            "communication_necessary": any(row.communication_necessary for row in rows),
        }

    def next_start(self, customer_id: UUID, *, on: date) -> date | None:
        """The first day from ``on`` on at which a project of the customer, or a cooperation that is
        negotiated, is to begin (VS-21)."""
        known = select(projects.c.starts_on.label("day")).where(
            projects.c.customer_id == customer_id, projects.c.stage.not_in(ENDED)
        )
        talked_about = select(negotiations.c.expected_on).where(
            negotiations.c.customer_id == customer_id
        )
        begins = known.union_all(talked_about).subquery().c.day
        first: date | None = self._session.scalar(select(func.min(begins)).where(begins >= on))
        return first

    def belongs(self, project_id: UUID, *, customer_id: UUID) -> bool:
        """Whether there is that project and it is one of the customer."""
        query = select(projects.c.id).where(
            projects.c.id == project_id, projects.c.customer_id == customer_id
        )
        return self._session.scalar(query) is not None
