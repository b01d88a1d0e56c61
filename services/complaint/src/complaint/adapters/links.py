"""Links between cases as they are found."""

from uuid import UUID

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from complaint.adapters.mapping import CaseLink
from complaint.adapters.tables import case_links, cases
from complaint.domain.links import Relation
from shared.scope import within

of = case_links.c


class Links:
    """The links of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, link: CaseLink) -> None:
        """Keep a new link."""
        self._session.add(link)

    def known(self, relation: Relation, source_id: UUID, target_id: UUID) -> bool:
        """Whether that is said already; that two are related is said by either of them."""
        said = and_(of.source_id == source_id, of.target_id == target_id)
        if relation is Relation.RELATED:
            said = or_(said, and_(of.source_id == target_id, of.target_id == source_id))
        query = select(exists().where(of.relation == relation, said))
        return bool(self._session.scalar(query))

    def ahead(self, relation: Relation, case_id: UUID) -> set[UUID]:
        """All cases to which links of that relation lead from ``case_id``, over any number of
        others; nobody else links them until the commit."""
        found: set[UUID] = set()
        frontier = {case_id}
        while frontier:
            following = select(of.target_id).where(
                of.relation == relation, of.source_id.in_(frontier)
            )
            reached = select(cases.c.id).where(cases.c.id.in_(following)).order_by(cases.c.id)
            frontier = set(self._session.scalars(reached.with_for_update())) - found
            found |= frontier
        return found

    def of_case(self, case_id: UUID, *, unit: str) -> Select[CaseLink]:
        """The query of the links on either side of a case, as far as a person of ``unit`` sees the
        cases at both ends."""
        source, target = cases.alias("source"), cases.alias("target")
        return (
            select(CaseLink)
            .join(source, source.c.id == of.source_id)
            .join(target, target.c.id == of.target_id)
            .where(or_(of.source_id == case_id, of.target_id == case_id))
            .where(within(source.c.org_unit, unit), within(target.c.org_unit, unit))
        )
