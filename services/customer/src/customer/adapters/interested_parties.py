"""Interested parties as they are found."""

from customer.adapters.mapping import InterestedParty
from customer.adapters.registers import Register
from customer.adapters.tables import interested_parties


class InterestedParties(Register[InterestedParty]):
    """The interested parties of one database session."""

    kind, table, called = InterestedParty, interested_parties, "interested party"
