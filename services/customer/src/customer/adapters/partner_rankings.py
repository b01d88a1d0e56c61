"""The rankings of partners as they are found."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, delete, insert, select
from sqlalchemy.orm import Session

from customer.adapters.tables import partner_rankings
from customer.domain.partner_rankings import Place
from shared.rules import Because
from shared.tables import org_units


class PartnerRankings:
    """The rankings of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def replace(
        self,
        places: Iterable[Place],
        *,
        unit: str,
        year: int,
        because: Because,
        now: datetime,
        by: str,
    ) -> None:
        """Keep the ranking of a unit and year instead of the one before. Nobody else ranks the unit
        until the commit."""
        self._session.execute(select(org_units).where(org_units.c.unit == unit).with_for_update())
        made = {"unit": unit, "year": year, "because": because, "ranked_at": now, "ranked_by": by}
        rows = [{**made, **_columns(one)} for one in places]
        of = partner_rankings.c
        self._session.execute(delete(partner_rankings).where(of.unit == unit, of.year == year))
        if rows:
            self._session.execute(insert(partner_rankings), rows)

    def listed(self, *, unit: str, year: int) -> Select[Any]:
        """The query of a ranking."""
        of = partner_rankings.c
        return select(*of).where(of.unit == unit, of.year == year)

    def place(self, customer_id: UUID, *, unit: str, year: int) -> Row[Any] | None:
        """The place of one partner."""
        query = self.listed(unit=unit, year=year)
        found = query.where(partner_rankings.c.customer_id == customer_id)
        return self._session.execute(found).one_or_none()

    def exists(self, *, unit: str, year: int) -> bool:
        """Whether the partners of a unit were ranked for that year."""
        query = self.listed(unit=unit, year=year).limit(1)
        return self._session.execute(query).first() is not None


def _columns(place: Place) -> dict[str, Any]:
    papers = place.papers
    return {
        "customer_id": papers.customer_id,
        "form_percent": papers.form_percent,
        "file_percent": papers.file_percent,
        "score": place.score,
        "rank": place.rank,
        "tied": place.tied,
        "on_top": place.on_top,
    }
