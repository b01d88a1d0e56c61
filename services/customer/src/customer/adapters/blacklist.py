"""Entries of blacklists: who is barred, and who may see it."""

from uuid import UUID

from sqlalchemy import Select, and_, literal, or_, select
from sqlalchemy.orm import Session

from customer.adapters.mapping import BlacklistEntry, BlacklistFiling, BlacklistReturn
from customer.adapters.registers import Register
from customer.adapters.tables import blacklist_entries as entries
from customer.adapters.tables import blacklist_filings, blacklist_returns, customers
from customer.domain.blacklist_rules import Scope
from customer.domain.blacklist_states import BARRING, LIVE, State
from shared.org_units import chain
from shared.rules import NotFound, UnitUnknown
from shared.scope import within


class Blacklist:
    """The entries and returns of one database session."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entry: BlacklistEntry) -> None:
        """Keep a new entry; of two for one list the database refuses the second."""
        self._session.add(entry)
        self._session.flush()

    def barring(self, customer_id: UUID, *, unit: str) -> BlacklistEntry | None:
        """The entry that bars ``unit`` from dealing with the customer, that of the company first;
        None when there is none (AD-16). A department's entry bars the units below it as well.

        Raises UnitUnknown.
        """
        units = chain(self._session, unit)
        bars = or_(entries.c.scope == Scope.COMPANY, entries.c.org_unit.in_(units))
        query = select(BlacklistEntry).where(
            entries.c.customer_id == customer_id, entries.c.state.in_(BARRING), bars
        )
        return self._session.scalars(query.order_by(entries.c.scope, entries.c.id)).first()

    def hold(self, customer_id: UUID) -> None:
        """Let nobody list the customer, or begin a dealing with him, before our commit."""
        own = select(customers.c.id).where(customers.c.id == customer_id)
        self._session.execute(own.with_for_update())

    def live(self, customer_id: UUID, *, scope: Scope, unit: str) -> BlacklistEntry | None:
        """The entry of that list that is reported or bars: of a department that of ``unit``."""
        query = select(BlacklistEntry).where(
            entries.c.customer_id == customer_id,
            entries.c.scope == scope,
            entries.c.state.in_(LIVE),
        )
        if scope is Scope.DEPARTMENT:
            query = query.where(entries.c.org_unit == unit)
        return self._session.scalars(query).one_or_none()

    def known(self, entry_id: UUID) -> BlacklistEntry:
        """The entry that a timer is about, locked. Raises NoResultFound."""
        return self._session.get_one(BlacklistEntry, entry_id, with_for_update=True)

    def kept(self, entry_id: UUID, *, unit: str) -> BlacklistEntry:
        """An entry that was made in ``unit`` or below, locked. Raises NotFound."""
        query = select(BlacklistEntry).where(
            entries.c.id == entry_id, within(entries.c.org_unit, unit)
        )
        return self._one(query.with_for_update())

    def get(self, entry_id: UUID, *, unit: str) -> BlacklistEntry:
        """An entry that a person of ``unit`` may know of. Raises NotFound."""
        return self._one(self.shared_with(unit).where(entries.c.id == entry_id))

    def shared_with(self, unit: str) -> Select[BlacklistEntry]:
        """The query of all that a person of ``unit`` may know of (S4): what was made there and
        below; of other entries what bars him, that is those of the departments above, and those of
        the company."""
        above = self._above(unit)
        # Whoever is of no unit of the company is shown none of its lists.
        company = and_(entries.c.scope == Scope.COMPANY, literal(bool(above)))
        bars = or_(company, entries.c.org_unit.in_(above))
        return select(BlacklistEntry).where(
            or_(within(entries.c.org_unit, unit), and_(entries.c.state.in_(BARRING), bars))
        )

    def listed(
        self, *, unit: str, scope: Scope | None = None, state: State | None = None
    ) -> Select[BlacklistEntry]:
        """Of what a person of ``unit`` may know of, what fits."""
        query = self.shared_with(unit)
        if scope is not None:
            query = query.where(entries.c.scope == scope)
        if state is not None:
            query = query.where(entries.c.state == state)
        return query

    def names(self, entries_: list[BlacklistEntry]) -> dict[UUID, tuple[str, str]]:
        """Name and kind of the customers of these entries, by id."""
        wanted = {entry.customer_id for entry in entries_}
        query = select(customers.c.id, customers.c.name, customers.c.kind)
        rows = self._session.execute(query.where(customers.c.id.in_(wanted)))
        return {row.id: (row.name, row.kind) for row in rows}

    def on_list(self, scope: Scope, *, unit: str) -> list[UUID]:
        """The ids of the entries that bar: of the company, or of a department and below it."""
        query = select(entries.c.id).where(
            entries.c.scope == scope, entries.c.state.in_(BARRING), within(entries.c.org_unit, unit)
        )
        return list(self._session.scalars(query.order_by(entries.c.id)))

    def add_return(self, made: BlacklistReturn) -> None:
        """Keep a new attempt to come back."""
        self._session.add(made)

    def open_return(self, entry_id: UUID) -> BlacklistReturn | None:
        """The attempt to come back that is under way; the entry is locked before."""
        query = select(BlacklistReturn).where(
            blacklist_returns.c.entry_id == entry_id, blacklist_returns.c.ended_at.is_(None)
        )
        return self._session.scalars(query).one_or_none()

    def _above(self, unit: str) -> list[str]:
        try:
            return chain(self._session, unit)
        except UnitUnknown:
            return []

    def _one(self, query: Select[BlacklistEntry]) -> BlacklistEntry:
        found = self._session.scalars(query).one_or_none()
        if found is None:
            raise NotFound("There is no such entry.")
        return found


class BlacklistFilings(Register[BlacklistFiling]):
    """The filings of one database session."""

    kind, table, called = BlacklistFiling, blacklist_filings, "filing"
