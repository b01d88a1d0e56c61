"""The days of contacts that the staff keeps, over HTTP (CM-01)."""

from typing import Any
from uuid import UUID

from notify.adapters.care_dates import CareDates, care_dates
from notify.api.access import CARE_DOERS, CARE_READERS
from notify.api.care_schemas import (
    CareDateSchema,
    DropCareDateSchema,
    KeepCareDateSchema,
    OfContactArgs,
)
from notify.domain.care_dates import CareDate
from notify.use_cases import care_dates as use_cases
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import page
from shared.web.schemas import page_schema


def blueprint() -> Blueprint:
    """Days that are kept for contacts."""
    blp = Blueprint("care_dates", __name__, description="Days of contacts' own")

    @blp.post("/v1/care-dates")
    @allow(*CARE_DOERS)
    @command
    @blp.arguments(KeepCareDateSchema)
    @blp.response(201, CareDateSchema)
    def keep_care_date(asked: dict[str, Any]) -> CareDate:
        """Keep a day for a contact, who is greeted on it every year."""
        contact = tx().contacts.seen(asked.pop("contact_id"), unit=principal().unit)
        return use_cases.keep_date(tx(), contact, **asked)

    @blp.get("/v1/care-dates")
    @allow(*CARE_READERS)
    @query
    @blp.arguments(OfContactArgs, location="query")
    @blp.response(200, page_schema(CareDateSchema))
    def list_care_dates(args: dict[str, Any]) -> dict[str, Any]:
        """The days that are kept in the caller's unit and in those below it, oldest first."""
        seen = CareDates(session()).listed(unit=principal().unit, contact_id=args["contact_id"])
        return page(seen, key=[care_dates.c.id], args=args, session=session())

    @blp.post("/v1/care-dates/<uuid:date_id>/removals")
    @allow(*CARE_DOERS)
    @command
    @blp.arguments(DropCareDateSchema)
    @blp.response(200, CareDateSchema)
    def drop_care_date(_asked: dict[str, Any], date_id: UUID) -> CareDate:
        """Keep a day no more."""
        found: CareDate = tx().care_dates.get(date_id, unit=principal().unit)
        return use_cases.drop_date(tx(), found)

    return blp
