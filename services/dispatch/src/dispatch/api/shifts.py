"""Shifts, rosters and who is on duty, over HTTP."""

from datetime import datetime
from typing import Any
from uuid import UUID

from dispatch.adapters.shifts import Shifts, roster_entries, shifts
from dispatch.adapters.units import Units
from dispatch.api.access import READERS, ROSTER_KEEPERS
from dispatch.api.shift_schemas import (
    DefineShiftSchema,
    DutyArgs,
    DutySchema,
    EndSchema,
    RosterArgs,
    RosterEntrySchema,
    RosterPersonSchema,
    ShiftSchema,
)
from dispatch.domain.shifts import RosterEntry, Shift
from dispatch.use_cases.shifts import define_shift, end_roster_entry, end_shift, roster_person
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.kit import kit
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema


def blueprint() -> Blueprint:
    """Shifts: define, end, list; rosters: enter, end, list; who is on duty."""
    blp = Blueprint("shifts", __name__, description="Shifts and who works them")
    _shifts(blp)
    _rosters(blp)
    _queries(blp)
    return blp


def _shifts(blp: Blueprint) -> None:
    @blp.post("/v1/units/<unit>/shifts")
    @allow(*ROSTER_KEEPERS)
    @command
    @blp.arguments(DefineShiftSchema)
    @blp.response(201, ShiftSchema)
    def define_unit_shift(asked: dict[str, Any], unit: str) -> Shift:
        """Give a unit a shift from some day on."""
        tx().units.get(unit, seen_from=principal().unit)
        return define_shift(tx(), unit, **asked)

    @blp.post("/v1/shifts/<uuid:shift_id>/ends")
    @allow(*ROSTER_KEEPERS)
    @command
    @blp.arguments(EndSchema)
    @blp.response(200, ShiftSchema)
    def end_unit_shift(asked: dict[str, Any], shift_id: UUID) -> Shift:
        """Let a shift be worked no longer than a day; its roster ends with it."""
        shift = tx().shifts.held(shift_id, seen_from=principal().unit)
        return end_shift(tx(), shift, **asked)


def _rosters(blp: Blueprint) -> None:
    @blp.post("/v1/shifts/<uuid:shift_id>/roster")
    @allow(*ROSTER_KEEPERS)
    @command
    @blp.arguments(RosterPersonSchema)
    @blp.response(201, RosterEntrySchema)
    def enter_on_roster(asked: dict[str, Any], shift_id: UUID) -> RosterEntry:
        """Have somebody work a shift for some days, or from a day on."""
        shift = tx().shifts.held(shift_id, seen_from=principal().unit)
        return roster_person(tx(), shift, **asked, caller=principal())

    @blp.post("/v1/roster-entries/<uuid:entry_id>/ends")
    @allow(*ROSTER_KEEPERS)
    @command
    @blp.arguments(EndSchema)
    @blp.response(200, RosterEntrySchema)
    def end_on_roster(asked: dict[str, Any], entry_id: UUID) -> RosterEntry:
        """Let somebody work a shift no longer than a day; a day before its first calls it off."""
        entry = tx().shifts.held_entry(entry_id, seen_from=principal().unit)
        return end_roster_entry(tx(), entry, **asked)


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/units/<unit>/shifts")
    @allow(*READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(ShiftSchema))
    def list_unit_shifts(args: dict[str, Any], unit: str) -> dict[str, Any]:
        """The shifts that a unit has or had."""
        Units(session()).get(unit, seen_from=principal().unit)
        return page(
            Shifts(session()).of_unit(unit), key=[shifts.c.id], args=args, session=session()
        )

    @blp.get("/v1/units/<unit>/roster")
    @allow(*READERS)
    @query
    @blp.arguments(RosterArgs, location="query")
    @blp.response(200, page_schema(RosterEntrySchema))
    def list_unit_roster(args: dict[str, Any], unit: str) -> dict[str, Any]:
        """Who works a shift of a unit on any day of a period."""
        Units(session()).get(unit, seen_from=principal().unit)
        wanted = {"first": args["first_day"], "last": args["last_day"]}
        found = Shifts(session()).roster(unit, **wanted, person_id=args["person_id"])
        return page(found, key=[roster_entries.c.id], args=args, session=session())

    @blp.get("/v1/units/<unit>/duty")
    @allow(*READERS)
    @query
    @blp.arguments(DutyArgs, location="query")
    @blp.response(200, DutySchema)
    def get_unit_duty(args: dict[str, Any], unit: str) -> dict[str, Any]:
        """Who is on duty in a unit at a time."""
        Units(session()).get(unit, seen_from=principal().unit)
        return _duty(unit, args["at"] or kit().clock.now())


def _duty(unit: str, at: datetime) -> dict[str, Any]:
    found = Shifts(session())
    running = [
        {
            "shift_id": turn.shift_id,
            "code": turn.code,
            "starts_at": turn.starts_at,
            "ends_at": turn.ends_at,
            "person_ids": found.crew(turn),
        }
        for turn in found.running(unit, at)
    ]
    return {"unit": unit, "at": at, "shifts": running}
