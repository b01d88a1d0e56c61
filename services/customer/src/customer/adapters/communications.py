"""Communications as they are found."""

from customer.adapters.mapping import Communication
from customer.adapters.registers import Register
from customer.adapters.tables import communications


class Communications(Register[Communication]):
    """The communications of one database session."""

    kind, table, called = Communication, communications, "communication"
