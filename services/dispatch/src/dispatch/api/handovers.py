"""The hand-over of a shift over HTTP: two signatures under one list (WO-17)."""

from contextlib import suppress
from functools import partial
from typing import Any
from uuid import UUID

from flask import Response, after_this_request

from dispatch.adapters.daily_checks import DailyChecks
from dispatch.adapters.handovers import Handovers
from dispatch.adapters.people import People
from dispatch.api.access import ORDER_READERS, ORDER_WORKERS
from dispatch.api.daily_check_schemas import (
    HandoverSchema,
    ProposeHandoverSchema,
    SignHandoverSchema,
    UnitHandoverSchema,
)
from dispatch.api.daily_checks import check_seen, whole
from dispatch.domain.handovers import Handover, HandoverVoided, State
from dispatch.domain.people import NotOnStaff
from dispatch.use_cases.handovers import propose_handover, sign_handover
from shared.web import problems
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx


def blueprint() -> Blueprint:
    """Propose, sign, show."""
    blp = Blueprint("handovers", __name__, description="Hand-over between dispatchers")
    _commands(blp)
    _queries(blp)
    return blp


def point_at_handover() -> None:
    """Let the running answer name the hand-over that waits for whoever asks (WO-17)."""
    with suppress(NotOnStaff):
        person = People(session()).acting(principal())
        waiting = Handovers(session()).waits_for(person.id)
        if waiting is not None:
            after_this_request(partial(_pointing, path=f"/v1/handovers/{waiting}"))


def _pointing(answer: Response, *, path: str) -> Response:
    answer.headers["Handover-Waiting"] = path
    return answer


def _commands(blp: Blueprint) -> None:
    @blp.post("/v1/daily-checks/<uuid:check_id>/handovers")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(ProposeHandoverSchema)
    @blp.response(201, HandoverSchema)
    def propose_shift_handover(asked: dict[str, Any], check_id: UUID) -> Handover:
        """Sign the list of what is open as the outgoing dispatcher."""
        signed = asked.pop("signature")
        return propose_handover(tx(), check_id, signed=signed, **asked, caller=principal())

    @blp.post("/v1/handovers/<uuid:handover_id>/signatures")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(SignHandoverSchema)
    @blp.response(200, HandoverSchema)
    def sign_shift_handover(asked: dict[str, Any], handover_id: UUID) -> Handover | Response:
        """Sign the same list as the incoming dispatcher. Where it is another by now the hand-over
        is void, which is kept, and the answer is 409 `handover_voided` with the orders."""
        signed, digest = asked["signature"], asked["digest"]
        how = {"signed": signed, "digest": digest, "caller": principal()}
        signed_by_both = sign_handover(tx(), handover_id, **how)
        if signed_by_both.state is State.VOIDED:
            return problems.of_rule(HandoverVoided.of(signed_by_both))
        return signed_by_both


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/handovers/<uuid:handover_id>")
    @allow(*ORDER_READERS)
    @query
    @blp.response(200, HandoverSchema)
    def get_shift_handover(handover_id: UUID) -> Handover:
        """One hand-over with the exact text that is signed."""
        return Handovers(session()).get(handover_id, seen_from=principal().unit)

    @blp.get("/v1/units/<unit>/handover")
    @allow(*ORDER_READERS)
    @query
    @blp.response(200, UnitHandoverSchema)
    def get_unit_handover(unit: str) -> dict[str, Any]:
        """What the next shift sees first: the last list of a unit and its last hand-over."""
        check_seen(unit)
        check = DailyChecks(session()).latest(unit)
        handover = Handovers(session()).latest(unit)
        return {"daily_check": check and whole(check), "handover": handover}
