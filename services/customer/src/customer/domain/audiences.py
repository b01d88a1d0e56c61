"""Whom an event names because he has to be told of it; the packs say who that is."""

from dataclasses import dataclass

EVENTS = (
    "changed",
    "document_expired",
    "document_expiring",
    "downgrade_due",
    "downgrade_overdue",
    "evaluation_due",
    "evaluation_overdue",
    "need_recorded",
    "need_unanswered",
)


@dataclass(frozen=True, kw_only=True)
class Audience:
    """``nearest`` are roles of which whoever is nearest to the unit is told, ``everywhere`` those
    of which everybody is; ``owner`` adds whoever cares for the customer."""

    nearest: tuple[str, ...] = ()
    everywhere: tuple[str, ...] = ()
    owner: bool = False
