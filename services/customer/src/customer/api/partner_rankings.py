"""The rankings of partners over HTTP (CL-35). A partner never sees one (CL-32)."""

from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Range

from customer.adapters.partner_rankings import PartnerRankings
from customer.adapters.tables import partner_rankings
from customer.api.access import BENEFIT_READERS, PARTNER_OFFICE
from customer.api.grade_schemas import check_staff
from customer.api.grading_schemas import NothingSchema
from customer.api.units import check_seen
from customer.use_cases.partner_rankings import Ranking, rank_partners
from shared.web.auth import allow, principal
from shared.web.blueprint import Blueprint
from shared.web.commands import command, query, session, tx
from shared.web.paging import PageArgs, page
from shared.web.schemas import AwareTime, BecauseSchema, page_schema

RANKINGS = "/v1/units/<unit>/partner-rankings"
YEARS = Range(2000, 9999)


class RankingSchema(Schema):
    """How many partners a unit ranked for the year that runs."""

    unit = fields.String(required=True)
    year = fields.Integer(required=True)
    partners = fields.Integer(required=True)


class RankingArgs(PageArgs):
    """Of which year."""

    year = fields.Integer(required=True, validate=YEARS)


class PlaceSchema(Schema):
    """The place of a partner. Equal scores share a rank (``tied``), and the next is left out;
    ``on_top`` says whether a benefit may be proposed for him."""

    customer_id = fields.UUID(required=True)
    form_percent = fields.Integer(required=True)
    file_percent = fields.Integer(required=True)
    score = fields.Decimal(required=True, as_string=True)
    rank = fields.Integer(required=True)
    tied = fields.Boolean(required=True)
    on_top = fields.Boolean(required=True)
    ranked_at = AwareTime(required=True)
    because = fields.Nested(BecauseSchema, required=True)


def blueprint() -> Blueprint:
    """How complete the papers of partners are, compared."""
    blp = Blueprint("partner_rankings", __name__, description="Rankings of partners")

    @blp.post(RANKINGS)
    @allow(*PARTNER_OFFICE)
    @command
    @blp.arguments(NothingSchema)
    @blp.response(201, RankingSchema)
    def rank_partners_of(_asked: dict[str, Any], unit: str) -> Ranking:
        """Rank the partners of a unit for the year that runs, anew if they were."""
        check_staff()
        check_seen(unit)
        return rank_partners(tx(), caller=principal(), unit=unit)

    @blp.get(RANKINGS)
    @allow(*BENEFIT_READERS)
    @query
    @blp.arguments(RankingArgs, location="query")
    @blp.response(200, page_schema(PlaceSchema))
    def list_partner_ranking(args: dict[str, Any], unit: str) -> dict[str, Any]:
        """The ranking of a unit for a year, the best first."""
        check_staff()
        check_seen(unit)
        seen = PartnerRankings(session()).listed(unit=unit, year=args["year"])
        key = [partner_rankings.c.rank, partner_rankings.c.customer_id]
        return page(seen, key=key, args=args, session=session())

    return blp
