"""Departures over HTTP: announce, withdraw, list, and what somebody holds."""

from typing import Any
from uuid import UUID

from marshmallow import Schema, fields
from marshmallow.validate import Length, NoneOf
from sqlalchemy import select

from dispatch.adapters.departures import Departures, departures
from dispatch.adapters.holdings import held_by
from dispatch.adapters.people import People
from dispatch.api.access import STAFF_ADMINISTRATORS
from dispatch.domain.departures import Departure, DepartureState, Reason
from dispatch.domain.roles import Role
from dispatch.use_cases.departures import announce_departure, withdraw_departure
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.kit import kit
from shared.web.paging import PageArgs, page
from shared.web.schemas import AwareTime, RequestSchema, page_schema

DEPARTURE_READERS = (*STAFF_ADMINISTRATORS, Role.AUDITOR)


class AnnounceDepartureSchema(RequestSchema):
    """When somebody leaves (at once where nothing is said), why, who takes over, and what that one
    has to know (XC-17)."""

    leaves_at = AwareTime(load_default=None, allow_none=True)
    reason = fields.Enum(Reason, by_value=True, required=True, validate=NoneOf([Reason.UNSAID]))
    successor_id = fields.UUID(load_default=None, allow_none=True)
    note = fields.String(load_default=None, allow_none=True, validate=Length(1, 2000))


class WithdrawDepartureSchema(RequestSchema):
    """Nothing is asked."""


class DepartureSchema(Schema):
    """A departure that is announced, done or withdrawn."""

    departure_id = fields.UUID(required=True, attribute="id")
    person_id = fields.UUID(required=True)
    leaves_at = AwareTime(required=True)
    reason = fields.Enum(Reason, by_value=True, required=True)
    successor_id = fields.UUID(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    announced_at = AwareTime(required=True)
    state = fields.Enum(DepartureState, by_value=True, required=True)


class HoldingSchema(Schema):
    """One thing that somebody holds. ``part``: ``dispatcher``, ``receiver`` or ``decider`` of a
    work order that has not ended, ``superior`` of a person, or ``roster`` for an entry of one."""

    part = fields.String(required=True)
    thing_id = fields.UUID(required=True)


def blueprint() -> Blueprint:
    """Departures and holdings of a person."""
    blp = Blueprint("departures", __name__, description="Who leaves, and who takes over")
    _commands(blp)
    _queries(blp)
    return blp


def _commands(blp: Blueprint) -> None:
    @blp.post("/v1/people/<uuid:person_id>/departures")
    @allow(*STAFF_ADMINISTRATORS)
    @command
    @blp.arguments(AnnounceDepartureSchema)
    @blp.response(201, DepartureSchema)
    def announce_staff_departure(asked: dict[str, Any], person_id: UUID) -> Departure:
        """Have somebody leave, at once or at a time to come."""
        return announce_departure(tx(), person_id, **asked, caller=principal())

    @blp.post("/v1/people/<uuid:person_id>/departures/<uuid:departure_id>/withdrawals")
    @allow(*STAFF_ADMINISTRATORS)
    @command
    @blp.arguments(WithdrawDepartureSchema)
    @blp.response(200, DepartureSchema)
    def withdraw_staff_departure(
        _asked: dict[str, Any], person_id: UUID, departure_id: UUID
    ) -> Departure:
        """Let somebody stay after all."""
        return withdraw_departure(tx(), person_id, departure_id, caller=principal())


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/people/<uuid:person_id>/departures")
    @allow(*DEPARTURE_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(DepartureSchema))
    def list_staff_departures(args: dict[str, Any], person_id: UUID) -> dict[str, Any]:
        """The departures of one person, also those that did not come about."""
        person = People(session()).get(person_id, seen_from=principal().unit)
        found = Departures(session()).of(person.id)
        return page(found, key=[departures.c.id], args=args, session=session())

    @blp.get("/v1/people/<uuid:person_id>/holdings")
    @allow(*DEPARTURE_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(HoldingSchema))
    def list_staff_holdings(args: dict[str, Any], person_id: UUID) -> dict[str, Any]:
        """What somebody holds that goes to others when he or she leaves."""
        person = People(session()).get(person_id, seen_from=principal().unit)
        held = held_by(person.id, today=kit().clock.now().date())
        key = [held.c.part, held.c.thing_id]
        return page(select(*key), key=key, args=args, session=session())
