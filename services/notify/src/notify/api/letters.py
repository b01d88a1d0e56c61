"""Letters and cards over HTTP: what waits to be printed, its PDF, and that it was posted."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from notify.adapters.letters import LetterPress
from notify.adapters.message_table import messages
from notify.adapters.messages import Messages
from notify.api.access import PRINTERS
from notify.api.message_schemas import MessageSchema
from notify.domain.delivery import PRINT, Desk
from notify.domain.letters import Letter
from notify.domain.message_states import State, Why
from notify.domain.messages import Message
from notify.use_cases.letters import post_letter, return_letter, show_letter
from shared.envelope import Origin
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.kit import kit
from shared.web.paging import PageArgs, page
from shared.web.schemas import RequestSchema, page_schema

PDF = "application/pdf"
FILE = {"type": "string", "format": "binary"}
ONE = "/v1/letters/<uuid:message_id>"


class LettersArgs(PageArgs):
    """Which letters to list; those that wait to be posted by default."""

    state = fields.Enum(State, by_value=True, load_default=State.HELD)


class LetterCommandSchema(RequestSchema):
    """Nothing more needs to be said."""


def blueprint(press: LetterPress, desk: Callable[[], Desk]) -> Blueprint:
    """Letters: list, print, post, take back. ``desk`` gives the channels that may follow."""
    blp = Blueprint("letters", __name__, description="Messages on paper")
    _reading(blp, press)
    _posting(blp, desk)
    return blp


def _reading(blp: Blueprint, press: LetterPress) -> None:
    @blp.get("/v1/letters")
    @allow(*PRINTERS)
    @query
    @blp.arguments(LettersArgs, location="query")
    @blp.response(200, page_schema(MessageSchema))
    def list_letters(args: dict[str, Any]) -> dict[str, Any]:
        """The letters of the caller's unit and of those below it, oldest first."""
        of = messages.c
        wanted = [of.channel == PRINT, of.state == args["state"]]
        if args["state"] is State.HELD:
            wanted.append(of.state_reason == Why.TO_BE_POSTED)
        seen = Messages(session()).seen(principal().unit).where(*wanted)
        return page(seen, key=[of.id], args=args, session=session())

    @blp.get(f"{ONE}/pdf")
    @allow(*PRINTERS)
    @blp.response(200, FILE, content_type=PDF)
    def get_letter_pdf(message_id: UUID) -> Response:
        """A letter as PDF, the same each time while name, address and words are; the audit log
        keeps who was shown it."""
        answer = Response(press.print(_shown(message_id)), mimetype=PDF)
        answer.headers.set("Content-Disposition", "attachment", filename=f"{message_id}.pdf")
        return answer


def _posting(blp: Blueprint, desk: Callable[[], Desk]) -> None:
    @blp.post(f"{ONE}/postings")
    @allow(*PRINTERS)
    @command
    @blp.arguments(LetterCommandSchema)
    @blp.response(200, MessageSchema)
    def post_printed(_asked: dict[str, Any], message_id: UUID) -> Message:
        """A letter was printed and posted: it is sent by that."""
        return post_letter(tx(), _locked(message_id))

    @blp.post(f"{ONE}/returns")
    @allow(*PRINTERS)
    @command
    @blp.arguments(LetterCommandSchema)
    @blp.response(200, MessageSchema)
    def take_back(_asked: dict[str, Any], message_id: UUID) -> Message:
        """A letter came back: the next channel follows, and the owner of the contact is told that
        its address is none."""
        return return_letter(tx(), desk(), _locked(message_id))


def _locked(message_id: UUID) -> Message:
    """The message, which nobody else changes meanwhile. Raises NotFound."""
    tx().messages.get(message_id, seen_from=principal().unit)
    found: Message = tx().messages.locked(message_id)
    return found


def _shown(message_id: UUID) -> Letter:
    """The letter, cut loose from a transaction that only keeps who saw it. Raises NotFound."""
    caller = principal()
    with kit().begin(now=kit().clock.now(), origin=Origin(actor=caller.id)) as opened:
        found = opened.messages.get(message_id, seen_from=caller.unit)
        letter: Letter = show_letter(opened, found)
        opened.flush()
        opened.session.expunge_all()
    return letter
