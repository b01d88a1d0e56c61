"""One business transaction of dispatch: its repositories, and the policy that holds in it."""

from dataclasses import dataclass, field
from datetime import UTC, date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from dispatch.adapters.barred_customers import BarredCustomers
from dispatch.adapters.complaints import Complaints
from dispatch.adapters.people import People
from dispatch.adapters.priorities import Priorities
from dispatch.adapters.units import Units
from dispatch.adapters.work_orders import WorkOrders
from shared.org_units import CalendarMissing, calendar_of
from shared.policy import Policies, Rulebook
from shared.rules import Ruling
from shared.transaction import Transaction


@dataclass
class DispatchTransaction(Transaction):
    """``rulebook`` is what the service knows of policy; main.py makes it once."""

    rulebook: Rulebook = field(kw_only=True)

    @cached_property
    def units(self) -> Units:
        return Units(self.session)

    @cached_property
    def people(self) -> People:
        return People(self.session)

    @cached_property
    def work_orders(self) -> WorkOrders:
        return WorkOrders(self.session)

    @cached_property
    def barred_customers(self) -> BarredCustomers:
        return BarredCustomers(self.session)

    @cached_property
    def complaints(self) -> Complaints:
        return Complaints(self.session)

    @cached_property
    def priorities(self) -> Priorities:
        return Priorities(self.session)

    @cached_property
    def policies(self) -> Policies:
        return Policies(self.rulebook, self.session)

    def ruling(self, section: str, *, unit: str) -> Ruling[Any]:
        """What a section says for ``unit`` today. Raises UnitUnknown, PolicyMissing."""
        return self.policies.ruling(section, unit=unit, on=self._today(unit))

    def _today(self, unit: str) -> date:
        """The local date of the unit; that of UTC where no calendar tells a zone."""
        try:
            zone = ZoneInfo(calendar_of(self.session, unit).zone)
        except CalendarMissing:
            return self.now.astimezone(UTC).date()
        return self.now.astimezone(zone).date()
