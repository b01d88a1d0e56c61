"""Complaints as they are found: by those who may see them, and by what happens to them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select, union
from sqlalchemy.orm import Session

from complaint.adapters.mapping import Complaint
from complaint.adapters.tables import assignees, cases, complaints
from complaint.domain.intake import Intake
from complaint.domain.states import State
from shared.encrypted_columns import encryption_of
from shared.rules import NotFound
from shared.scope import seen_units, within


class Complaints:
    """The complaints of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, complaint_id: UUID, *, unit: str) -> Complaint:
        """The complaint, as a person of ``unit`` sees it. Raises NotFound."""
        return self._one(seen_from(unit).where(complaints.c.id == complaint_id))

    def take(self, complaint_id: UUID, *, unit: str) -> Complaint:
        """As ``get``; nobody else changes the complaint until the commit."""
        found = seen_from(unit).where(complaints.c.id == complaint_id)
        return self._one(found.with_for_update(of=cases))

    def of_event(self, complaint_id: UUID) -> Complaint:
        """The complaint that an event or a timer is about, as ``take``. Raises NotFound."""
        found = select(Complaint).where(complaints.c.id == complaint_id)
        return self._one(found.with_for_update(of=cases))

    def earlier_of(self, intake: Intake, *, unit: str, since: datetime) -> list[Complaint]:
        """What the same complainant, by customer or telephone, complained about from ``since`` on
        and before ``intake``, as a person of ``unit`` sees it; the last one first."""
        same = []
        if intake.customer_id:
            same.append(select(cases.c.id).where(cases.c.customer_id == intake.customer_id))
        if intake.complainant_phone:
            reached_at = complaints.c.complainant_phone_index
            same.append(select(complaints.c.id).where(reached_at == self._index(intake)))
        if not same:
            return []
        query = (
            seen_from(unit)
            .where(complaints.c.id.in_(union(*same)))
            .where(cases.c.received_at.between(since, intake.received_at))
            .order_by(cases.c.received_at.desc(), cases.c.id.desc())
        )
        return list(self._session.scalars(query))

    def listed(
        self,
        *,
        unit: str,
        state: State | None = None,
        level: int | None = None,
        assigned_to: UUID | None = None,
        still_open: bool = False,
    ) -> Select[Complaint]:
        """The query of what a person of ``unit`` sees, narrowed by what is given."""
        query = select(Complaint).where(cases.c.org_unit.in_(seen_units(self._session, unit)))
        if still_open:
            query = query.where(cases.c.next_due_at.is_not(None))
        if state is not None:
            query = query.where(complaints.c.state == state)
        if level is not None:
            query = query.where(cases.c.level == level)
        if assigned_to is not None:
            mine = select(assignees.c.case_id).where(assignees.c.person_id == assigned_to)
            query = query.where(complaints.c.id.in_(mine))
        return query

    def _index(self, intake: Intake) -> bytes:
        phone, column = intake.complainant_phone or "", complaints.c.complainant_phone.name
        return encryption_of(self._session).index(phone, complaints.name, column)

    def _one(self, query: Select[Complaint]) -> Complaint:
        found = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such complaint.")
        return found


def seen_from(unit: str) -> Select[Complaint]:
    """Every complaint of ``unit`` and of the units below it; all that anybody sees starts here."""
    return select(Complaint).where(within(cases.c.org_unit, unit))
