"""Shipment holds as they are found."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from complaint.adapters.department_work import DepartmentWork
from complaint.adapters.mapping import ShipmentHold
from complaint.adapters.tables import shipment_holds as table
from complaint.domain.shipment_holds import STANDING


class ShipmentHolds(DepartmentWork[ShipmentHold]):
    """The shipment holds of one database session."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, select(ShipmentHold), table, unit=table.c.org_unit)

    def standing(self, case_id: UUID) -> list[ShipmentHold]:
        """Those of a problem that stand."""
        query = select(ShipmentHold).where(
            table.c.case_id == case_id, table.c.state.in_(sorted(STANDING))
        )
        return list(self._session.scalars(query.order_by(table.c.id)))


def on_goods(
    query: Select[Any], *, product: str | None, batch: str | None, standing: bool | None
) -> Select[Any]:
    """The query narrowed to what keeps those goods from being shipped: a hold of the batch, or of
    the whole product."""
    if product is not None:
        query = query.where(table.c.product == product)
    if batch is not None:
        query = query.where((table.c.batch == batch) | table.c.batch.is_(None))
    if standing is not None:
        stands = table.c.state.in_(sorted(STANDING))
        query = query.where(stands if standing else ~stands)
    return query
