"""The lists of open orders that appear before a shift ends, over HTTP (WO-17, RP-03)."""

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from dispatch.adapters.daily_checks import DailyChecks, daily_checks
from dispatch.adapters.units import calendar_in_force
from dispatch.api.access import ORDER_READERS, ORDER_WORKERS
from dispatch.api.check_pages import PAGES, Form, page_of
from dispatch.api.check_pages.tables import sheet_of
from dispatch.api.daily_check_schemas import (
    AnswersSchema,
    DailyCheckSchema,
    EntrySchema,
    GiveReasonSchema,
    GiveReasonsSchema,
    WholeCheckSchema,
)
from dispatch.domain.daily_checks import Answer, DailyCheck, Entry
from dispatch.use_cases.open_reasons import give_reason, give_reasons
from shared.rules import NotFound
from shared.scope import may_see
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import page_schema
from shared.web.timeline import TimelinePageSchema, timeline_page
from shared.words import LANGUAGES


class ListArgs(Schema):
    """In which form and language the list is wanted."""

    format = fields.Enum(Form, by_value=True, load_default=Form.JSON)
    language = fields.String(load_default=LANGUAGES[0], validate=OneOf(LANGUAGES))


NEWEST = (daily_checks.c.ends_at, daily_checks.c.id)


def blueprint() -> Blueprint:
    """Give reasons, list the lists of a unit, show one with its history."""
    blp = Blueprint("daily_checks", __name__, description="Open orders at the end of a shift")
    _commands(blp)
    _queries(blp)
    return blp


def whole(check: DailyCheck) -> dict[str, Any]:
    """A list with what stands on it, as the schema shows it."""
    found = DailyChecks(session())
    return {
        **{name: getattr(check, name) for name in SHOWN},
        "entries": found.entries(check.id),
        "unanswered": found.unanswered(check),
    }


def _paged(check: DailyCheck, *, format: Form, language: str) -> Response:
    zone = calendar_in_force(session(), check.org_unit).timezone
    entries = DailyChecks(session()).entries(check.id)
    return page_of(sheet_of(check, entries, language, zone), format)


SHOWN = [field.attribute or name for name, field in DailyCheckSchema._declared_fields.items()]


def check_seen(unit: str) -> None:
    """Raise NotFound for a unit that the caller does not see."""
    if not may_see(session(), principal_unit=principal().unit, unit=unit):
        raise NotFound("There is no such unit, or none that you may see.")


def _commands(blp: Blueprint) -> None:
    @blp.post("/v1/daily-checks/<uuid:check_id>/entries/<uuid:order_id>")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(GiveReasonSchema)
    @blp.response(200, EntrySchema)
    def give_open_reason(answer: Answer, check_id: UUID, order_id: UUID) -> Entry:
        """Say why an order is open, and what is to be done with it."""
        return give_reason(tx(), check_id, order_id, answer=answer, caller=principal())

    @blp.post("/v1/daily-checks/<uuid:check_id>/answers")
    @allow(*ORDER_WORKERS)
    @command
    @blp.arguments(GiveReasonsSchema)
    @blp.response(200, AnswersSchema)
    def give_open_reasons(answers: dict[UUID, Answer], check_id: UUID) -> dict[str, Any]:
        """The same for many orders; what is wrong with one holds up no other."""
        given = give_reasons(tx(), check_id, answers=answers, caller=principal())
        return {"answers": [{"work_order_id": one, "code": code} for one, code in given]}


def _queries(blp: Blueprint) -> None:
    @blp.get("/v1/units/<unit>/daily-checks")
    @allow(*ORDER_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, page_schema(DailyCheckSchema))
    def list_daily_checks(args: dict[str, Any], unit: str) -> dict[str, Any]:
        """The lists of a unit, the last one first."""
        check_seen(unit)
        found = DailyChecks(session()).of_unit(unit)
        return page(found, key=NEWEST, args=args, session=session(), descending=True)

    @blp.get("/v1/daily-checks/<uuid:check_id>")
    @allow(*ORDER_READERS)
    @query
    @blp.arguments(ListArgs, location="query")
    @blp.response(200, WholeCheckSchema)
    @blp.doc(responses={"200": {"content": PAGES}})
    def get_daily_check(asked: dict[str, Any], check_id: UUID) -> dict[str, Any] | Response:
        """One list with what stands on it, as data, CSV or a page to read (RP-03)."""
        check = DailyChecks(session()).get(check_id, seen_from=principal().unit)
        return whole(check) if asked["format"] is Form.JSON else _paged(check, **asked)

    @blp.get("/v1/daily-checks/<uuid:check_id>/timeline")
    @allow(*ORDER_READERS)
    @query
    @blp.arguments(PageArgs, location="query")
    @blp.response(200, TimelinePageSchema)
    def get_daily_check_timeline(args: dict[str, Any], check_id: UUID) -> dict[str, Any]:
        """All that happened to a list and its hand-over."""
        check = DailyChecks(session()).get(check_id, seen_from=principal().unit)
        return timeline_page(session(), f"daily_check/{check.id}", args)
