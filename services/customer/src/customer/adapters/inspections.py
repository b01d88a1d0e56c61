"""Joint inspections as they are found: where partners are introduced, and by who is invited."""

from typing import Any

from sqlalchemy import Select, or_, select

from customer.adapters.mapping import Inspection
from customer.adapters.registers import Register
from customer.adapters.tables import inspection_units, inspections
from shared.scope import within


class Inspections(Register[Inspection]):
    """The joint inspections of one database session."""

    kind, table, called = Inspection, inspections, "inspection"

    def seen_from(self, unit: str) -> Select[Any]:
        """Those of partners whom ``unit`` or a unit below introduced, and those to which one of
        these units is invited."""
        invited = select(inspection_units.c.inspection_id).where(
            within(inspection_units.c.unit, unit)
        )
        here = within(inspections.c.org_unit, unit)
        return select(Inspection).where(or_(here, inspections.c.id.in_(invited)))
