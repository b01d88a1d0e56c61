"""One business transaction of dispatch: its repositories, and the policy that holds in it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from dispatch.adapters.barred_customers import BarredCustomers
from dispatch.adapters.book_movements import BookMovements
from dispatch.adapters.books import Books
from dispatch.adapters.breaches import Breaches
from dispatch.adapters.command_queues import CommandQueues
from dispatch.adapters.complaints import Complaints
from dispatch.adapters.daily_checks import DailyChecks
from dispatch.adapters.departures import Departures
from dispatch.adapters.handovers import Handovers
from dispatch.adapters.order_changes import OrderChanges
from dispatch.adapters.penalties import penalties_in
from dispatch.adapters.people import People
from dispatch.adapters.prints import Prints
from dispatch.adapters.priorities import Priorities
from dispatch.adapters.proofs import Proofs
from dispatch.adapters.queued_commands import QueuedCommands
from dispatch.adapters.receivers import Receivers
from dispatch.adapters.shifts import Shifts
from dispatch.adapters.sign_offs import SignOffLinks
from dispatch.adapters.units import Units, calendar_in_force
from dispatch.adapters.work_orders import WorkOrders
from dispatch.adapters.work_queue import WorkQueue
from dispatch.domain.penalties import Penalty
from shared.penalty_ledger import Penalties
from shared.policy import Pack, Policies, Rulebook
from shared.rules import Because, Ruling, given
from shared.transaction import Transaction
from shared.working_time import Calendar


@dataclass
class DispatchTransaction(Transaction):
    """``rulebook`` is what the service knows of policy; main.py makes it once. ``public_url`` is
    where the phones of clients reach the service."""

    rulebook: Rulebook = field(kw_only=True)
    public_url: str = field(kw_only=True, default="")

    def __post_init__(self) -> None:
        self.order_changes.act(by=self.origin.actor, at=self.now)

    @cached_property
    def units(self) -> Units:
        return Units(self.session)

    @cached_property
    def people(self) -> People:
        return People(self.session)

    @cached_property
    def departures(self) -> Departures:
        return Departures(self.session)

    @cached_property
    def shifts(self) -> Shifts:
        return Shifts(self.session)

    @cached_property
    def work_orders(self) -> WorkOrders:
        return WorkOrders(self.session)

    @cached_property
    def sign_off_links(self) -> SignOffLinks:
        return SignOffLinks(self.session)

    @cached_property
    def order_changes(self) -> OrderChanges:
        return OrderChanges(self.session)

    @cached_property
    def command_queues(self) -> CommandQueues:
        return CommandQueues(self.session)

    @cached_property
    def queued_commands(self) -> QueuedCommands:
        return QueuedCommands(self.session)

    @cached_property
    def proofs(self) -> Proofs:
        return Proofs(self.session)

    @cached_property
    def books(self) -> Books:
        return Books(self.session)

    @cached_property
    def book_movements(self) -> BookMovements:
        return BookMovements(self.session)

    @cached_property
    def breaches(self) -> Breaches:
        return Breaches(self.session)

    @cached_property
    def penalties(self) -> Penalties[Penalty]:
        return penalties_in(self.session)

    @cached_property
    def daily_checks(self) -> DailyChecks:
        return DailyChecks(self.session)

    @cached_property
    def handovers(self) -> Handovers:
        return Handovers(self.session)

    @cached_property
    def barred_customers(self) -> BarredCustomers:
        return BarredCustomers(self.session)

    @cached_property
    def complaints(self) -> Complaints:
        return Complaints(self.session)

    @cached_property
    def prints(self) -> Prints:
        return Prints(self.session)

    @cached_property
    def priorities(self) -> Priorities:
        return Priorities(self.session)

    @cached_property
    def queue(self) -> WorkQueue:
        return WorkQueue(self.session)

    @cached_property
    def receivers(self) -> Receivers:
        return Receivers(self.session)

    @cached_property
    def policies(self) -> Policies:
        return Policies(self.rulebook, self.session)

    def ruling(self, section: str, *, unit: str, **facts: object) -> Ruling[Any]:
        """What a section says for ``unit`` today. Raises UnitUnknown, PolicyMissing."""
        return self.policies.ruling(section, unit=unit, on=self._today(unit), **facts)

    def rulings(self, section: str, *, unit: str, **facts: object) -> list[Ruling[Any]]:
        """All that a section says for ``unit`` today. Raises UnitUnknown, PolicyMissing."""
        return self.policies.rulings(section, unit=unit, on=self._today(unit), **facts)

    def pack_of(self, because: Because, *, unit: str) -> Pack:
        """The pack that decided something for ``unit`` today. Raises Impossible for any other."""
        packs = self.policies.packs(unit=unit, on=self._today(unit))
        found = next((one for one in packs if one.pack == because.pack), None)
        return given(found, "a pack that decides today is in force today.")

    def calendar(self, unit: str) -> Calendar:
        """The calendar of ``unit``; that of plain time in UTC where none was given."""
        return calendar_in_force(self.session, unit)

    def day_of(self, unit: str, at: datetime) -> date:
        """The local date of ``at`` where the unit is; that of UTC where no calendar tells a zone.
        Raises UnitUnknown."""
        return at.astimezone(ZoneInfo(self.calendar(unit).zone)).date()

    def _today(self, unit: str) -> date:
        return self.day_of(unit, self.now)
