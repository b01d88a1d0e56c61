"""Invitations over HTTP: invite to a visit, answer, list. Gatherings invite as they are drafted."""

from typing import Any
from uuid import UUID

from customer.adapters.invitations import Invitations
from customer.adapters.mapping import Invitation
from customer.adapters.tables import invitations
from customer.api.access import TALK_READERS, TALKERS, VISITORS
from customer.api.invitation_schemas import (
    AnswerInvitationSchema,
    InvitationArgs,
    InvitationSchema,
    InviteSchema,
)
from customer.api.versions import shown
from customer.use_cases import invitations as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import page
from shared.web.schemas import page_schema


def blueprint() -> Blueprint:
    """Who is invited to what."""
    blp = Blueprint("invitations", __name__, description="Invitations of units")
    _commands(blp)
    _queries(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post("/v1/visits/<uuid:visit_id>/invitations")
    @allow(*VISITORS)
    @command
    @blp.arguments(InviteSchema)
    @blp.response(201, InvitationSchema)
    def invite_to_visit(asked: dict[str, Any], visit_id: UUID) -> Invitation:
        """Invite a unit to a visit that is still to be made (VS-11)."""
        visit = tx().visits.get(visit_id, caller=principal())
        return shown(use_cases.invite_to_visit(tx(), visit, **asked, caller=principal()))

    @blp.post("/v1/invitations/<uuid:invitation_id>/answers")
    @allow(*TALKERS)
    @command
    @blp.arguments(AnswerInvitationSchema)
    @blp.response(200, InvitationSchema)
    def answer_invitation(asked: dict[str, Any], invitation_id: UUID) -> Invitation:
        """Say for the invited unit whether it joins."""
        one = tx().invitations.to_change(invitation_id, unit=principal().unit)
        return shown(use_cases.answer_invitation(tx(), one, **asked, caller=principal()))


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/invitations")
    @allow(*TALK_READERS)
    @query
    @blp.arguments(InvitationArgs, location="query")
    @blp.response(200, page_schema(InvitationSchema))
    def list_invitations(args: dict[str, Any]) -> dict[str, Any]:
        """What the caller's units sent and received, by day."""
        wanted = {name: args[name] for name in ("meeting", "meeting_id")}
        seen = Invitations(session()).listed(unit=principal().unit, **wanted)
        key = [invitations.c.takes_place_on, invitations.c.id]
        return page(seen, key=key, args=args, session=session())
