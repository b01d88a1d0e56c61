"""The admission forms of partners as they are found."""

from uuid import UUID

from sqlalchemy import Select, and_, exists, select
from sqlalchemy.orm import Session

from customer.adapters.mapping import Customer, PartnerForm
from customer.adapters.tables import customers, memberships, partner_forms
from customer.domain.memberships import Standing
from customer.domain.partner_states import IN
from shared.rules import NotFound
from shared.scope import within


class Partners:
    """The forms of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, form: PartnerForm) -> None:
        """Keep a new form; of two for one partner the database refuses the second."""
        self._session.add(form)

    def find(self, customer_id: UUID) -> PartnerForm | None:
        """The form of a partner, whoever asks; nobody else changes it until the commit."""
        query = select(PartnerForm).where(partner_forms.c.customer_id == customer_id)
        return self._session.scalars(query.with_for_update()).one_or_none()

    def get(self, customer_id: UUID, *, seen_from: str) -> PartnerForm:
        """As ``find``, where ``seen_from`` or a unit below it introduces him. Raises NotFound."""
        query = _introduced(customer_id, seen_from=seen_from).with_for_update()
        found = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such form.")
        return found

    def seen(self, customer_id: UUID, *, seen_from: str) -> PartnerForm | None:
        """As ``get``, for reading alone."""
        return self._session.scalars(_introduced(customer_id, seen_from=seen_from)).one_or_none()

    def admitted_below(self, unit: str) -> list[tuple[Customer, PartnerForm]]:
        """The partners who were admitted in ``unit`` or below and have not left since, each
        with his form."""
        has_left = and_(
            memberships.c.customer_id == partner_forms.c.customer_id,
            memberships.c.unit == partner_forms.c.unit,
            memberships.c.standing == Standing.EXITED,
        )
        query = (
            select(Customer, PartnerForm)
            .join(PartnerForm, partner_forms.c.customer_id == customers.c.id)
            .where(within(partner_forms.c.unit, unit), partner_forms.c.state.in_(IN))
            .where(~exists().where(has_left))
        )
        return [(one.Customer, one.PartnerForm) for one in self._session.execute(query)]

    def admitted(self, customer_id: UUID) -> bool:
        """Whether the partner was admitted."""
        query = select(partner_forms.c.id).where(
            partner_forms.c.customer_id == customer_id, partner_forms.c.state.in_(IN)
        )
        return self._session.scalars(query).first() is not None

    def is_taken(self, number: str, *, form_id: UUID) -> bool:
        """Whether another form lies in the archive under that number."""
        query = select(partner_forms.c.id).where(
            partner_forms.c.archive_number == number, partner_forms.c.id != form_id
        )
        return self._session.scalars(query).first() is not None


def _introduced(customer_id: UUID, *, seen_from: str) -> Select[PartnerForm]:
    return select(PartnerForm).where(
        partner_forms.c.customer_id == customer_id, within(partner_forms.c.unit, seen_from)
    )
