"""What is declared of customers for their grades, and what they broke."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session

from customer.adapters.mapping import Scorecard
from customer.adapters.tables import breaches, grading_facts, scorecards
from customer.domain.grade_criteria import Breach, Facts
from shared.outbox import upsert


class GradingFacts:
    """The facts on grades of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, customer_id: UUID) -> Facts:
        """What is known of a customer, but for what his file holds."""
        query = select(grading_facts).where(grading_facts.c.customer_id == customer_id)
        row = self._session.execute(query).first()
        count = select(func.count()).select_from(breaches)
        broken = self._session.scalar(count.where(breaches.c.customer_id == customer_id)) or 0
        if row is None:
            return Facts(breaches=broken)
        return Facts(
            hospital_level=row.hospital_level,
            beds=row.beds,
            specialised=row.specialised,
            declared=frozenset(row.declared),
            breaches=broken,
        )

    def put(self, customer_id: UUID, *, now: datetime, by: str, **told: Any) -> None:
        """Replace what is declared of a customer."""
        values = {**told, "recorded_at": now, "recorded_by": by}
        statement = upsert(self._session.get_bind().dialect)(grading_facts)
        statement = statement.values(customer_id=customer_id, **values)
        self._session.execute(
            statement.on_conflict_do_update(index_elements=["customer_id"], set_=values)
        )

    def add_breach(self, breach: Breach, *, evidence: str, now: datetime, by: str) -> None:
        """Keep a record of a breach."""
        row = {name: getattr(breach, name) for name in BREACH}
        more = {"evidence": evidence, "recorded_at": now, "recorded_by": by}
        self._session.execute(insert(breaches).values({**row, **more}))

    def breaches(self, customer_id: UUID) -> Select[tuple[object, ...]]:
        """The query of what a customer broke."""
        names = (*BREACH, "evidence", "recorded_at", "recorded_by")
        query = select(*(breaches.c[name] for name in names))
        return query.where(breaches.c.customer_id == customer_id)


class Scorecards:
    """The scorecards of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, card: Scorecard) -> None:
        """Keep a new scorecard."""
        self._session.add(card)

    def listed(self, unit: str) -> Select[Scorecard]:
        """The query of the scorecards of one unit itself."""
        return select(Scorecard).where(scorecards.c.unit == unit)

    def in_force(self, *, units: list[str], scheme: str, product: str, on: Any) -> Scorecard | None:
        """The scorecard that holds: that of the nearest of ``units``, there rather of the product
        than of all, of those the latest."""
        query = select(Scorecard).where(
            scorecards.c.unit.in_(units),
            scorecards.c.scheme == scheme,
            scorecards.c.product.in_(["", product]),
            scorecards.c.effective_from <= on,
        )
        found = list(self._session.scalars(query))
        return min(
            found,
            key=lambda card: (
                units.index(card.unit),
                card.product != product,
                -card.effective_from.toordinal(),
                -card.created_at.timestamp(),
            ),
            default=None,
        )


BREACH = ("id", "customer_id", "unit", "kind", "occurred_on")
