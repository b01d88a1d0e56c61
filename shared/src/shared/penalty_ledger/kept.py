"""Penalties as they are found, and what they add up to."""

from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Select, func, inspect, select
from sqlalchemy.orm import Session

from shared.penalties import Breach, Penalty, PenaltyState
from shared.rules import NotFound
from shared.scope import within

Kept = TypeVar("Kept", bound=Penalty)


class Penalties(Generic[Kept]):
    """The penalties of one database session; ``kind`` is how the service maps them.

    ``key`` tells penalties apart, ``ledger_key`` the lines of a ledger: by person and rule.
    """

    def __init__(self, session: Session, kind: type[Kept]) -> None:
        self._session = session
        self.kind = kind
        self._of = inspect(kind).local_table.c
        self.key = (self._of.id,)
        self.ledger_key = (self._of.person_id, self._of.rule)

    def add(self, penalty: Kept) -> None:
        """Keep a new penalty."""
        self._session.add(penalty)

    def get(self, penalty_id: UUID, *, unit: str) -> Kept:
        """The penalty, as a manager of ``unit`` sees it. Raises NotFound."""
        return self._one(self._seen_from(unit).where(self._of.id == penalty_id))

    def take(self, penalty_id: UUID, *, unit: str) -> Kept:
        """As ``get``; nobody else changes the penalty until the commit."""
        query = self._seen_from(unit).where(self._of.id == penalty_id)
        return self._one(query.with_for_update())

    def of_breach(self, breach: Breach) -> Kept | None:
        """The one penalty that there can be for a breach (K-20)."""
        query = self._of_act(breach).where(self._of.occurred_on == breach.occurred_on)
        return self._session.scalars(query.with_for_update()).one_or_none()

    def stands_for(self, breach: Breach, *, cause: str) -> bool:
        """Whether the person has a penalty, not withdrawn, for that act: for the same missed step
        or for another one on the same date."""
        same = (self._of.cause == cause) | (self._of.occurred_on == breach.occurred_on)
        kept = self._of.state != PenaltyState.WITHDRAWN
        return self._session.scalars(self._of_act(breach).where(same, kept)).first() is not None

    def caused(self, about: str, *, cause: str) -> list[Kept]:
        """Those of a missed step."""
        query = select(self.kind).where(self._of.about == about, self._of.cause == cause)
        return list(self._session.scalars(query.order_by(self._of.id).with_for_update()))

    def confirmed_in(self, month: str, *, below: str) -> list[Kept]:
        """Those of the month, at ``below`` and under it, that were confirmed and not posted."""
        query = self._seen_from(below).where(
            self._of.month == month, self._of.state == PenaltyState.CONFIRMED
        )
        return list(self._session.scalars(query.order_by(self._of.id).with_for_update()))

    def listed(
        self,
        *,
        unit: str | None = None,
        person_id: UUID | None = None,
        state: PenaltyState | None = None,
        month: str | None = None,
    ) -> Select[Kept]:
        """The query of those at ``unit`` and below (None: anywhere), narrowed by what is given."""
        query = self._seen_from(unit) if unit else select(self.kind)
        wanted = {"person_id": person_id, "state": state, "month": month}
        narrowed = (self._of[name] == one for name, one in wanted.items() if one is not None)
        return query.where(*narrowed)

    def ledger(self, month: str, *, unit: str) -> Select[*tuple[Any, ...]]:
        """What was posted in a month at ``unit`` and below, by person and rule (RP-15)."""
        lines = self._posted(month, unit=unit)
        return lines.add_columns(*self.ledger_key).group_by(*self.ledger_key)

    def total(self, month: str, *, unit: str) -> Any:
        """How many were posted in that month in all, and what they add up to."""
        return self._session.execute(self._posted(month, unit=unit)).one()

    def _posted(self, month: str, *, unit: str) -> Select[*tuple[Any, ...]]:
        of = self._of
        amount = func.coalesce(func.sum(of.amount), Decimal(0))
        posted: Select[*tuple[Any, ...]] = select(
            func.count().label("count"), amount.label("amount")
        ).where(within(of.org_unit, unit), of.month == month, of.state == PenaltyState.POSTED)
        return posted

    def _of_act(self, breach: Breach) -> Select[Kept]:
        of = self._of
        return select(self.kind).where(
            of.about == breach.about,
            of.rule == breach.rule,
            of.code == breach.code,
            of.person_id == breach.person_id,
        )

    def _seen_from(self, unit: str) -> Select[Kept]:
        return select(self.kind).where(within(self._of.org_unit, unit))

    def _one(self, query: Select[Kept]) -> Kept:
        found = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such penalty.")
        return found
