"""The sections that rank partners and say what those on top may be given."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, Range

from customer.api.policies.forms import ONE_PACK, code, role_codes
from customer.domain.benefits import BenefitRule
from customer.domain.partner_rankings import WHOLE, RankingRule
from shared.policy import Section

MOST_ON_TOP = 1000
MOST_WORDS = 20
LONGEST = 60  # months


def months() -> fields.Integer:
    """A number of months, at least one."""
    return fields.Integer(required=True, strict=True, validate=Range(1, LONGEST))


def percent() -> fields.Integer:
    """A share in whole per cent."""
    return fields.Integer(required=True, strict=True, validate=Range(0, WHOLE))


class RankingRuleSchema(Schema):
    """Who is on top, and what the score is made of (CL-35)."""

    top_n = fields.Integer(required=True, strict=True, validate=Range(1, MOST_ON_TOP))
    form_weight = percent()
    file_weight = percent()

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> RankingRule:
        if data["form_weight"] + data["file_weight"] != WHOLE:
            raise ValueError("The weights do not total 100.")
        return RankingRule(**data)


class BenefitRuleSchema(Schema):
    """What partners on top may be given, for what, and by whom (CL-35)."""

    discount = percent()
    services = fields.List(code(), required=True, validate=Length(max=MOST_WORDS))
    criteria = fields.List(code(), required=True, validate=Length(1, MOST_WORDS))
    look_back_months = months()
    months = months()
    proposers = role_codes(required=True, least=1)
    approvers = role_codes(required=True, least=1)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> BenefitRule:
        lists = ("services", "criteria", "proposers", "approvers")
        return BenefitRule(**{**data, **{name: tuple(data[name]) for name in lists}})


NONE: frozenset[str] = frozenset()
SECTIONS: Mapping[str, Section] = {
    "partner_ranking": Section(schema=RankingRuleSchema(), facts=NONE, merges=ONE_PACK),
    "benefits": Section(schema=BenefitRuleSchema(), facts=NONE, merges=ONE_PACK),
}
