"""Decisions on entries over HTTP: from the report to the list, and the way back (AD-18, AD-20)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from marshmallow import Schema

from customer.adapters.mapping import BlacklistEntry
from customer.api.access import BLACKLIST_KEEPERS, BLACKLIST_LEADERS
from customer.api.blacklist_schemas import (
    ApproveReturnSchema,
    EntrySchema,
    GiveReasonSchema,
    NothingAskedSchema,
    OpenReturnSchema,
    ReviewReturnSchema,
    ShortenValiditySchema,
    VerifyReportSchema,
)
from customer.api.blacklist_views import seen_one
from customer.domain.staff import Role
from customer.use_cases import blacklist, blacklist_returns
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, tx

KEEPERS_OF_COMPANY = (Role.MARKETING_DIVISION,)


def blueprint() -> Blueprint:
    """What is decided about entries of blacklists."""
    blp = Blueprint("blacklist_decisions", __name__, description="Decisions on blacklists")
    for name, roles, schema, decide, said in DECISIONS:
        _route(blp, name, roles, schema, decide, said)
    return blp


def _route(
    blp: Blueprint,
    name: str,
    roles: tuple[Role, ...],
    schema: type[Schema],
    decide: Callable[..., BlacklistEntry],
    said: str,
) -> None:
    """One decision: each is about one entry that was made in the caller's unit or below."""

    def decision(asked: dict[str, Any], entry_id: UUID) -> dict[str, Any]:
        entry = tx().blacklist.kept(entry_id, unit=principal().unit)
        return seen_one(tx().session, decide(tx(), entry, **asked, officer=principal()))

    decision.__name__, decision.__doc__ = decide.__name__, said
    answered = blp.response(200, EntrySchema)(decision)
    guarded = allow(*roles)(command(blp.arguments(schema)(answered)))
    blp.post(f"/v1/blacklist/<uuid:entry_id>/{name}")(guarded)


DECISIONS: tuple[
    tuple[str, tuple[Role, ...], type[Schema], Callable[..., BlacklistEntry], str], ...
] = (
    (
        "verifications",
        KEEPERS_OF_COMPANY,
        VerifyReportSchema,
        blacklist.verify_report,
        "Verify a report; another person than the reporter does so.",
    ),
    (
        "listings",
        KEEPERS_OF_COMPANY,
        NothingAskedSchema,
        blacklist.list_for_company,
        "Put a customer who was reported and verified on the list of the company.",
    ),
    (
        "dismissals",
        KEEPERS_OF_COMPANY,
        GiveReasonSchema,
        blacklist.dismiss_report,
        "Drop a report.",
    ),
    (
        "shortenings",
        BLACKLIST_KEEPERS,
        ShortenValiditySchema,
        blacklist.shorten_validity,
        "Let the validity end earlier.",
    ),
    (
        "returns",
        BLACKLIST_KEEPERS,
        OpenReturnSchema,
        blacklist_returns.open_return,
        "Begin a return after the validity has ended.",
    ),
    (
        "return-reviews",
        BLACKLIST_KEEPERS,
        ReviewReturnSchema,
        blacklist_returns.review_return,
        "Say of each condition of admission whether it is met.",
    ),
    (
        "return-approvals",
        BLACKLIST_LEADERS,
        ApproveReturnSchema,
        blacklist_returns.approve_return,
        "Approve a return for the company or for the department; the second one lifts the entry.",
    ),
    (
        "return-refusals",
        BLACKLIST_LEADERS,
        GiveReasonSchema,
        blacklist_returns.refuse_return,
        "Keep the customer on the list.",
    ),
)
