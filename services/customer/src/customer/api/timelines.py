"""The history of a customer as the caller may see it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement

from customer.adapters.mapping import Customer
from customer.adapters.timelines import seen_by
from customer.api.grade_schemas import is_customer
from shared.transaction import latest
from shared.web.auth import principal
from shared.web.commands import session
from shared.web.timeline import timeline_page, timeline_view


def customer_timeline(customer: Customer, args: Mapping[str, Any]) -> dict[str, Any]:
    """One page of the history of a customer whom the caller sees; ``args`` as in PageArgs."""
    return timeline_page(session(), f"customer/{customer.id}", args, only=_only())


def customer_latest(customer: Customer, limit: int) -> list[dict[str, Any]]:
    """What happened last to a customer whom the caller sees, the newest first."""
    return timeline_view(latest(session(), f"customer/{customer.id}", limit=limit, only=_only()))


def _only() -> list[ColumnElement[bool]]:
    return seen_by(session(), principal(), open_only=is_customer())
