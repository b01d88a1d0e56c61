"""The benefits of partners as they are found."""

from uuid import UUID

from sqlalchemy import select

from customer.adapters.mapping import Benefit
from customer.adapters.registers import Register
from customer.adapters.tables import benefits
from customer.domain.benefit_states import LIVE, State


class Benefits(Register[Benefit]):
    """The benefits of one database session."""

    kind, table, called = Benefit, benefits, "benefit"

    def live(self, customer_id: UUID, *, unit: str) -> Benefit | None:
        """The one that is proposed or granted in ``unit``; there is one at most."""
        query = select(Benefit).where(
            benefits.c.customer_id == customer_id,
            benefits.c.org_unit == unit,
            benefits.c.state.in_(LIVE),
        )
        return self._session.scalars(query).one_or_none()

    def granted(self, customer_id: UUID) -> list[Benefit]:
        """Those that were granted and have not ended, whoever asks."""
        query = select(Benefit).where(
            benefits.c.customer_id == customer_id, benefits.c.state == State.GRANTED
        )
        return list(self._session.scalars(query.order_by(benefits.c.org_unit)))
