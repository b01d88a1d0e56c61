"""The history of a customer as the caller may see it."""

from collections.abc import Mapping
from typing import Any

from customer.adapters.mapping import Customer
from customer.adapters.timelines import seen_by
from customer.api.grade_schemas import is_customer
from shared.web.auth import principal
from shared.web.commands import session
from shared.web.timeline import timeline_page


def customer_timeline(customer: Customer, args: Mapping[str, Any]) -> dict[str, Any]:
    """One page of the history of a customer whom the caller sees; ``args`` as in PageArgs."""
    only = seen_by(session(), principal(), open_only=is_customer())
    return timeline_page(session(), f"customer/{customer.id}", args, only=only)
