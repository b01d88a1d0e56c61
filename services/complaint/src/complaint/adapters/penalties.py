"""Penalties as they are found, and what they add up to."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from complaint.adapters.mapping import Penalty
from complaint.adapters.tables import penalties
from complaint.domain.penalties import Breach
from complaint.domain.penalty_states import PenaltyState
from shared.rules import NotFound
from shared.scope import within


class Penalties:
    """The penalties of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, penalty: Penalty) -> None:
        """Keep a new penalty."""
        self._session.add(penalty)

    def get(self, penalty_id: UUID, *, unit: str) -> Penalty:
        """The penalty, as a manager of ``unit`` sees it. Raises NotFound."""
        return self._one(_seen_from(unit).where(penalties.c.id == penalty_id))

    def take(self, penalty_id: UUID, *, unit: str) -> Penalty:
        """As ``get``; nobody else changes the penalty until the commit."""
        return self._one(_seen_from(unit).where(penalties.c.id == penalty_id).with_for_update())

    def of_breach(self, breach: Breach) -> Penalty | None:
        """The one penalty that there can be for a breach (K-20)."""
        query = _of_act(breach).where(penalties.c.occurred_on == breach.occurred_on)
        return self._session.scalars(query.with_for_update()).one_or_none()

    def stands_for(self, breach: Breach, *, cause: str) -> bool:
        """Whether the person has a penalty, not withdrawn, for that act: for the same missed step
        or for another one on the same date."""
        same = (penalties.c.cause == cause) | (penalties.c.occurred_on == breach.occurred_on)
        kept = penalties.c.state != PenaltyState.WITHDRAWN
        return self._session.scalars(_of_act(breach).where(same, kept)).first() is not None

    def caused(self, about: str, *, cause: str) -> list[Penalty]:
        """Those of a missed step of a case."""
        query = select(Penalty).where(penalties.c.about == about, penalties.c.cause == cause)
        return list(self._session.scalars(query.order_by(penalties.c.id).with_for_update()))

    def confirmed_in(self, month: str, *, below: str) -> list[Penalty]:
        """Those of the month, at ``below`` and under it, that were confirmed and not posted."""
        query = _seen_from(below).where(
            penalties.c.month == month, penalties.c.state == PenaltyState.CONFIRMED
        )
        return list(self._session.scalars(query.order_by(penalties.c.id).with_for_update()))

    def listed(
        self,
        *,
        unit: str | None = None,
        person_id: UUID | None = None,
        state: PenaltyState | None = None,
        month: str | None = None,
    ) -> Select[Penalty]:
        """The query of those at ``unit`` and below (None: anywhere), narrowed by what is given."""
        query = _seen_from(unit) if unit else select(Penalty)
        wanted = {"person_id": person_id, "state": state, "month": month}
        given = (penalties.c[name] == one for name, one in wanted.items() if one is not None)
        return query.where(*given)

    def _one(self, query: Select[Penalty]) -> Penalty:
        found = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such penalty.")
        return found


LEDGER_KEY = (penalties.c.person_id, penalties.c.rule)


def ledger(month: str, *, unit: str) -> Select[Any]:
    """What was posted in a month at ``unit`` and below, by person and rule (RP-15)."""
    return _posted(month, unit=unit).add_columns(*LEDGER_KEY).group_by(*LEDGER_KEY)


def total(session: Session, month: str, *, unit: str) -> Any:
    """How many were posted in that month in all, and what they add up to."""
    return session.execute(_posted(month, unit=unit)).one()


def _posted(month: str, *, unit: str) -> Select[Any]:
    of = penalties.c
    amount = func.coalesce(func.sum(of.amount), Decimal(0))
    counted = select(func.count().label("count"), amount.label("amount"))
    return counted.where(
        within(of.org_unit, unit), of.month == month, of.state == PenaltyState.POSTED
    )


def _of_act(breach: Breach) -> Select[Penalty]:
    of = penalties.c
    return select(Penalty).where(
        of.about == breach.about,
        of.rule == breach.rule,
        of.code == breach.code,
        of.person_id == breach.person_id,
    )


def _seen_from(unit: str) -> Select[Penalty]:
    return select(Penalty).where(within(penalties.c.org_unit, unit))
