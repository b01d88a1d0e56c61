"""The section that says who coordinates what several departments do together."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, post_load
from marshmallow.validate import OneOf

from customer.api.access import TALKERS
from customer.api.policies.forms import ONE_PACK
from customer.domain.coordination import CoordinationRule
from shared.policy import Section


class CoordinationRuleSchema(Schema):
    """Who plans joint gatherings and the development of key customers (VS-15)."""

    coordinator = fields.String(required=True, validate=OneOf([one.value for one in TALKERS]))

    @post_load
    def _make(self, data: dict[str, Any], **_: Any) -> CoordinationRule:
        return CoordinationRule(**data)


SECTIONS: Mapping[str, Section] = {
    "coordination": Section(schema=CoordinationRuleSchema(), facts=frozenset(), merges=ONE_PACK),
}
