"""An entry as the caller may know it (S4)."""

from typing import Any

from sqlalchemy.orm import Session

from customer.adapters.blacklist import Blacklist
from customer.adapters.mapping import BlacklistEntry
from customer.api.access import BLACKLIST_REASON_READERS
from customer.domain.kinds import Kind
from shared import masking
from shared.scope import visible_units
from shared.web.auth import principal


def seen(session: Session, found: list[BlacklistEntry]) -> list[dict[str, Any]]:
    """The entries in their order; the reason in words only where the caller's unit or one below it
    made them and his role may know it."""
    names = Blacklist(session).names(found)
    known: frozenset[str] = frozenset(session.scalars(visible_units(principal().unit)))
    trusted = not principal().roles.isdisjoint(BLACKLIST_REASON_READERS)
    return [
        {
            "entry_id": entry.id,
            "customer_id": entry.customer_id,
            "customer_name": _name(*names[entry.customer_id]),
            "scope": entry.scope,
            "org_unit": entry.org_unit,
            "state": entry.state,
            "reason_code": entry.reason_code,
            "listed_at": entry.listed_at,
            "valid_until": entry.valid_until,
            "details": entry if trusted and entry.org_unit in known else None,
        }
        for entry in found
    ]


def seen_one(session: Session, entry: BlacklistEntry) -> dict[str, Any]:
    """One entry as the caller may know it, after the changes of this request."""
    session.flush()
    return seen(session, [entry])[0]


def _name(name: str, kind: str) -> str:
    return masking.name(name) if kind == Kind.CONSUMER else name
