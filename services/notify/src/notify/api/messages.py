"""The ledger over HTTP. Words are hidden; to see them takes a reason (S32)."""

from typing import Any
from uuid import UUID

from notify.adapters.message_table import messages
from notify.adapters.messages import Messages
from notify.api.access import READERS, REVEALERS, WITHDRAWERS
from notify.api.message_schemas import (
    MessagesArgs,
    MessageSchema,
    RevealedMessageSchema,
    RevealSchema,
    WithdrawalSchema,
    filters,
)
from notify.domain.messages import Message
from notify.use_cases.messages import reveal_message, withdraw_message
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, revealing, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema
from shared.web.timeline import TimelinePageSchema, timeline_page


def blueprint() -> Blueprint:
    """Messages: list, show, timeline, reveal, withdraw."""
    blp = Blueprint(
        "messages", __name__, description="What was said to whom, and what became of it"
    )
    _lists(blp)
    _one(blp)
    _reveals(blp)
    _withdrawals(blp)
    return blp


def _lists(blp: Blueprint) -> None:
    @blp.get("/v1/messages")
    @allow(*READERS)
    @query
    @blp.arguments(MessagesArgs, location="query")
    @blp.response(200, page_schema(MessageSchema))
    def list_messages(args: dict[str, Any]) -> dict[str, Any]:
        """The messages of the caller's unit and of those below it, newest first."""
        seen = Messages(session()).seen(principal().unit).where(*filters(args))
        return page(seen, key=[messages.c.id], args=args, session=session(), descending=True)


def _one(blp: Blueprint) -> None:
    @blp.get("/v1/messages/<uuid:message_id>")
    @allow(*READERS)
    @query
    @blp.response(200, MessageSchema)
    def get_message(message_id: UUID) -> Message:
        """One message."""
        return Messages(session()).get(message_id, seen_from=principal().unit)

    @blp.get("/v1/messages/<uuid:message_id>/timeline")
    @allow(*READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, TimelinePageSchema)
    def get_message_timeline(args: dict[str, Any], message_id: UUID) -> dict[str, Any]:
        """Everything that happened to a message, oldest first."""
        found = Messages(session()).get(message_id, seen_from=principal().unit)
        return timeline_page(session(), found.key, args)


def _reveals(blp: Blueprint) -> None:
    @blp.post("/v1/messages/<uuid:message_id>/reveals")
    @allow(*REVEALERS)
    @command
    @blp.arguments(RevealSchema)
    @blp.response(200, RevealedMessageSchema)
    @revealing
    def reveal_words(asked: dict[str, Any], message_id: UUID) -> Message:
        """Show the words of a message; the audit log keeps who asked and why."""
        found = tx().messages.get(message_id, seen_from=principal().unit)
        return reveal_message(tx(), found, reason=asked["reason"])


def _withdrawals(blp: Blueprint) -> None:
    @blp.post("/v1/messages/<uuid:message_id>/withdrawals")
    @allow(*WITHDRAWERS)
    @command
    @blp.arguments(WithdrawalSchema)
    @blp.response(200, MessageSchema)
    def withdraw(asked: dict[str, Any], message_id: UUID) -> Message:
        """Take back a message that no channel has in hand; the audit log keeps who and why."""
        found = tx().messages.get(message_id, seen_from=principal().unit)
        return withdraw_message(tx(), tx().messages.locked(found.id), reason=asked["reason"])
