"""The section that says how the opinions of customers are summarised and analysed."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, OneOf

from customer.api.access import OPINION_MANAGERS
from customer.api.policies.forms import ONE_PACK, code, days
from customer.domain.opinions import OpinionRule
from shared.policy import Section

PERIODS = (1, 2, 3, 4, 6, 12)  # months, of which a year holds a whole number
MOST_NAMED = 20
LISTS = ("activities", "sections", "responsible", "reasons")


def codes() -> fields.List[str]:
    """Several names, one at least."""
    return fields.List(code(), required=True, validate=Length(1, MOST_NAMED))


class OpinionRuleSchema(Schema):
    """How often whose opinions are analysed, by whom, and what follows (VS-36)."""

    months = fields.Integer(required=True, strict=True, validate=OneOf(PERIODS))
    activities = codes()
    sections = codes()
    responsible = fields.List(
        fields.String(validate=OneOf([role.value for role in OPINION_MANAGERS])),
        required=True,
        validate=Length(min=1),
    )
    reasons = codes()
    action_days = days(load_default=None)

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> OpinionRule:
        return OpinionRule(**{**data, **{name: tuple(data[name]) for name in LISTS}})


SECTIONS: Mapping[str, Section] = {
    "opinions": Section(schema=OpinionRuleSchema(), facts=frozenset(), merges=ONE_PACK),
}
