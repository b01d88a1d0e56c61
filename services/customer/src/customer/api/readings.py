"""What a query needs of a transaction: policies and the day. It only reads; nothing is written."""

from collections.abc import Callable

from customer.adapters.transaction import CustomerTransaction
from shared.policy import Rulebook
from shared.web.commands import session
from shared.web.kit import kit

Looking = Callable[[], CustomerTransaction]


def looking(rulebook: Rulebook) -> Looking:
    """Make what gives the running query its transaction, on the session that only reads."""

    def look() -> CustomerTransaction:
        return CustomerTransaction(session(), "customer", kit().clock.now(), rulebook=rulebook)

    return look
